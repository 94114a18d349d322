"""Stale `postmaster.pid` files: a process id that now belongs to somebody else must not keep the database from starting."""

import os
import subprocess
from pathlib import Path


def clear_stale_pid(cluster: Path) -> None:
    """Remove the pid file when its process lives but is no PostgreSQL on this cluster.

    PostgreSQL itself copes with the id of a dead process, so that case is left to it; it still finds a server that runs on
    the same cluster by its shared memory, whose key is the folder's inode.
    """
    pid = pid_in(cluster)
    if pid is not None and _lives(pid) and not _serves(pid, cluster):
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def serving_pid(cluster: Path) -> int | None:
    """Return the process id of a PostgreSQL that works on this cluster right now."""
    pid = pid_in(cluster)
    return pid if pid is not None and _lives(pid) and _serves(pid, cluster) else None


def pid_in(cluster: Path) -> int | None:
    """Return the process id in the pid file; None when there is no readable one."""
    try:
        first, *_ = (cluster / "postmaster.pid").read_text().splitlines()
        return abs(int(first)) or None
    except (OSError, ValueError):
        return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, cluster: Path) -> bool:
    """Tell whether a process is a PostgreSQL that works in this cluster; a server's working folder is its cluster."""
    here = Path(f"/proc/{pid}/cwd")
    if here.parent.exists():
        try:
            return here.readlink() == cluster.resolve() and "postgres" in Path(f"/proc/{pid}/comm").read_text()
        except OSError:  # a zombie, or a process that ended this moment
            return False
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "postgres" in shown.stdout and str(cluster) in shown.stdout
