"""The ledger's arithmetic: tree, leaves, notes, heads. Pure; formats in docs/formats/ledger.md, archive.md and witness.md."""
