"""A folder that is written whole or not at all, readable by its owner alone, and the parts in it by size and hash."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from jiangxue.operations.errors import CannotBackUp

_UNFINISHED = ".unfinished-"
_AT_ONCE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup: its length in bytes, and its SHA-256 in hexadecimal digits."""

    length: int
    sha256: str


def part_of(path: Path) -> Part:
    """Return length and hash of a file, read piece by piece."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            digest.update(piece)
            length += len(piece)
    return Part(length, digest.hexdigest())


def own_file(path: Path) -> Path:
    """Make an empty file that nobody else may read, for whatever program fills it, and return it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


@contextmanager
def written_whole(place: Path, name: str) -> Iterator[Path]:
    """Yield a fresh folder in `place` that is called `name` only once all of it is on the disk, and goes if anything fails.

    Raises `CannotBackUp` where another backup is being written, or one of this name is there.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(place):
        for left in place.glob(f"{_UNFINISHED}*"):  # of one that was killed: whoever wrote it would hold the lock
            shutil.rmtree(left)
        if (place / name).exists():
            raise CannotBackUp(_("%(folder)s is there already.") % {"folder": place / name})
        fresh = place / f"{_UNFINISHED}{name}"
        fresh.mkdir(mode=0o700)
        try:
            yield fresh
            for path in (*fresh.iterdir(), fresh):
                _sync(path)
            fresh.rename(place / name)
            _sync(place)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    held = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise CannotBackUp(_("Another backup is being written to %(folder)s.") % {"folder": place}) from None
    finally:
        os.close(held)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
