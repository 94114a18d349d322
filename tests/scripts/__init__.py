"""Tests of what `make` runs: the launcher, the supervising parent, roles and certificate."""
