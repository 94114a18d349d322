"""Where a cluster and its socket lie: in the data folder, or outside when the account that runs it cannot enter there."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from scripts.account import Account
from scripts.layout import MEMORY, OUTSIDE, DataFolder
from scripts.terminal import Refusal, say

# sun_path holds 107 characters and PostgreSQL appends "/.s.PGSQL.5432.lock" to the folder.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")

_ROOM_BYTES = 6 * 1024**3


def cluster_folder(data: DataFolder, account: Account | None) -> Path:
    """Return where the cluster of a data folder lies or shall lie; no parent's rights are ever changed for it.

    An expendable one lies in memory where there is room, and one that it has elsewhere is given up.
    """
    link = data.postgres
    if data.is_expendable:
        if (home := _home_in_memory(data)) is not None:
            return _in_memory(home, link)
        if not link.exists():
            link.unlink(missing_ok=True)
    if link.is_symlink() and not link.exists():
        raise Refusal(
            f"The database of {data.root} lay in {link.readlink()} and is gone. Bring it back, or remove the link {link} to begin anew."
        )
    if link.exists():
        return _existing(link, account)
    if account is None or account.can_reach(data.root):
        return link
    return _outside(data)


def announce(cluster: Path, data: DataFolder, account: Account | None) -> None:
    """Say in one line that the database does not lie in the data folder."""
    if account is not None and cluster.parent != data.root and MEMORY not in cluster.parents:
        say(f"PostgreSQL runs as '{account.name}', which cannot enter {data.root}: the database lies in {cluster}.")


def socket_folder(cluster: Path, account: Account | None) -> Path:
    """Make and return a private folder for the socket, short enough for the system's limit."""
    folder = cluster.parent / "run" / "socket"
    if len(str(folder)) > _LONGEST_SOCKET_FOLDER or not re.fullmatch(r"[\w./-]+", str(folder), re.ASCII):
        folder = Path("/tmp") / f"jiangxue-{_short_hash(cluster)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    ours = {0, account.uid} if account else {os.geteuid()}
    if folder.is_symlink() or status.st_uid not in ours:
        raise Refusal(f"{folder} belongs to somebody else; remove it, so that the database's socket can lie there.")
    folder.chmod(0o700)
    if account is not None:
        account.own(folder)
    return folder


def _home_in_memory(data: DataFolder) -> Path | None:
    """Return a folder of ours in memory for a data folder, None where there is no room: cloning a database is a thousand files, dear on a disk.

    Everybody may make folders there: one that a stranger made is never used, and ours is never made through a link of theirs.
    """
    home = MEMORY / f"jiangxue-{_short_hash(data.root)}"
    if os.path.lexists(home):
        is_ours = home.is_dir() and not home.is_symlink() and home.stat().st_uid == os.geteuid()
        return home if is_ours else None
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > _ROOM_BYTES):
        return None
    home.mkdir(mode=0o711)
    return home


def _in_memory(home: Path, link: Path) -> Path:
    """Return the cluster in memory; one that lay elsewhere, or was in memory when the machine was switched off, is given up."""
    (home / "run").mkdir(mode=0o711, exist_ok=True)
    cluster = home / "postgres"
    if not (link.is_symlink() and link.exists() and link.resolve() == cluster):
        _give_up(link)
        _give_up(cluster)
    return cluster


def _give_up(cluster: Path) -> None:
    if cluster.is_symlink():
        cluster.unlink()
    elif cluster.exists():
        shutil.rmtree(cluster)


def _existing(link: Path, account: Account | None) -> Path:
    cluster = link.resolve()
    if account is not None and not account.can_reach(cluster.parent):
        raise Refusal(
            f"The database lies in {cluster}, and the account '{account.name}', under which PostgreSQL runs, cannot enter there. "
            f"Give it the right to pass through {cluster.parent} and its parents, or move the data folder elsewhere."
        )
    return cluster


def _outside(data: DataFolder) -> Path:
    home = OUTSIDE / _short_hash(data.root)
    for folder in (OUTSIDE, home, home / "run"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o711)
    cluster = home / "postgres"
    if cluster.exists():
        _set_aside(cluster, data)
    return cluster


def _set_aside(cluster: Path, data: DataFolder) -> None:
    """Keep the database of a data folder that was removed or never finished: its keys are gone, but it is not ours to delete."""
    kept = cluster.with_name("postgres.left")
    if kept.exists():
        shutil.rmtree(kept)
    cluster.rename(kept)
    say(
        f"{data.root} is new, but an older folder of that name had a database; it is kept in {kept} until the next time."
    )


def _short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
