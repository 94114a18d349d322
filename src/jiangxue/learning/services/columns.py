"""Statements that take many rows as one array for each column (`unnest`)."""

from collections.abc import Sequence

from django.db import connection


def execute_with(statement: str, rows: Sequence[Sequence[object]]) -> None:
    """Run a statement over rows of the same length, the columns of which are its parameters; do nothing without rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
