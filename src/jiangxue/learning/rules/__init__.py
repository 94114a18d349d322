"""Pure decisions about learning time: no clock, no chance, no database. The text they follow is docs/rules/effective-time.md."""
