"""The process in which a file of unknown origin is decoded: it may crash, hang or eat memory without harm to others."""

import contextlib
import ctypes
import json
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from jiangxue.courseware.packaging.errors import REFUSALS, Crashed, OverBudget
from jiangxue.courseware.packaging.shapes import PackagingLimits, Rendition

REFUSED = 3
_CAGED = "jiangxue.courseware.packaging.caged"
_OPEN_FILES = 64
_SET_PARENT_DEATH_SIGNAL = 1
# Longest wait by the wall clock: a process that waits instead of working uses no processor time.
_WALL_PER_PROCESSOR_S = 4


def renditions_made_in_cage(source: Path, folder: Path, limits: PackagingLimits) -> tuple[int, tuple[Rendition, ...]]:
    """Let a caged process write the renditions of a source into a folder; return the length in ms and what was written."""
    command = [
        sys.executable,
        "-I",
        "-m",
        _CAGED,
        str(source.absolute()),
        str(folder.absolute()),
        json.dumps(asdict(limits)),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            env={
                "LC_ALL": "C.UTF-8"
            },  # and nothing else: no secret of ours lies in the memory of a process that may be taken over
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.processor_s * _WALL_PER_PROCESSOR_S,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise OverBudget("time") from late
    if done.returncode == REFUSED:
        refusal = json.loads(done.stdout)
        raise REFUSALS[refusal["refused"]](refusal["detail"])
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise OverBudget("processor time or memory")
    if done.returncode != 0:
        raise Crashed(_last_line(done.stderr) or f"exit {done.returncode}")
    made = json.loads(done.stdout)
    return made["length_ms"], tuple(Rendition(**rendition) for rendition in made["renditions"])


def confine(limits: PackagingLimits) -> None:
    """Put walls around the calling process: memory, processor time, open files, no core dump, no life after its parent."""
    for kind, value in (
        (resource.RLIMIT_AS, limits.address_space_bytes),
        (resource.RLIMIT_CPU, limits.processor_s),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    end_with_parent()


def end_with_parent() -> None:
    """Let the kernel end this process when its parent ends, however that happens. Only Linux can; elsewhere nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
