"""One process for each folder: two that remember by themselves could sign two histories."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiangxue_witness.errors import InUse

LOCK = "lock"


@contextmanager
def sole_process(folder: Path) -> Iterator[None]:
    """Hold a folder for a while. The system lets go of it when the process ends in whatever way; InUse if another holds it."""
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError as refusal:
            raise InUse(str(folder)) from refusal
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
