"""How long it takes to take in rosters and to open classes with many people."""
