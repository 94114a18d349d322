"""Databases and roles for backups: the owner, who makes them and brings them back, and empty databases as an administrator makes them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import psycopg
from django.core.management import CommandError, call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from jiangxue.operations.backups.target import ROLES
from tests.repository.sources import REPOSITORY
from tests.urls import url_of

ROLES_SQL = REPOSITORY / "ops" / "postgres" / "roles.sql"


def owners_url(database: str) -> str:
    """Return the address of a database for the owner of its tables."""
    return url_of(os.environ["JIANGXUE_TEST_OWNER_URL"], database)


def as_administrator(database: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Connect as whoever may do everything."""
    return psycopg.connect(make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=database), autocommit=True)


@contextmanager
def as_owner(database: str) -> Iterator[None]:
    """Let Django work as the owner for a while, as the commands do."""
    settings = connections["default"].settings_dict
    parts = conninfo_to_dict(owners_url(database))
    before = {name: settings[name] for name in ("NAME", "USER", "PASSWORD")}
    connections["default"].close()
    settings.update(NAME=database, USER=parts["user"], PASSWORD=parts["password"])
    try:
        yield
    finally:
        connections["default"].close()
        settings.update(before)


@contextmanager
def empty_database(name: str) -> Iterator[str]:
    """Make a database as an administrator does for a new machine, roles and rights in it, and drop it afterwards."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with as_administrator("postgres") as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    provide(name)
    try:
        yield name
    finally:
        with as_administrator("postgres") as connection:
            connection.execute(drop)


def provide(name: str) -> None:
    """Run roles.sql, as often as anybody likes."""
    with as_administrator(name) as connection:
        connection.execute(ROLES_SQL.read_bytes())


def may_connect(name: str) -> list[str]:
    """Return who, of all that belong here but the owner, may connect."""
    with as_administrator(name) as connection:
        question = "SELECT r FROM unnest(%s::text[]) r WHERE has_database_privilege(r, %s, 'CONNECT')"
        return [str(role) for (role,) in connection.execute(question, [list(ROLES), name]).fetchall()]


def tables_in(name: str) -> int:
    """Return how many tables there are."""
    with as_administrator(name) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row is not None
    return int(str(row[0]))


def manage(database: str, data: Path, *words: object, **told: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own, as cron does, with a data folder of its own."""
    environment = {**os.environ, "DATABASE_URL": owners_url(database), "JIANGXUE_DATA": str(data), **told}
    environment["DJANGO_SETTINGS_MODULE"] = "jiangxue.project.settings"
    command = [sys.executable, "-m", "jiangxue.project.manage", *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def called(database: str, *words: object) -> str:
    """Run a command in this process, as the owner, and return what it says."""
    said = StringIO()
    with as_owner(database):
        call_command(*map(str, words), stdout=said)
    return said.getvalue()


def refused(database: str, *words: object) -> tuple[int, str]:
    """Run a command in this process, and return the status and the words with which it refuses."""
    shouted = StringIO()
    with as_owner(database):
        try:
            call_command(*map(str, words), stdout=StringIO(), stderr=shouted)
        except CommandError as fault:
            return fault.returncode, f"{shouted.getvalue()}{fault}"
    raise AssertionError("it was not refused")
