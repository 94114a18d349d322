"""Row-level security: the second net under the queries that take a viewer. Clauses M3, C5; decision 0045.

Whoever speaks to the database as the application says for whom: `jiangxue.scope` is `kind:value:account`. Only `program` sees all;
whoever says nothing, or a word that no policy knows, sees no row of a table that is under it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL
from psycopg.pq import TransactionStatus

from jiangxue.kernel.scope import PROGRAM, SETTING

_OTHERS = "jiangxue_hot, jiangxue_sealer, jiangxue_signer"
_EVERYTHING = "(SELECT scope_is_program())"
_SWAP = f"SELECT current_setting('{SETTING}', true), set_config('{SETTING}', %s, false)"


@contextmanager
def seen_by(scope: str) -> Iterator[None]:
    """Let the database show, and let be changed, only what `scope` covers, until the block ends; then what it did before.

    What failed inside and is rolled back takes the setting back with all else; nothing can be said until then.
    """
    before = _swap(scope)
    try:
        yield
    finally:
        if not _is_broken():
            _swap(before)


@contextmanager
def as_program() -> Iterator[None]:
    """Let the program look beyond whoever asked: for what it must know of others to answer, and does not show."""
    with seen_by(PROGRAM):
        yield


@contextmanager
def as_reporter() -> Iterator[None]:
    """Add up as the role that may read what statistics are made of, in all rows, and may change nothing; it must not be asked inside another one.

    Policies that are asked row by row make PostgreSQL take the dearest way through a million rows. Only for statements that name the classes
    they are about, as whoever asks has found them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE jiangxue_reporter")
        yield
        cursor.execute("SET LOCAL ROLE NONE")


def _swap(scope: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_SWAP, [scope])
        before, _now = cursor.fetchone()
    return str(before or "")


def _is_broken() -> bool:
    inner = connection.connection
    if inner is None or inner.closed or (connection.in_atomic_block and connection.needs_rollback):
        return True
    return bool(inner.info.transaction_status == TransactionStatus.INERROR)


def seen_where(table: str, condition: str) -> Operation:
    """Return a migration operation by which the application sees, adds and changes rows of `table` only where `condition` is true of them.

    The program itself sees all; so do the hot path, the sealer and the signer in what they were granted.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY {table}_seen ON {table} TO jiangxue_app USING ({_EVERYTHING} OR {condition});
        CREATE POLICY {table}_others ON {table} TO {_OTHERS} USING (true);
        """,
        reverse_sql=f"""
        DROP POLICY {table}_seen ON {table};
        DROP POLICY {table}_others ON {table};
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def seen_with(table: str, column: str, parent: str, key: str = "id") -> Operation:
    """Return a migration operation by which rows of `table` are seen with the row of `parent` that `column` names."""
    return seen_where(table, with_parent(table, column, parent, key))


def with_parent(table: str, column: str, parent: str, key: str = "id") -> str:
    """Return the condition that the row of `parent` that `column` names is seen."""
    return f'EXISTS (SELECT FROM {parent} parent WHERE parent.{key} = {table}."{column}")'
