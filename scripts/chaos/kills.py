"""Ways to kill a part of a running site without warning, and to bring it back."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from scripts.bench.measuring import children_of_all
from scripts.chaos.site import Site

SILENT_S = 8.0


def hot_process(site: Site, number: int) -> None:
    """Kill one process that hears beats, with everything it has gathered."""
    killed = number % len(site.hot)
    _kill(_below(site.hot[killed].running.pid))
    site.restart_hot(killed)


def one_backend(site: Site, number: int) -> None:
    """Kill the process of PostgreSQL that serves a hot process: the server ends all others and recovers by itself."""
    with site.place.admin() as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'jiangxue_hot' ORDER BY pid"
        ).fetchall()
    _kill([int(str(pid)) for (pid,) in found[number % max(1, len(found)) :][:1]])


def postmaster(site: Site, number: int) -> None:
    """Kill PostgreSQL's first process; the others find out and end."""
    _kill([site.postmaster])
    site.restart_database()


def whole_database(site: Site, number: int) -> None:
    """Kill all processes of PostgreSQL in one moment."""
    _kill([site.postmaster, *_below(site.postmaster)])
    site.restart_database()


def worker(site: Site, number: int) -> None:
    """Kill the worker, in the middle of sealing if it seals."""
    _kill(_below(site.worker.pid))
    site.restart_worker()


def silent_database(site: Site, number: int) -> None:
    """Stop the processes of PostgreSQL that serve the hot path, as if their host had gone, for longer than it has patience; then let them go on."""
    with site.place.admin() as connection:
        found = connection.execute("SELECT pid FROM pg_stat_activity WHERE usename = 'jiangxue_hot'").fetchall()
    with silenced([int(str(pid)) for (pid,) in found]):
        time.sleep(SILENT_S)


def ask_to_end(site: Site, number: int) -> None:
    """Ask one process that hears beats to end, as an update does: it must answer all that was sent to it."""
    asked = number % len(site.hot)
    os.kill(children_of_all()[site.hot[asked].running.pid][0], signal.SIGTERM)
    while site.hot[asked].running.status() is None:
        time.sleep(0.01)
    site.restart_hot(asked)


KILLS: tuple[Callable[[Site, int], None], ...] = (
    hot_process,
    whole_database,
    worker,
    one_backend,
    postmaster,
    silent_database,
)
UPDATES: tuple[Callable[[Site, int], None], ...] = (ask_to_end,)


def _below(pid: int) -> list[int]:
    """Return all processes below one."""
    children = children_of_all()
    found = list(children.get(pid, []))
    for child in found:  # grows while it is read
        found.extend(children.get(child, []))
    return found


@contextmanager
def silenced(pids: Iterable[int]) -> Iterator[None]:
    """Stop processes until this is left, or until this process ends in any way: what stays stopped keeps a database from starting again."""
    words = " ".join(map(str, pids))
    script = f"kill -STOP {words}; echo; cat >/dev/null; kill -CONT {words}"
    with subprocess.Popen(
        ["/bin/sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as holding:
        assert holding.stdout is not None
        holding.stdout.readline()
        try:
            yield
        finally:
            holding.communicate()


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
