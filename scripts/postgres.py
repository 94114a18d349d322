"""Our own launcher of PostgreSQL: one private cluster, reached by a socket and a password only, that survives being killed."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg.pq import PGconn, Ping

from scripts.account import Account, identity_of, unprivileged_account
from scripts.binaries import Binaries, from_folder, from_wheel
from scripts.layout import DataFolder
from scripts.logs import PANICS
from scripts.pidfile import clear_stale_pid, serving_pid
from scripts.placement import announce, cluster_folder, socket_folder
from scripts.supervisor import Child, Running, Supervisor
from scripts.terminal import Refusal, say

PORT = 5432  # names the socket; nothing listens on the network
NAME = "database"

# What a killed server leaves for some seconds, until its last process has ended.
_PASSES_BY_ITSELF = re.compile(r'lock file ".*" already exists|pre-existing shared memory block')
_PATIENCE_S = 60.0

_ALWAYS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "100",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    # A failed statement carries personal data in its text and its detail; neither belongs into a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

# A cluster that may be lost: the tests make theirs again.
EXPENDABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True)
class Cluster:
    """One cluster: its folder, the programs that serve it and the account they run under."""

    folder: Path
    binaries: Binaries
    account: Account | None
    log: Path
    socket: Path
    settings: Mapping[str, str]

    def child(self) -> Child:
        """Return the server as the supervisor's child; SIGINT asks it for a fast, orderly shutdown."""
        return Child(
            name=NAME,
            command=[self.binaries.path("postgres"), "-D", str(self.folder)],
            log=self.log,
            environment={"LC_ALL": "C"},
            account=self.account,
            folder=Path("/"),
            stop=signal.SIGINT,
            grace_s=60.0,
            alarming=PANICS,
            prepare=lambda: clear_stale_pid(self.folder),
        )

    def admin_url(self, password: str) -> str:
        """Return the administrator's URL."""
        return admin_url(self.socket, password)

    def ping(self) -> Ping:
        """Ask the server whether it takes connections; no password is needed for that."""
        return Ping(PGconn.ping(f"host={self.socket} port={PORT} dbname=postgres user=postgres".encode()))


def admin_url(socket: Path, password: str) -> str:
    """Return the administrator's URL of a server by the folder of its socket."""
    return f"postgresql://postgres:{password}@/postgres?host={socket}&port={PORT}"


def socket_of(data: DataFolder) -> Path:
    """Return the folder of the socket of a data folder's server, which some other process may have started."""
    account = unprivileged_account()
    return socket_folder(cluster_folder(data, account), account)


def open_cluster(data: DataFolder, password: str, settings: Mapping[str, str], programs: Path | None = None) -> Cluster:
    """Return the cluster of a data folder, made when there is none yet; `programs` names an installed PostgreSQL to use."""
    account = unprivileged_account()
    binaries = from_folder(programs) if programs else from_wheel(account)
    folder = cluster_folder(data, account)
    announce(folder, data, account)
    socket = socket_folder(folder, account)
    cluster = Cluster(folder, binaries, account, data.logs / f"{NAME}.log", socket, settings)
    if not folder.exists():
        say(f"Making a new database with PostgreSQL {binaries.major}.")
        _make(cluster, password)
    if not data.postgres.exists():
        data.postgres.symlink_to(folder)
    _refuse_other_owner(cluster)
    _refuse_other_major(cluster)
    _configure(cluster)
    return cluster


def start(cluster: Cluster, supervisor: Supervisor) -> None:
    """Start the server and wait until it takes connections, however long a recovery lasts."""
    patience_ends_s = time.monotonic() + _PATIENCE_S
    _wait_until_free(cluster, patience_ends_s)
    while True:
        running = supervisor.start(cluster.child())
        if _takes_connections(cluster, running):
            return
        supervisor.drop(NAME)
        report = running.log.tail()
        if not _PASSES_BY_ITSELF.search(report):
            raise Refusal(f"PostgreSQL did not start:\n{report}")
        if time.monotonic() > patience_ends_s:
            raise Refusal(
                f"PostgreSQL did not start within {_PATIENCE_S:.0f} s; what an earlier one left does not go away:\n{report}"
            )
        time.sleep(0.5)


