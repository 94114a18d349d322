"""Roles and databases: applied as the administrator, alike on our own PostgreSQL and on one that DATABASE_URL names."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from scripts.layout import REPOSITORY
from scripts.terminal import Refusal

ROLES_SQL = REPOSITORY / "ops" / "postgres" / "roles.sql"
DATABASE = "jiangxue"
OWNER, APP, HOT = "jiangxue_owner", "jiangxue_app", "jiangxue_hot"
SEALER, SIGNER = "jiangxue_sealer", "jiangxue_signer"
_OLDEST = 150000


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server: the administrator's URL and the passwords of our roles."""

    admin_url: str
    passwords: Mapping[str, str]

    def url(self, role: str, database: str) -> str:
        """Return the URL by which one of our roles reaches a database."""
        return as_url(
            {**conninfo_to_dict(self.admin_url), "user": role, "password": self.passwords[role], "dbname": database}
        )

    def admin(self, database: str | None = None) -> "psycopg.Connection[tuple[object, ...]]":
        """Connect as the administrator, each statement a transaction of its own."""
        named = conninfo_to_dict(self.admin_url).get("dbname") or "postgres"
        try:
            return psycopg.connect(
                make_conninfo(self.admin_url, dbname=database or named), autocommit=True, connect_timeout=10
            )
        except psycopg.OperationalError as fault:
            raise Refusal(f"The database's administrator cannot connect: {fault}") from None


def as_url(parts: Mapping[str, object]) -> str:
    """Return connection parameters as a URL; whatever is no name, password, host, port or database goes into its query."""
    rest = {key: str(value) for key, value in parts.items() if value is not None}
    user, password, database = rest.pop("user"), rest.pop("password"), rest.pop("dbname")
    place = ""
    if not rest.get("host", "/").startswith("/") and "," not in rest["host"]:
        host, port = rest.pop("host"), rest.pop("port", None)
        place = f"[{host}]" if ":" in host else host
        place += f":{port}" if port else ""
    query = "?" + urlencode(rest, quote_via=quote, safe="/") if rest else ""
    return f"postgresql://{quote(user, safe='')}:{quote(password, safe='')}@{place}/{quote(database, safe='')}{query}"


def provide(server: Server, database: str) -> None:
    """Make the roles, the database and the rights in it; what is there already stays."""
    with server.admin() as connection:
        if connection.info.server_version < _OLDEST:
            raise Refusal(
                f"PostgreSQL 15 or later is needed; DATABASE_URL leads to version {connection.info.server_version // 10000}."
            )
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).rowcount:
            connection.execute(_create_database(connection, database))
    _refuse_not_admitted(server, database)
    with server.admin(database) as connection, connection.transaction():
        connection.execute(ROLES_SQL.read_bytes())
        for role in (OWNER, APP, HOT, SEALER, SIGNER):
            connection.execute(_set_password(connection, role, server.passwords[role]))


def _refuse_not_admitted(server: Server, database: str) -> None:
    """Refuse a database that a restore has left shut: served, it would go on without what it lacks."""
    with server.admin(database) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    comment = str(found[0] or "") if found else ""
    if comment.startswith("restored: "):
        raise Refusal(
            f"The database {database} was restored from a backup and is not admitted ({comment.removeprefix('restored: ')}). "
            "docs/backup.md says what can be done; to begin anew, drop it, or remove postgres/ in the data folder and where that leads."
        )


def drop_database(server: Server, database: str) -> None:
    """Drop a database with everybody in it; it need not exist."""
    with server.admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def identity(server: Server, database: str) -> str:
    """Return what tells this database from any other, also from one that had its name before."""
    with server.admin(database) as connection:
        found = connection.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database WHERE datname = current_database()"
        ).fetchone()
    return ":".join(map(str, found or ()))


def _create_database(connection: "psycopg.Connection[tuple[object, ...]]", database: str) -> sql.Composed:
    # As at initdb: the built-in C.UTF-8 where there is one.
    builtin = connection.info.server_version >= 170000
    locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'" if builtin else "LOCALE 'C.UTF-8'"
    return sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' " + locale).format(sql.Identifier(database))


def _set_password(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> sql.Composed:
    """Return the statement that sets a password as its SCRAM verifier, so that no log can ever hold the password."""
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    return sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier))
