"""Eyes for one test, and the processes in which they look."""

import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from jiangxue.facecheck.vision.pool import Bounds, Eyes
from tests.loops import in_a_loop


def children(process: int | None = None) -> set[int]:
    """Return the processes that a process has started and that still run."""
    of = process or os.getpid()
    tasks = Path(f"/proc/{of}/task").iterdir()
    children = {int(pid) for task in tasks for pid in (task / "children").read_text().split()}
    return {pid for pid in children if "facecheck.vision.worker" in _command_of(pid)}


def _command_of(pid: int) -> str:
    """Return how a process was called; one that has ended meanwhile was called nothing."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


@contextlib.asynccontextmanager
async def opened(models: Path, bounds: Bounds | None = None) -> AsyncIterator[Eyes]:
    eyes = Eyes(models, bounds or Bounds())
    await eyes.open()
    try:
        yield eyes
    finally:
        await eyes.close()


def with_eyes(models: Path, act: Callable[[Eyes], Awaitable[None]], bounds: Bounds | None = None) -> None:
    async def run() -> None:
        async with opened(models, bounds) as eyes:
            await act(eyes)

    in_a_loop(run())
    assert not children()


def one_child() -> int:
    (child,) = children()
    return child