def _wait_until_free(cluster: Cluster, until_s: float) -> None:
    """Wait for a server whose owner was killed: it is on its way out, and would answer in place of ours."""
    told = False
    while (pid := serving_pid(cluster.folder)) is not None:
        if time.monotonic() > until_s:
            raise Refusal(
                f"Another PostgreSQL (process {pid}) works on {cluster.folder} and does not end. End it first."
            )
        if not told:
            say(f"Waiting for an earlier PostgreSQL (process {pid}) to end.")
            told = True
        time.sleep(0.1)


def _takes_connections(cluster: Cluster, running: Running) -> bool:
    """Wait for the server; False when it ended instead."""
    news_due_s = time.monotonic() + 3
    while running.status() is None:
        if cluster.ping() == Ping.OK:
            return True
        if time.monotonic() > news_due_s:
            say(
                f"Waiting for the database ({time.monotonic() - running.started_s:.0f} s); after a crash it first repeats its journal."
            )
            news_due_s += 10
        time.sleep(0.05)
    return False


def _make(cluster: Cluster, password: str) -> None:
    """Run initdb beside and rename, so that an interrupted start never leaves half a cluster behind."""
    fresh = cluster.folder.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    with tempfile.NamedTemporaryFile("w", dir=cluster.socket) as secret:
        secret.write(password + "\n")
        secret.flush()
        if cluster.account is not None:
            cluster.account.own(fresh)
            cluster.account.own(Path(secret.name))
        _initdb(cluster, fresh, Path(secret.name))
    fresh.rename(cluster.folder)


def _initdb(cluster: Cluster, folder: Path, password_file: Path) -> None:
    # The built-in C.UTF-8 (17 and later) is the same on every system; before it the C library's has to do.
    builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = builtin if cluster.binaries.major >= 17 else ["--locale=C.UTF-8"]
    durable = ["--no-sync"] if cluster.settings.get("fsync") == "off" else []
    command = [cluster.binaries.path("initdb"), "-D", str(folder), "-U", "postgres", f"--pwfile={password_file}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", *locale, *durable]
    identity = identity_of(cluster.account)
    made = subprocess.run(
        command, cwd="/", env={"LC_ALL": "C"}, capture_output=True, text=True, check=False, **identity
    )
    if made.returncode != 0:
        raise Refusal(f"initdb failed:\n{made.stdout}{made.stderr}")


def _refuse_other_owner(cluster: Cluster) -> None:
    owner = cluster.folder.stat().st_uid
    if owner != (cluster.account.uid if cluster.account else os.geteuid()):
        raise Refusal(
            f"The database in {cluster.folder} belongs to another account (user id {owner}). "
            "Start as the account that made it, or choose another folder with JIANGXUE_DATA."
        )


def _refuse_other_major(cluster: Cluster) -> None:
    made_by = (cluster.folder / "PG_VERSION").read_text().strip()
    if made_by != str(cluster.binaries.major):
        raise Refusal(
            f"The database in {cluster.folder} was made by PostgreSQL {made_by}, and this is PostgreSQL {cluster.binaries.major}: "
            "they cannot read each other's files. Dump it with the old one and load it here, or serve it yourself and set DATABASE_URL."
        )


def _configure(cluster: Cluster) -> None:
    """Write our settings into files of their own; `postgresql.conf` stays as initdb made it, but for one line."""
    settings = {**_ALWAYS, "unix_socket_directories": f"'{cluster.socket}'", "port": str(PORT), **cluster.settings}
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    _write(cluster, "jiangxue.conf", f"# Written by scripts/postgres.py at every start.\n{lines}")
    _write(cluster, "pg_hba.conf", "# Written by scripts/postgres.py at every start.\nlocal all all scram-sha-256\n")
    main = cluster.folder / "postgresql.conf"
    include = "\ninclude 'jiangxue.conf'\n"
    if not main.read_text().endswith(include):
        with main.open("a") as file:
            file.write(include)


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.folder / name
    fresh = path.with_name(name + ".new")
    fresh.write_text(text)
    fresh.chmod(0o600)
    if cluster.account is not None:
        cluster.account.own(fresh)
    fresh.rename(path)
