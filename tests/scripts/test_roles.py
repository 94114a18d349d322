"""What the roles may do, on a database that the scripts provided."""

import tempfile
from pathlib import Path

import psycopg
import pytest

from scripts import provision
from scripts.keys import read_or_make
from scripts.layout import DataFolder
from scripts.postgres import EXPENDABLE, open_cluster, start
from scripts.provision import APP, HOT, OWNER, SEALER, SIGNER, Server, as_url
from scripts.supervisor import Supervisor
from scripts.terminal import Refusal

MADE_BY_MIGRATIONS = """
    CREATE TABLE fact (id serial PRIMARY KEY, word text);
    CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
"""


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory(prefix="jx-") as folder:
        Path(folder).chmod(0o711)
        data = DataFolder(Path(folder).resolve() / "data")
        data.make()
        keys = read_or_make(data)
        with Supervisor() as supervisor:
            cluster = open_cluster(data, keys["postgres"], EXPENDABLE)
            start(cluster, supervisor)
            server = Server(cluster.admin_url(keys["postgres"]), keys)
            provision.provide(server, "jiangxue")
            run(server, OWNER, MADE_BY_MIGRATIONS)
            yield server


def run(server, role, statement):
    with psycopg.connect(server.url(role, "jiangxue"), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def administer(server, statement):
    with server.admin("jiangxue") as connection:
        connection.execute(statement)


@pytest.mark.parametrize("role", [APP, HOT, SEALER, SIGNER])
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE own ()", "CREATE TEMPORARY TABLE own ()", "CREATE SCHEMA own", "DROP TABLE fact", "CREATE ROLE own"],
)
def test_only_the_owner_makes_and_drops_things(server, role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, role, statement)


def test_the_application_reads_and_writes_what_the_owner_made(server):
    run(server, APP, "INSERT INTO fact (word) VALUES ('new')")
    run(server, APP, "UPDATE fact SET word = 'newer'")
    assert run(server, APP, "SELECT word, one() FROM fact") == [("newer", 1)]
    run(server, APP, "DELETE FROM fact")


def test_the_application_cannot_empty_a_table_past_its_triggers(server):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, APP, "TRUNCATE fact")


@pytest.mark.parametrize("statement", ["SELECT * FROM fact", "INSERT INTO fact DEFAULT VALUES", "SELECT one()"])
def test_the_hot_path_gets_nothing_that_was_not_granted_by_name(server, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, HOT, statement)


@pytest.mark.parametrize("role", [OWNER, APP, HOT, SEALER, SIGNER])
def test_every_session_speaks_utc(server, role):
    assert run(server, role, "SHOW timezone") == [("UTC",)]


def test_nobody_else_may_connect(server):
    administer(server, "CREATE ROLE stranger LOGIN PASSWORD 'known'")
    try:
        address = server.url(APP, "jiangxue").replace(APP, "stranger").replace(server.passwords[APP], "known")
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(address)
    finally:
        administer(server, "DROP ROLE stranger")


def test_providing_again_keeps_what_a_migration_took_back(server):
    run(server, OWNER, "CREATE TABLE appended (word text); REVOKE UPDATE, DELETE ON appended FROM jiangxue_app")
    provision.provide(server, "jiangxue")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, APP, "DELETE FROM appended")


