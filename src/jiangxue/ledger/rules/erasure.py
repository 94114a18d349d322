"""The record after which contents of an archive may be missing. docs/formats/archive.md."""

ERASED = "archive.erased"
IN_LEAF = f'"k":"{ERASED}"'
"""Stands in the leaf of such an entry."""
EARLIEST_YEARS = 5
"""Contents are kept at least so long after the record before it. Clause T8.1."""
