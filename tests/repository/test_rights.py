"""What the roles may do in the database: evidence can be added to and by nobody changed, and the hot path has its few rights."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.conftest import cloned_database
from tests.factories.whole import fill
from tests.repository.evidence import APPEND_ONLY, ERASABLE_LATER

type Connection = psycopg.Connection[tuple[object, ...]]

HOT = {("learning_lease", "SELECT"), ("learning_beat", "INSERT"), ("learning_interruption", "INSERT")}
HOT_CHANGES = {
    *(
        "n",
        "tag",
        "nonce",
        "answer",
        "beat_at_ms",
        "carry_ms",
        "carry_reason",
        "reached_ms",
        "balances",
        "paused_since_ms",
    ),
    *("jumped_at_ms", "event_at_ms", "next_due_ms", "close_due_ms", "end_reason"),
    *("until_check_ms", "provisional_ms", "asked_at_ms", "answer_by_ms", "until_face_ms"),
}
HOT_READS = {"id", "learner_id", "opening", "policy", "valid_until", "class_closes_at", "end_reason", "key_name"}
OF_THE_LOG = {
    "jiangxue_sealer": {
        *(("ledger_inboxentry", right) for right in ("SELECT", "DELETE")),
        *(("ledger_headswish", right) for right in ("SELECT", "DELETE")),
        *(
            (table, "SELECT")
            for table in ("ledger_payload", "ledger_subjectkey", "ledger_cosignature", "ledger_witnessrule")
        ),
        *(
            (f"ledger_{table}", right)
            for table in ("entry", "tile", "quarantined", "heads", "alarm")
            for right in ("SELECT", "INSERT")
        ),
        *((f"ledger_{table}", right) for table in ("head", "edge") for right in ("SELECT", "INSERT", "UPDATE")),
        *(
            (f"ledger_{table}", right)
            for table in ("headsplace", "headsnode")
            for right in ("SELECT", "INSERT", "DELETE")
        ),
    },
    "jiangxue_signer": {
        *((f"ledger_{table}", "SELECT") for table in ("entry", "edge")),
        *(
            (f"ledger_{table}", right)
            for table in ("checkpoint", "signingkey", "alarm")
            for right in ("SELECT", "INSERT")
        ),
    },
}
READ_WHOLE = {"archive_freeze", "archive_freezeend", "learning_daytotal", "organisations_region"}
NOT_FOR_THE_APPLICATION = {
    *("ledger_entry", "ledger_tile", "ledger_checkpoint", "ledger_signingkey", "ledger_quarantined", "ledger_heads"),
    *("ledger_head", "ledger_edge", "ledger_headsplace", "ledger_headsnode"),
}
_CHANGES = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")
_every_change = pytest.mark.parametrize("change", _CHANGES, ids=lambda change: change.split()[0])


@pytest.fixture(scope="module")
def database(clone_prefix: str, django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """Give this module a database in which every table of evidence has a row: row triggers do not fire on empty tables."""
    with django_db_blocker.unblock(), cloned_database(f"{clone_prefix}_rights") as name:
        fill(name)
        yield name


@contextmanager
def _as_app(database: str) -> Iterator[Connection]:
    with psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=database)) as connection:
        yield connection


@contextmanager
def _as_owner(database: str) -> Iterator[Connection]:
    with psycopg.connect(make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=database)) as connection:
        connection.execute("SET ROLE jiangxue_owner")
        yield connection


def _changed(change: str, table: str, connection: Connection) -> None:
    """Try a change on a whole table; an attempt that works is undone."""
    column = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum LIMIT 1", [table]
    ).fetchone()
    assert column is not None
    names = {"table": sql.Identifier(table), "column": sql.Identifier(str(column[0]))}
    with connection.transaction(force_rollback=True):
        connection.execute(sql.SQL(change).format(**names))


@pytest.mark.clause("T0")
@pytest.mark.parametrize("table", APPEND_ONLY)
@_every_change
def test_the_application_cannot_change_evidence(database: str, table: str, change: str) -> None:
    with (
        _as_app(database) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"),
    ):
        _changed(change, table, connection)


@pytest.mark.clause("T0")
@pytest.mark.parametrize("table", APPEND_ONLY)
@_every_change
def test_not_even_the_owner_changes_evidence(database: str, table: str, change: str) -> None:
    with _as_owner(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege, match="is append-only"):
        _changed(change, table, connection)


def test_evidence_does_not_go_with_what_it_points_at(database: str) -> None:
    with _as_owner(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege, match="is append-only"):
        _changed("TRUNCATE {table} CASCADE", "learning_studysession", connection)


def test_the_attempt_itself_works_where_nothing_forbids_it(database: str) -> None:
    """So that the refusals above are those of rights and triggers, not of a misspelt statement."""
    for change in _CHANGES:
        with _as_owner(database) as connection:
            _changed(change, "accounts_failedsignin", connection)


@pytest.mark.parametrize("table", ERASABLE_LATER)
@_every_change
def test_the_application_cannot_change_what_commitments_stand_for(database: str, table: str, change: str) -> None:
    with _as_app(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        _changed(change, table, connection)


def test_the_application_cannot_read_the_inbox(database: str) -> None:
    with _as_app(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT eid FROM ledger_inboxentry")


def test_the_guards_stand_on_exactly_the_tables_of_evidence(database: str) -> None:
    with _as_owner(database) as connection:
        guarded = connection.execute(
            """
            SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname ~ '_(append_only|no_truncate)$'
                AND tgenabled = 'A' AND tgrelid::regclass::text !~ '_[0-9]{8}$'
            GROUP BY 1 ORDER BY 1
            """
        ).fetchall()
    assert guarded == [(table, 2) for table in APPEND_ONLY]


@pytest.mark.parametrize("change", ["UPDATE learning_check SET voided_ms = 0", "DELETE FROM learning_check"])
def test_not_even_the_owner_changes_a_settled_check(database: str, change: str) -> None:
    with _as_owner(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(change)


def test_the_application_can_add_rows_to_every_table_but_those_of_the_log(database: str) -> None:
    with _as_app(database) as connection:
        closed = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT has_table_privilege(oid, 'INSERT')"
        ).fetchall()
    assert {table for (table,) in closed} == NOT_FOR_THE_APPLICATION


def test_the_application_makes_and_removes_no_tables(database: str) -> None:
    with _as_app(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE own (n int)")
    with _as_app(database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("ALTER TABLE learning_beat DISABLE TRIGGER ALL")


def test_the_hot_role_may_do_exactly_what_it_was_granted(database: str) -> None:
    with _as_owner(database) as connection:
        granted = connection.execute(
            """
            SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = 'public'::regnamespace AND grantee = 'jiangxue_hot'::regrole
            UNION ALL
            SELECT attrelid::regclass::text || '.' || attname, privilege_type FROM pg_attribute, aclexplode(attacl)
            WHERE grantee = 'jiangxue_hot'::regrole
            """
        ).fetchall()
        callable_by_hot = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND has_function_privilege('jiangxue_hot', oid, 'EXECUTE')"
        ).fetchall()
    assert set(granted) == {
        *HOT,
        *((f"learning_lease.{column}", "UPDATE") for column in HOT_CHANGES),
        *((f"learning_studysession.{column}", "SELECT") for column in HOT_READS),
    }
    assert not callable_by_hot


@pytest.mark.clause("T8.2")
@pytest.mark.parametrize("role", OF_THE_LOG)
def test_who_seals_and_who_signs_may_do_exactly_that(database: str, role: str) -> None:
    with _as_owner(database) as connection:
        granted = connection.execute(
            """
            SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = 'public'::regnamespace AND grantee = %s::regrole
            """,
            [role],
        ).fetchall()
    assert set(granted) == OF_THE_LOG[role]


@pytest.mark.clause("M2", "M3")
def test_the_reporter_reads_what_statistics_are_made_of_and_changes_nothing(database: str) -> None:
    with _as_owner(database) as connection:
        granted = connection.execute(
            """
            SELECT relname, NULL, privilege_type FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = 'public'::regnamespace AND grantee = 'jiangxue_reporter'::regrole
            UNION ALL
            SELECT attrelid::regclass::text, attname, privilege_type FROM pg_attribute, aclexplode(attacl)
            WHERE grantee = 'jiangxue_reporter'::regrole
            """
        ).fetchall()
    assert {right for *_, right in granted} == {"SELECT"}
    columns = {(str(table), str(column)) for table, column, _ in granted}
    whole = {table for table, column in columns if column == "None"}
    assert {table for table in whole if not table.startswith("reporting_")} == READ_WHOLE
    of_persons = {column for table, column in columns if table in {"accounts_account", "accounts_identity"}}
    assert of_persons == {"id", "name", "restricted_at", "account_id", "id_type", "sex", "born_in"}


@pytest.mark.clause("T8.2")
def test_a_row_leaves_the_inbox_only_when_it_is_sealed(database: str) -> None:
    with (
        _as_owner(database) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="until its rows are sealed"),
    ):
        connection.execute("DELETE FROM ledger_inboxentry")


def test_nothing_is_granted_to_everybody(database: str) -> None:
    with _as_owner(database) as connection:
        granted = connection.execute(
            """
            SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = 'public'::regnamespace AND grantee = 0
            UNION ALL
            SELECT nspname, privilege_type FROM pg_namespace, aclexplode(nspacl) WHERE nspname = 'public' AND grantee = 0
            UNION ALL
            SELECT datname, privilege_type FROM pg_database, aclexplode(datacl)
            WHERE datname = current_database() AND grantee = 0
            """
        ).fetchall()
    assert not granted
