"""`make bench-ledger`: what the log of evidence costs on this machine."""
