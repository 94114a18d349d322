"""The template database of the tests: migrated once, then cloned, and made again when the schema changed."""

from collections.abc import Callable

from psycopg import sql

from scripts import provision
from scripts.provision import Server
from scripts.stamps import fingerprint, schema_files

NAME = "jiangxue_template"


def ensure_template(server: Server, migrate: Callable[[], None]) -> None:
    """Make the template with `migrate`, unless the one that is there was made from the same files."""
    value = fingerprint(schema_files())
    if _made_from(server) == value:
        return
    provision.drop_database(server, NAME)
    provision.provide(server, NAME)
    migrate()
    # Written last and inside the server: an interrupted start, or another data folder, cannot leave a stamp without its template.
    with server.admin() as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), sql.Literal(value)))


def drop_clones(server: Server) -> None:
    """Drop the clones that a killed run left behind; only for a server that serves nothing but tests."""
    with server.admin() as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname NOT IN ('postgres', %s)", [NAME]
        ).fetchall()
    for (name,) in found:
        provision.drop_database(server, str(name))


def _made_from(server: Server) -> str | None:
    with server.admin() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone()
    return str(found[0]) if found and found[0] else None
