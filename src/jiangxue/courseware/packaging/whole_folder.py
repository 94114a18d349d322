"""A folder that is there whole or not at all, however its making ends."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Making:
    """The private folder in which `target` is being made."""

    folder: Path
    target: Path

    def finish(self) -> None:
        """Put the folder in the target's place, in one rename where the target is still free."""
        outdated = self.folder.with_suffix(".outdated")
        if self.target.exists():
            shutil.rmtree(outdated, ignore_errors=True)
            self.target.rename(outdated)
        self.folder.rename(self.target)
        shutil.rmtree(outdated, ignore_errors=True)


@contextmanager
def made_whole(target: Path) -> Iterator[Making]:
    """Yield an empty folder beside `target`; unless finished, it vanishes with the block, or at the latest with the next making.

    One process at a time: a second one waits, and finds the target made. The lock is on the folder itself and dies with
    its holder. The files are not forced to the disk: after a power cut the record (record.py) tells a torn package.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = target.parent / f".{target.name}.making"
    lock = _lock(folder)
    try:
        _empty(folder)
        yield Making(folder, target)
    finally:
        if _is_at(lock, folder):
            shutil.rmtree(folder)
        os.close(lock)


def _lock(folder: Path) -> int:
    """Lock the folder at this path; whoever waited may hold one that was renamed meanwhile, and asks again."""
    while True:
        folder.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_at(lock, folder):
                return lock
            os.close(lock)


def _is_at(lock: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), folder.stat())
    except FileNotFoundError:
        return False


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()
