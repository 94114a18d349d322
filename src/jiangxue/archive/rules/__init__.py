"""How an archive is written. Pure; docs/formats/archive.md."""
