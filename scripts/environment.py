"""What the children are told through their environment, and the database server they are given."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts import postgres
from scripts.account import unprivileged_account
from scripts.binaries import from_wheel
from scripts.keys import as_environment
from scripts.layout import BUILD, STAMPS, DataFolder
from scripts.provision import DATABASE, OWNER, Server
from scripts.stamps import fingerprint, is_current, mark, static_files
from scripts.supervisor import Supervisor, run_in_foreground
from scripts.terminal import Refusal, say

PYTHON = sys.executable


def bring_up_database(
    data: DataFolder,
    keys: Mapping[str, str],
    supervisor: Supervisor,
    settings: Mapping[str, str],
    programs: Path | None = None,
) -> Server:
    """Return the server that DATABASE_URL names, or start our own."""
    outside = os.environ.get("DATABASE_URL")
    if outside:
        say("Using the PostgreSQL that DATABASE_URL names, as its administrator.")
        return Server(outside, keys)
    _forget_other_servers()
    cluster = postgres.open_cluster(data, keys["postgres"], settings, programs)
    postgres.start(cluster, supervisor)
    return Server(cluster.admin_url(keys["postgres"]), keys)


def serving_database(data: DataFolder, keys: Mapping[str, str]) -> Server:
    """Return the server that DATABASE_URL names, or the one that another process of ours has started."""
    outside = os.environ.get("DATABASE_URL")
    if outside:
        return Server(outside, keys)
    _forget_other_servers()
    return Server(postgres.admin_url(postgres.socket_of(data), keys["postgres"]), keys)


def _forget_other_servers() -> None:
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]  # PGOPTIONS and its like are meant for another server


def environment_for(data: DataFolder, keys: Mapping[str, str], database_url: str) -> dict[str, str]:
    """Return the environment of one child: this one, its keys, its folder and its own role's way into the database."""
    return {
        **os.environ,
        **as_environment(keys),
        "JIANGXUE_DATA": str(data.root),
        "DATABASE_URL": database_url,
        "PYTHONUNBUFFERED": "1",
    }


def environment_of_owner(data: DataFolder, keys: Mapping[str, str], server: Server) -> dict[str, str]:
    """Return the environment of what backs up and restores: the owner's way into the database, and PostgreSQL's programs."""
    return {
        **environment_for(data, keys, server.url(OWNER, DATABASE)),
        "JIANGXUE_DEMO": os.environ.get("JIANGXUE_DEMO", "1"),
        "JIANGXUE_POSTGRES_PROGRAMS": str(from_wheel(unprivileged_account()).folder),
    }


def management(*words: str) -> list[str]:
    """Return a management command of the product."""
    return [PYTHON, "-m", "jiangxue.project.manage", *words]


def must_succeed(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command on this terminal; refuse to go on when it fails."""
    status = run_in_foreground(command, environment)
    if status != 0:
        raise Refusal(f"This step failed with status {status}: {' '.join(command[1:])}")


def collect_static(environment: Mapping[str, str]) -> None:
    """Gather the static files under their hashed names, unless they are the ones gathered last."""
    stamp, value = STAMPS / "collected", fingerprint(static_files())
    if not is_current(stamp, value) or not (BUILD / "collected").exists():
        must_succeed(management("collectstatic", "--no-input", "--clear", "--verbosity", "0"), environment)
        mark(stamp, value)
