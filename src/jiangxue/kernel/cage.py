"""A process in which a file of unknown origin is decoded: it may crash, hang or eat memory without harm to others.

It reaches no network, not even the machine's own database as far as that listens on an address. With a view it sees no
file but those it was called for.
"""

import contextlib
import ctypes
import logging
import os
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Event, Timer
from typing import IO

from jiangxue.kernel.view import View, can_show, show_only

log = logging.getLogger(__name__)
_SET_PARENT_DEATH_SIGNAL = 1
# Longest wait by the wall clock: a process that waits instead of working uses no processor time.
_WALL_PER_PROCESSOR_S = 4
_THIS = "jiangxue.kernel.cage"
_NETWORK_IS_OPEN = 1
_MOST_TOLD_BYTES = 64 * 1024**2
_BEYOND = (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ)


@dataclass(frozen=True, slots=True)
class Walls:
    """What a caged process may use: bytes of address space, seconds of processor time, bytes of each file it writes, open files."""

    address_space_bytes: int
    processor_s: int
    file_bytes: int = 1024**3
    open_files: int = 64


class BeyondWalls(Exception):
    """The caged process used up its time, its memory or its room for files."""


def run_caged(module: str, *arguments: str, walls: Walls, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a module of ours, which confines itself first, as a process of its own; raise `BeyondWalls` if it was stopped."""
    can_close_network()
    return _run(module, *arguments, walls=walls, sent=sent)


@cache
def can_close_network() -> bool:
    """Return whether this machine lets a caged process give up the network; where it does not, that is logged once."""
    is_closed = _run(_THIS, walls=Walls(address_space_bytes=1024**3, processor_s=10)).returncode == 0
    if not is_closed:
        log.warning("cage_keeps_network", extra={"why": "the kernel gives this process no network namespace"})
    return is_closed


def confine(walls: Walls, view: View | None = None) -> bool:
    """Put walls around the calling process: memory, processor time, files, no core dump, no life after its parent, no network.

    With a view the process also sees nothing else of the file system any more, where the kernel can do that. Return whether the network is
    closed, which the kernel may refuse: a decoder may go on, a program that can open addresses may not.
    """
    is_closed = _leave_network()
    if is_closed and view is not None:
        _see_only(view)
    for kind, value in (
        (resource.RLIMIT_AS, walls.address_space_bytes),
        (resource.RLIMIT_CPU, walls.processor_s),
        (resource.RLIMIT_NOFILE, walls.open_files),
        (resource.RLIMIT_FSIZE, walls.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    end_with_parent()
    return is_closed


def end_with_parent() -> None:
    """Let the kernel end this process when its parent ends, however that happens. Only Linux can; elsewhere nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _run(module: str, *arguments: str, walls: Walls, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-I", "-m", module, *arguments],
        env={
            "LC_ALL": "C.UTF-8"
        },  # and nothing else: no secret of ours lies in the memory of a process that may be taken over
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # so that it ends with all that it may have started
    )
    is_late = Event()

    def end_late() -> None:
        is_late.set()
        _end(process)

    watch = Timer(walls.processor_s * _WALL_PER_PROCESSOR_S, end_late)
    watch.start()
    try:
        output, errors = _told(process, sent)
    finally:
        watch.cancel()
        _end(process)
    if is_late.is_set():
        raise BeyondWalls("time")
    if process.returncode in _BEYOND or max(len(output), len(errors)) > _MOST_TOLD_BYTES:
        raise BeyondWalls("processor time, memory, room for files or words")
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def _told(process: "subprocess.Popen[bytes]", sent: bytes) -> tuple[bytes, bytes]:
    """Return what a process says on its two outputs, as far as that is ever read: one that says more is ended."""
    with process, ThreadPoolExecutor(2) as pool:
        outputs = [pool.submit(_as_far_as_it_is_read, process, stream) for stream in (process.stdout, process.stderr)]
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended without hearing us out
            process.stdin.write(sent)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        return outputs[0].result(), outputs[1].result()


def _as_far_as_it_is_read(process: "subprocess.Popen[bytes]", stream: IO[bytes] | None) -> bytes:
    assert stream is not None
    said = stream.read(_MOST_TOLD_BYTES + 1)
    if len(said) > _MOST_TOLD_BYTES:
        _end(process)
    return said


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it has started, as far as that has not left its session, and take note of its status."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _see_only(view: View) -> None:
    """Take everything else out of sight. A kernel that gives no mounts leaves the process with the walls alone."""
    if can_show(view):
        show_only(view)


def _leave_network() -> bool:
    """Move into a network without any device, with mounts of its own. Only Linux can: root by right, others as the root of a user namespace of their own."""
    user, group = os.getuid(), os.getgid()
    try:
        os.unshare(os.CLONE_NEWNET | os.CLONE_NEWNS)
    except AttributeError:
        return False
    except OSError:
        try:
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET | os.CLONE_NEWNS)
            _keep_name(user, group)
        except OSError:
            return False
    return True


def _keep_name(user: int, group: int) -> None:
    """Remain, in the own user namespace, who one was outside."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


if __name__ == "__main__":
    sys.exit(0 if _leave_network() else _NETWORK_IS_OPEN)
