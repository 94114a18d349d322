"""Processes of others, as the tests look at them."""

import time
from pathlib import Path

import pytest

_PATIENCE_S = 60


def wait_until_gone(pid: int) -> None:
    """Return when a process that was told to end has ended: the kernel carries out a signal when it comes to it."""
    for _ in range(_PATIENCE_S * 50):
        if not _is_running(pid):
            return
        time.sleep(0.02)
    pytest.fail(f"process {pid} lives on")


def _is_running(pid: int) -> bool:
    """Say whether a process runs; one that has ended and was not taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
