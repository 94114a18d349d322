"""`pg_dump` and `pg_restore`: which ones, whether they are new enough, and how they are run."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from jiangxue.operations.errors import OperationsRefusal

_TAIL = 2000


class ProgramFailed(OperationsRefusal):
    """A program of PostgreSQL is missing, too old, or ended with a fault; the message says which."""


def program(name: str, at_least: int) -> str:
    """Return the path of a program that is no older than the PostgreSQL of this major version. Raises `ProgramFailed`."""
    folder = settings.POSTGRES_PROGRAMS
    path = shutil.which(name, path=str(folder) if folder else None)
    if path is None:
        raise ProgramFailed(
            _(
                "%(name)s was not found. Install the client programs of PostgreSQL %(version)d, or name their folder in %(setting)s."
            )
            % {"name": name, "version": at_least, "setting": "JIANGXUE_POSTGRES_PROGRAMS"}
        )
    said = _run([path, "--version"])
    found = re.search(r"\) (\d+)", said)
    if found is None or int(found[1]) < at_least:
        raise ProgramFailed(
            _(
                "%(path)s is too old (%(said)s): PostgreSQL %(version)d or later is needed. Name the folder of newer programs in %(setting)s."
            )
            % {"path": path, "said": said.strip(), "version": at_least, "setting": "JIANGXUE_POSTGRES_PROGRAMS"}
        )
    return path


def require_readable(restoring: str, dump: Path) -> None:
    """Refuse a dump that this `pg_restore` cannot read, such as one of a newer `pg_dump`. Raises `ProgramFailed`."""
    _run([restoring, "--list", str(dump)])


def run_on_database(command: Sequence[str]) -> None:
    """Run a program on Django's database, as Django's role; its password is in no list of processes. Raises `ProgramFailed`."""
    settings_dict = connections["default"].settings_dict
    options = {name: value for name, value in settings_dict["OPTIONS"].items() if name != "pool"}
    place = {
        "host": settings_dict["HOST"],
        "port": settings_dict["PORT"],
        "user": settings_dict["USER"],
        "dbname": settings_dict["NAME"],
    }
    named = {name: value for name, value in place.items() if value}
    address = make_conninfo("", **named, **options)
    _run([*command, "--no-password", f"--dbname={address}"], PGPASSWORD=settings_dict["PASSWORD"] or "")


def _run(command: Sequence[str], **told: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JIANGXUE_", "DATABASE_"))}
    done = subprocess.run(  # noqa: S603 (programs that the installation names)
        command,
        env={**environment, **told, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise ProgramFailed(
            _("%(program)s failed: %(fault)s") % {"program": command[0], "fault": done.stderr.strip()[-_TAIL:]}
        )
    return done.stdout
