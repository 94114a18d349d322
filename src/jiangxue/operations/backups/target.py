"""The database into which a backup is brought back: it must be empty, and its door stays shut until the log was compared.

Shut means that only its owner may connect, and a comment on the database says why: it is there before the first table is, a dump
does not take it along, every role can read it, and `roles.sql` leaves the door shut while it stands.
"""

from django.db import connection
from django.utils.translation import gettext as _

from jiangxue.operations.errors import CannotRestore, NotRestoredWhole
from jiangxue.operations.queries import RESTORED, why_not_admitted

APPLICATION = "jiangxue_app"
ROLES = (APPLICATION, "jiangxue_hot", "jiangxue_sealer", "jiangxue_signer")
_TURNED_INTO = "jiangxue_reporter"
_OWN = "nspname !~ '^pg_' AND nspname <> 'information_schema'"
_THINGS = f"""
SELECT count(*) FROM (
    SELECT c.oid, 'pg_class'::regclass AS class FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OWN}
    UNION ALL SELECT p.oid, 'pg_proc'::regclass FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {_OWN}
) thing
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = thing.class AND d.objid = thing.oid AND d.deptype = 'e')
"""  # noqa: S608 (our own text)
_OTHERS = """
SELECT coalesce(string_agg(DISTINCT u.usename::text, ', '), '') FROM pg_stat_activity a JOIN pg_user u ON u.usesysid = a.usesysid
WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
"""
_IS_OWNER = "SELECT datdba = current_user::regrole FROM pg_database WHERE datname = current_database()"
_COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
_MISSING = "SELECT string_agg(name, ', ') FROM unnest(%s::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)"
_DEFAULTS_TAKEN_BACK = (
    "GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
    "IN SCHEMA public REVOKE ALL ON TABLES FROM jiangxue_app",
    "IN SCHEMA public REVOKE ALL ON SEQUENCES FROM jiangxue_app",
    "IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM jiangxue_app",
)
"""The reverse of what roles.sql gives by default: a restored table would get that on top of its own rights, and nothing takes it back."""


def server_major() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def require_empty() -> None:
    """Refuse a database that holds anything, that others use, that is not ours, or that knows no roles. Raises `CannotRestore`."""
    if not _one(_IS_OWNER):
        raise CannotRestore(_("DATABASE_URL must name the owner of the database, jiangxue_owner."))
    if missing := _one(_MISSING, [*ROLES, _TURNED_INTO]):
        raise CannotRestore(
            _("The server lacks the roles %(names)s: run ops/postgres/roles.sql on the empty database first.")
            % {"names": missing}
        )
    if things := _one(_THINGS):
        raise CannotRestore(
            _(
                "The database %(name)s is not empty (%(count)d tables, functions and indexes). Restore into a new one; nothing was changed."
            )
            % {"name": connection.settings_dict["NAME"], "count": things}
        )
    if others := _one(_OTHERS):
        raise CannotRestore(_("Others are connected to the database: %(names)s. End them first.") % {"names": others})


def why_shut() -> str:
    """Return why this database is shut; empty if it is not."""
    return why_not_admitted(str(_one(_COMMENT) or ""))


def shut(why: str) -> None:
    """Let nobody but the owner connect, and write down why."""
    _write_down(f"{RESTORED}{why}")
    _of_database(f"REVOKE CONNECT ON DATABASE %s FROM {', '.join(ROLES)}")


def open_for_all() -> None:
    """Let everybody in who belongs here."""
    _of_database(f"GRANT CONNECT ON DATABASE %s TO {', '.join(ROLES)}")
    _write_down("")


def open_for_reading() -> None:
    """Let the application in, but none of those who hear beats, seal and sign; what was written down stays."""
    _of_database(f"GRANT CONNECT ON DATABASE %s TO {APPLICATION}")


def take_back_defaults() -> None:
    """Take back what new tables give by default; the dump brings that along, after the tables. Raises `NotRestoredWhole`."""
    with connection.cursor() as cursor:
        for statement in _DEFAULTS_TAKEN_BACK:
            cursor.execute(f"ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER {statement}")
    if _one("SELECT count(*) FROM pg_default_acl"):
        raise NotRestoredWhole(
            _("The database gives rights by default that ops/postgres/roles.sql does not know. Use a new one.")
        )


def learn_sizes() -> None:
    """Let the planner learn how large the tables are: without it the first pages take minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write_down(words: str) -> None:
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [words or None])


def _of_database(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement % connection.ops.quote_name(connection.settings_dict["NAME"]))


def _one(question: str, *values: list[str]) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values) if values else None)
        return cursor.fetchone()[0]
