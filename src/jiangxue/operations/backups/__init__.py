"""Copies of the whole platform: one folder, written whole or not at all, and brought back elsewhere only after it was checked.

`making` and `restoring` are what commands call; docs/backup.md, decision 0022.
"""
