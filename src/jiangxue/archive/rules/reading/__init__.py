"""Reading an archive: each kind of record has one reader, in the table of the domain that writes it. Pure; docs/formats/records.md."""
