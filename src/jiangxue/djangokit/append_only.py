"""Append-only tables: rights revoked from every role, and a trigger that refuses even the owner. Clauses T0, T8.2."""

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

_GUARD = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def append_only(table: str) -> Operation:
    """Return a migration operation that lets rows of `table` be added and read, never changed, removed or truncated."""
    return RunSQL(
        f"""
        {_GUARD}
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM jiangxue_app;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
        """,
        reverse_sql=f"""
        DROP TRIGGER {table}_append_only ON {table};
        DROP TRIGGER {table}_no_truncate ON {table};
        GRANT UPDATE, DELETE ON {table} TO jiangxue_app;
        """,
    )


_REMOVABLE = """
CREATE OR REPLACE FUNCTION refuse_change_unless() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject uuid;
    may_go boolean := false;
BEGIN
    IF TG_OP = 'DELETE' THEN
        EXECUTE TG_ARGV[1] INTO subject USING OLD;
        EXECUTE format('SELECT %I($1)', TG_ARGV[0]) INTO may_go USING subject;
        IF may_go THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def removable_if(table: str, condition: str, subject: str, *, trigger: str = "append_only") -> Operation:
    """Return a migration operation that lets rows of a guarded table be removed where a function of the database says so, and by nobody else.

    `subject` is a query that finds, for the row `$1`, what `condition` is asked about. The rights stay revoked: only a function that
    runs with the owner's rights can make use of it.
    """
    events = "UPDATE OR DELETE" if trigger == "append_only" else "DELETE"
    name, question = f"{table}_{trigger}", subject.replace("'", "''")
    return RunSQL(
        f"""
        {_REMOVABLE}
        DROP TRIGGER {name} ON {table};
        CREATE TRIGGER {name} BEFORE {events} ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change_unless('{condition}', '{question}');
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
        """,
        reverse_sql=f"""
        DROP TRIGGER {name} ON {table};
        CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
        """,
    )


def append_only_partition(table: str) -> Operation:
    """Return a migration operation that guards a partition of an append-only table under its own name.

    A partition inherits the row trigger of its parent, but neither the revoked rights nor the trigger against TRUNCATE.
    """
    return RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM jiangxue_app;
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
        """,
        reverse_sql=f"""
        DROP TRIGGER {table}_no_truncate ON {table};
        GRANT UPDATE, DELETE ON {table} TO jiangxue_app;
        """,
    )


def changes_only(table: str, column: str) -> Operation:
    """Return a migration operation that lets the application add rows to `table` and change one column of them, and no more."""
    return RunSQL(
        f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM jiangxue_app;
        GRANT UPDATE ({column}) ON {table} TO jiangxue_app;
        """,
        reverse_sql=f"""
        REVOKE UPDATE ({column}) ON {table} FROM jiangxue_app;
        GRANT UPDATE, DELETE ON {table} TO jiangxue_app;
        """,
    )


def insert_only(table: str) -> Operation:
    """Return a migration operation that takes even the right to read `table` from the application."""
    return RunSQL(
        f"REVOKE SELECT ON {table} FROM jiangxue_app;",
        reverse_sql=f"GRANT SELECT ON {table} TO jiangxue_app;",
    )


def taken_from_application(table: str, rights: str) -> Operation:
    """Return a migration operation that takes rights on `table`, such as "INSERT, UPDATE", from the application."""
    return RunSQL(
        f"REVOKE {rights} ON {table} FROM jiangxue_app;",
        reverse_sql=f"GRANT {rights} ON {table} TO jiangxue_app;",
    )


def given(role: str, rights: str, *tables: str) -> Operation:
    """Return a migration operation that gives another role rights on tables, such as "SELECT, INSERT"."""
    named = ", ".join(tables)
    return RunSQL(f"GRANT {rights} ON {named} TO {role};", reverse_sql=f"REVOKE {rights} ON {named} FROM {role};")
