"""What a sheet consists of: typed columns, and rows of plain values under them. Clause T7."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

type Value = str | int | date | datetime | None
"""What stands in a cell; None where nothing is known."""

WHOLE = 10_000
"""A ratio is kept in ten-thousandths, so that 81.25 % are 8125."""
HOUR_UNIT_MS = 2_700_000
HOUR_PARTS = 100


class Kind(StrEnum):
    """What the values of a column are, and so how a page writes them and a file types them.

    `DURATION` are milliseconds, `HOURS` hundredths of a 学时, `RATIO` ten-thousandths; an identity number is text, whatever it looks like.
    """

    TEXT = "text"
    NUMBER = "number"
    IDENTITY = "identity"
    DAY = "day"
    MOMENT = "moment"
    DURATION = "duration"
    HOURS = "hours"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its heading in the language of the page, and what its values are.

    Columns with the same `part_of` divide what the column of that name holds: a narrow page may show them as one.
    """

    key: str
    title: str
    kind: Kind
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its values in the order of the columns, the mark after which the next row begins, and what it is about."""

    mark: str
    values: Sequence[Value]
    class_id: int
    place_id: int | None = None
    day: date | None = None


def hours_of(milliseconds: int) -> int:
    """Return hundredths of a 学时 (45 minutes), rounded down; to be called once, on a sum, never on its parts.

    Negative time is refused: no sum of learning is negative. Source: docs/rules/statistics.md.
    """
    if milliseconds < 0:
        raise ValueError(milliseconds)
    return milliseconds * HOUR_PARTS // HOUR_UNIT_MS


def ratio_of(part: int, whole: int) -> int | None:
    """Return a part in ten-thousandths of a whole, rounded down; None where there is no whole."""
    return part * WHOLE // whole if whole else None
