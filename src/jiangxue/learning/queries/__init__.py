"""Reading what was learned: the running session, progress, days and records."""
