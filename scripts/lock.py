"""One owner for a data folder: a lock that the system frees when its owner ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.layout import DataFolder
from scripts.terminal import Refusal


@contextmanager
def sole_owner(data: DataFolder) -> Iterator[None]:
    """Hold the data folder, or refuse and name the holder's process."""
    descriptor = os.open(data.run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, data)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, data: DataFolder) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode().strip() or "unknown"
        raise Refusal(
            f"The data folder {data.root} is in use by process {holder}. End that one first (Ctrl-C in its terminal), "
            "or choose another folder with JIANGXUE_DATA."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
