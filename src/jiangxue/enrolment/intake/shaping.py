"""Cells as the text that rules read, and lines as far as they hold something."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from jiangxue.enrolment.intake.limits import LONGEST_CELL, MOST_CHARACTERS, MOST_COLUMNS, MOST_LINES
from jiangxue.enrolment.rules.roster.shapes import Line, Sheet

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_EXACT_BELOW = 1e15
"""From here on a spreadsheet has rounded the number: it keeps fifteen places."""


class TooMuch(Exception):
    """The file holds more than is kept of any."""


def text_in(value: object) -> str:
    """Return a value as text: whole numbers without a point, those that a spreadsheet has rounded with an exponent, days as 2026-11-24."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if not value.is_integer():
            return repr(value)
        case float() | int():
            return str(int(value)) if abs(value) < _EXACT_BELOW else f"{value:.14E}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}" if value.time() != time() else f"{value:%Y-%m-%d}"
        case date() | time():
            return value.isoformat()
        case _:
            return _CONTROLS.sub(" ", str(value)).strip()[:LONGEST_CELL]


class Budget:
    """How many characters may still be kept of a file."""

    def __init__(self) -> None:
        self._left = MOST_CHARACTERS

    def spend(self, cells: Iterable[str]) -> None:
        """Count what is kept, or raise `TooMuch`."""
        self._left -= sum(map(len, cells)) + 1
        if self._left < 0:
            raise TooMuch


def sheet_of(name: str, rows: Iterator[tuple[int, list[object]]], budget: Budget) -> Sheet:
    """Return the lines that hold something, from rows with their numbers."""
    lines: list[Line] = []
    for at, values in rows:
        if not any(values):  # a sheet may have a million of these
            continue
        cells = [text_in(value) for value in values[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(lines) == MOST_LINES:
            return Sheet(name, tuple(lines), has_more=True)
        budget.spend(cells)
        lines.append(Line(at, tuple(cells)))
    return Sheet(name, tuple(lines))
