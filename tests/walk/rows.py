"""All rows of a database: which there are, what became of them, and what refers to what."""

import json
from collections.abc import Collection, Iterator, Mapping
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


def all_rows(tables: Collection[str] | None = None) -> Rows:
    """Return a digest of every row, of some tables where they are named."""
    asked = [(table, key) for table, key in _tables() if tables is None or table in tables]
    parts = [f"SELECT '{table}', {key}, md5(t::text) FROM \"{table}\" t" for table, key in asked]
    found: dict[str, dict[str, str]] = {table: {} for table, _ in asked}
    if not parts:
        return found
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


def written() -> set[str]:
    """Return the tables of which rows were added, changed or removed since `undone` began, by whomever: the database itself counts.

    What was counted in the second before may be among them; nothing is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute(
            """SELECT coalesce(pg_partition_root(relid), relid)::regclass::text FROM pg_stat_xact_user_tables
            WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"""
        )
        return {table for (table,) in cursor.fetchall()}


def last_job() -> int:
    """Return the number of the last job that anybody asked for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def jobs_since(last: int) -> list[dict[str, object]]:
    """Return what the jobs are given that were asked for since a number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE id > %s", [last])
        return [json.loads(args) for (args,) in cursor.fetchall()]


def rows_written(before: Rows) -> list[tuple[str, str]]:
    """Return table and key of each row that was added, changed or removed since `undone` began; only tables that were written are read."""
    tables = written()
    return changes(before, all_rows(tables)) if tables else []
