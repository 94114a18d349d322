"""A process in which a file of unknown origin is decoded: it may crash, hang or eat memory without harm to others."""

import contextlib
import ctypes
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass

_OPEN_FILES = 64
_SET_PARENT_DEATH_SIGNAL = 1
# Longest wait by the wall clock: a process that waits instead of working uses no processor time.
_WALL_PER_PROCESSOR_S = 4


@dataclass(frozen=True, slots=True)
class Walls:
    """What a caged process may use: bytes of address space, seconds of processor time."""

    address_space_bytes: int
    processor_s: int


class BeyondWalls(Exception):
    """The caged process used up its time or its memory."""


def run_caged(module: str, *arguments: str, walls: Walls, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a module of ours, which confines itself first, as a process of its own; raise `BeyondWalls` if it was stopped."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-I", "-m", module, *arguments],
            env={
                "LC_ALL": "C.UTF-8"
            },  # and nothing else: no secret of ours lies in the memory of a process that may be taken over
            input=sent,
            capture_output=True,
            timeout=walls.processor_s * _WALL_PER_PROCESSOR_S,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise BeyondWalls("time") from late
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise BeyondWalls("processor time or memory")
    return done


def confine(walls: Walls) -> None:
    """Put walls around the calling process: memory, processor time, open files, no core dump, no life after its parent."""
    for kind, value in (
        (resource.RLIMIT_AS, walls.address_space_bytes),
        (resource.RLIMIT_CPU, walls.processor_s),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    end_with_parent()


def end_with_parent() -> None:
    """Let the kernel end this process when its parent ends, however that happens. Only Linux can; elsewhere nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