def test_a_database_that_was_restored_and_not_admitted_is_not_served_and_stays_shut(server):
    administer(server, "COMMENT ON DATABASE jiangxue IS 'restored: older'")
    administer(server, "REVOKE CONNECT ON DATABASE jiangxue FROM jiangxue_app")
    try:
        with pytest.raises(Refusal, match=r"not admitted \(older\)"):
            provision.provide(server, "jiangxue")
        administer(server, provision.ROLES_SQL.read_bytes())
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            run(server, APP, "SELECT 1")
    finally:
        administer(server, "COMMENT ON DATABASE jiangxue IS NULL")
        provision.provide(server, "jiangxue")
    assert run(server, APP, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("attribute", ["SUPERUSER", "CREATEDB", "CREATEROLE", "BYPASSRLS"])
def test_a_role_that_may_do_too_much_is_refused(server, attribute):
    administer(server, f"ALTER ROLE jiangxue_app {attribute}")
    try:
        with pytest.raises(psycopg.errors.RaiseException, match="may do more than it should"):
            provision.provide(server, "jiangxue")
    finally:
        administer(server, f"ALTER ROLE jiangxue_app NO{attribute}")


def test_a_role_that_borrows_the_owners_rights_is_refused(server):
    administer(server, "GRANT jiangxue_owner TO jiangxue_app")
    try:
        with pytest.raises(psycopg.errors.RaiseException, match="member of another role"):
            provision.provide(server, "jiangxue")
    finally:
        administer(server, "REVOKE jiangxue_owner FROM jiangxue_app")


def test_the_application_turns_into_the_reporter_and_has_nothing_of_it_as_itself(server):
    run(
        server,
        OWNER,
        "GRANT USAGE ON SCHEMA public TO jiangxue_reporter; CREATE TABLE counted (n int); REVOKE ALL ON counted FROM jiangxue_app; GRANT SELECT ON counted TO jiangxue_reporter",
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, APP, "SELECT * FROM counted")
    with psycopg.connect(server.url(APP, "jiangxue")) as connection:
        connection.execute("SET LOCAL ROLE jiangxue_reporter")
        assert connection.execute("SELECT * FROM counted").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM fact")


def test_an_application_that_has_the_reporters_rights_as_itself_is_refused(server):
    administer(server, "ALTER ROLE jiangxue_app INHERIT; REVOKE jiangxue_reporter FROM jiangxue_app")
    administer(server, "GRANT jiangxue_reporter TO jiangxue_app")
    if_by_role = "SELECT current_setting('server_version_num')::int < 160000"
    with server.admin("jiangxue") as connection:
        row = connection.execute(if_by_role).fetchone()
    try:
        if row == (True,):
            provision.provide(server, "jiangxue")  # there the role alone decides, and it is set right
        else:
            with pytest.raises(psycopg.errors.RaiseException, match="as itself"):
                provision.provide(server, "jiangxue")
    finally:
        administer(server, "REVOKE jiangxue_reporter FROM jiangxue_app")
        provision.provide(server, "jiangxue")


@pytest.mark.parametrize("role", [HOT, SEALER, SIGNER])
def test_nobody_else_turns_into_the_reporter(server, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(server, role, "SET ROLE jiangxue_reporter")


def test_an_administrator_who_is_no_superuser_can_provide_too(server):
    administer(server, "DROP DATABASE IF EXISTS elsewhere")
    administer(server, "CREATE ROLE landlord LOGIN CREATEDB PASSWORD 'known'")
    administer(
        server,
        "GRANT jiangxue_owner, jiangxue_app, jiangxue_hot, jiangxue_sealer, jiangxue_signer, jiangxue_reporter TO landlord WITH ADMIN OPTION",
    )
    administer(server, "ALTER ROLE landlord CREATEROLE")
    address = server.admin_url.replace("postgres:", "landlord:", 1).replace(server.passwords["postgres"], "known")
    try:
        provision.provide(Server(address, server.passwords), "elsewhere")
        with psycopg.connect(server.url(OWNER, "elsewhere")) as connection:
            connection.execute("CREATE TABLE fact ()")
    finally:
        provision.drop_database(server, "elsewhere")
        administer(server, "DROP OWNED BY landlord; DROP ROLE landlord")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT nothing FROM fact WHERE word = '13800138000'",
        "INSERT INTO numbers VALUES ('13800138000'), ('13800138000')",
    ],
)
def test_a_statement_that_fails_leaves_no_personal_data_in_the_log(server, statement):
    run(server, OWNER, "CREATE TABLE IF NOT EXISTS numbers (number text UNIQUE)")
    with pytest.raises((psycopg.errors.UndefinedColumn, psycopg.errors.UniqueViolation)):
        run(server, APP, statement)
    with server.admin() as connection:
        (folder,) = connection.execute("SELECT current_setting('data_directory')").fetchone()
    assert "13800138000" not in (Path(folder).parent / "logs" / "database.log").read_text()


def test_an_administrator_who_cannot_connect_is_told_so(server):
    with pytest.raises(Refusal, match="administrator cannot connect"):
        provision.provide(Server(server.admin_url.replace("postgres:", "nobody:", 1), server.passwords), "jiangxue")


@pytest.mark.parametrize(
    ("outside", "ours"),
    [
        ("postgresql://admin:a@db.example:6432/postgres", "postgresql://jiangxue_app:p%2Fw@db.example:6432/jiangxue"),
        ("postgresql://admin:a@[::1]/postgres", "postgresql://jiangxue_app:p%2Fw@[::1]/jiangxue"),
        (
            "postgresql://admin:a@db.example/postgres?sslmode=require",
            "postgresql://jiangxue_app:p%2Fw@db.example/jiangxue?sslmode=require",
        ),
        (
            "postgresql://admin:a@/postgres?host=/run/postgresql",
            "postgresql://jiangxue_app:p%2Fw@/jiangxue?host=/run/postgresql",
        ),
    ],
)
def test_a_roles_address_follows_the_administrators(outside, ours):
    assert Server(outside, {APP: "p/w"}).url(APP, "jiangxue") == ours


def test_an_address_leads_back_to_its_parts():
    parts = {"user": "a b", "password": "c:d@e/f", "dbname": "x", "host": "one,two", "port": "1,2"}
    assert psycopg.conninfo.conninfo_to_dict(as_url(parts)) == parts
