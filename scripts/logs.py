"""Logs of the children: kept in files, bounded at each start; what is an error also reaches the terminal."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

_LIMIT_BYTES = 5_000_000
_LINES_AT_ONCE = 20

ERRORS = re.compile(r"\b(ERROR|CRITICAL)\b|^Traceback")
PANICS = re.compile(r"\bPANIC:")


def rotate(path: Path) -> None:
    """Set a log aside as `<name>.log.1` when it has grown beyond the limit, so that two of that size are kept at most."""
    if path.exists() and path.stat().st_size > _LIMIT_BYTES:
        path.replace(path.with_name(path.name + ".1"))


class LogReader:
    """Reads what a child adds to its log from now on."""

    def __init__(self, path: Path, alarming: re.Pattern[str]) -> None:
        self._path = path
        self._alarming = alarming
        self._start = self._offset = path.stat().st_size if path.exists() else 0

    def all_since_start(self) -> str:
        """Return everything that was added since this reader was made."""
        return self._read_from(self._start)

    def alarms(self) -> Iterator[str]:
        """Yield the alarming lines that were added since the last call."""
        added = self._read_from(self._offset)
        complete = added[: added.rfind("\n") + 1]
        self._offset += len(complete.encode(errors="surrogateescape"))
        found = [line for line in complete.splitlines() if self._alarming.search(line)]
        yield from (_readable(line) for line in found[:_LINES_AT_ONCE])
        if len(found) > _LINES_AT_ONCE:
            yield f"… {len(found) - _LINES_AT_ONCE} more in {self._path}"

    def tail(self, lines: int = 20) -> str:
        """Return the last lines that were added, for a child that ended by itself."""
        return "\n".join(_readable(line) for line in self.all_since_start().splitlines()[-lines:])

    def _read_from(self, offset: int) -> str:
        if not self._path.exists():
            return ""
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="surrogateescape")


def _readable(line: str) -> str:
    """Return a structured log line as a person reads it: message, then traceback."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line
    if not isinstance(entry, dict):
        return line
    return "\n".join(str(entry[part]) for part in ("message", "exc_info") if entry.get(part))
