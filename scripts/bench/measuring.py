"""What work costs: processor time of process trees, the journal that was written, and the machine they ran on."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from scripts.bench.place import Place

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Used:
    """Processor seconds by name of a process tree, and bytes of journal, since the beginning."""

    cpu_s: Mapping[str, float]
    journal_bytes: int

    def since(self, before: "Used") -> "Used":
        """Return what was used between two looks."""
        cpu_s = {name: spent_s - before.cpu_s[name] for name, spent_s in self.cpu_s.items()}
        return Used(cpu_s, self.journal_bytes - before.journal_bytes)


class Meter:
    """Looks at the same process trees again and again; `roots` are their first processes."""

    def __init__(self, place: Place, roots: Mapping[str, list[int]]) -> None:
        self._roots = roots
        self._connection = place.admin()

    def look(self) -> Used:
        """Return what has been used so far."""
        row = self._connection.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint").fetchone()
        assert row is not None
        children = children_of_all()
        cpu_s = {name: sum(_tree_s(pid, children) for pid in pids) for name, pids in self._roots.items()}
        return Used(cpu_s, int(str(row[0])))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def children_of_all() -> dict[int, list[int]]:
    """Return the process ids below each process that has any."""
    found: dict[int, list[int]] = {}
    for folder in _PROC.iterdir():
        if folder.name.isdecimal() and (fields := _fields(int(folder.name))):
            found.setdefault(int(fields[1]), []).append(int(folder.name))
    return found


def _fields(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat from the third on; empty when the process has ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _tree_s(pid: int, children: Mapping[int, list[int]]) -> float:
    """Return the time of a process, of all below it, and of those among them that have ended."""
    own = sum(map(int, _fields(pid)[11:15])) / _TICKS
    return own + sum(_tree_s(child, children) for child in children.get(pid, []))


def machine() -> list[str]:
    """Describe the machine, the versions and how busy it is now."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    packages = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "uvloop", "httptools", "psycopg", "msgspec"))
    return [
        f"machine: {os.cpu_count()} cores ({_processor()}), {memory_gb:.0f} GB, Linux {platform.release()}",
        f"versions: Python {platform.python_version()}, {packages}",
        f"load average before: {' '.join(f'{load:.2f}' for load in os.getloadavg())}",
    ]


def _processor() -> str:
    lines = (_PROC / "cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
