"""All rows of a database: which there are, what became of them, and what refers to what."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from django.db import connection, transaction

NOT_COUNTED = frozenset({"django_session", "django_migrations", "accounts_countedattempt", "accounts_failedsignin"})
"""What changes when anybody looks at anything."""
_NOTED = ("audit_", "procrastinate_")
"""Where refusals may be noted, and jobs that nobody runs here."""

type Rows = Mapping[str, Mapping[str, str]]
"""A digest of each row by its key, by table."""


@cache
def _tables() -> tuple[tuple[str, str], ...]:
    """Return each table that counts and the column of its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, string_agg(quote_ident(a.attname) || '::text', ' || ''/'' || ' ORDER BY a.attnum)
            FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND has_table_privilege(c.oid, 'SELECT')
            GROUP BY c.relname ORDER BY c.relname"""
        )
        found = cursor.fetchall()
    return tuple((name, key) for name, key in found if name not in NOT_COUNTED and not name.startswith(_NOTED))


@cache
def _references() -> tuple[tuple[str, str, str], ...]:
    """Return each column that refers to a row of a table: its table, its name, and the table referred to."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT con.conrelid::regclass::text, a.attname, con.confrelid::regclass::text
            FROM pg_constraint con JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
            WHERE con.contype = 'f' AND cardinality(con.conkey) = 1 AND con.conparentid = 0"""
        )
        return tuple(cursor.fetchall())


def all_rows() -> Rows:
    """Return a digest of every row."""
    parts = [f"SELECT '{table}', {key}, md5(t::text) FROM \"{table}\" t" for table, key in _tables()]
    found: dict[str, dict[str, str]] = {table: {} for table, _ in _tables()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        for table, key, digest in cursor.fetchall():
            found[table][key] = digest
    return found


def keys_of_all_rows() -> dict[str, set[str]]:
    """Return the keys of every row."""
    return {table: set(rows) for table, rows in all_rows().items()}


def changes(before: Rows, after: Rows) -> list[tuple[str, str]]:
    """Return table and key of each row that was added, changed or removed."""
    return [
        (table, key)
        for table, rows in after.items()
        for key in {*rows, *before[table]}
        if rows.get(key) != before[table].get(key)
    ]


def references_of(table: str, key: str, to: Mapping[str, set[str]]) -> list[str]:
    """Return the columns by which a row refers to one of some rows."""
    named = dict(_tables())
    found = []
    with connection.cursor() as cursor:
        for of, column, other in _references():
            if of == table and other in to:
                cursor.execute(f'SELECT "{column}"::text FROM "{table}" WHERE {named[table]} = %s', [key])
                row = cursor.fetchone()
                if row and row[0] in to[other]:
                    found.append(column)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is done meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def was_written() -> bool:
    """Say whether anything was written or locked since `undone` began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])
