"""Files that are either as they were or as they should be, whenever the machine stops.

`at` is called with the name of each point that is passed; tests stop the process there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

At = Callable[[str], None]
BESIDE = ".new"
"""What the name of a file ends in that is being written beside the old one."""


def nowhere(_point: str) -> None:
    """Do nothing at a point."""


def replace(path: Path, content: bytes, at: At = nowhere) -> None:
    """Put `content` in the place of a file: write beside it, sync, rename, sync the folder. OSError if the disk refuses."""
    beside = path.with_name(path.name + BESIDE)
    write_synced(beside, content, at)
    beside.replace(path)
    at("renamed")
    sync_folder(path.parent)
    at("folder synced")


def write_synced(path: Path, content: bytes, at: At = nowhere, mode: int = 0o600) -> None:
    """Write a file of its own, readable to its owner alone, and wait until it is on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(handle, "wb") as file:
        half = len(content) // 2
        file.write(content[:half])
        file.flush()
        at("half written")
        file.write(content[half:])
        file.flush()
        at("written")
        os.fsync(file.fileno())
    at("file synced")


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows offers no such thing, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
