"""What a roster is made of, from the sheet to what is said of one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jiangxue.accounts.rules.id_types import IdType
from jiangxue.enrolment.rules.background import UNTOLD, Background

MOST_ROWS = 10_000
"""People on one roster."""
MOST_BYTES = 8 * 1024 * 1024


class Column(StrEnum):
    """What a column of a roster says."""

    NAME = "name"
    ID_TYPE = "id_type"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    GROUP = "group"
    EDUCATION = "education"
    DOMICILE = "domicile"
    EMPLOYER = "employer"
    EMPLOYER_USCC = "employer_uscc"


NEEDED = frozenset({Column.NAME, Column.ID_NUMBER})
"""Columns without which nobody can be registered."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet that holds something: its number in the file, counted from 1, and its cells from the first column on."""

    at: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return a cell, empty where the line is shorter."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read; `has_more` says that lines behind the last one were left out."""

    name: str
    lines: tuple[Line, ...]
    has_more: bool = False

    @property
    def width(self) -> int:
        """Return how many columns hold something."""
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a file is read: which sheet, the number of the last line of its header (0: none), and which column says what."""

    sheet: int = 0
    header_at: int = 0
    columns: Mapping[Column, int] = field(default_factory=dict)

    @property
    def is_enough(self) -> bool:
        """Say whether the columns are known without which nobody can be registered."""
        return self.columns.keys() >= NEEDED


class What(StrEnum):
    """What is to be mended in a row, or to be known about it."""

    NAME_MISSING = "name_missing"
    NAME_UNFIT = "name_unfit"
    ID_TYPE_UNKNOWN = "id_type_unknown"
    NUMBER_MISSING = "number_missing"
    NUMBER_ROUNDED = "number_rounded"
    NUMBER_UNFIT = "number_unfit"
    TOO_YOUNG = "too_young"
    PHONE_UNFIT = "phone_unfit"
    GROUP_UNKNOWN = "group_unknown"
    EDUCATION_UNKNOWN = "education_unknown"
    DOMICILE_UNKNOWN = "domicile_unknown"
    EMPLOYER_TOO_LONG = "employer_too_long"
    USCC_UNFIT = "uscc_unfit"
    REPEATED = "repeated"
    OTHER_NAME = "other_name"
    MAY_NOT_LEARN = "may_not_learn"
    HAS_LEFT = "has_left"
    UNDER_AGE = "under_age"
    LEARNS_ELSEWHERE = "learns_elsewhere"
    PHONE_MISSING = "phone_missing"
    PHONE_REPEATED = "phone_repeated"
    PHONE_TAKEN = "phone_taken"
    YOUNG = "young"


HINTS = frozenset({What.PHONE_MISSING, What.PHONE_REPEATED, What.PHONE_TAKEN, What.YOUNG})
"""What is good to know and keeps nobody off the roster."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be mended in which column; `fault` and `at` say it of a number, `line` is the other line that it is about."""

    column: Column
    what: What
    fault: str = ""
    at: int = 0
    line: int = 0

    @property
    def is_hint(self) -> bool:
        """Say whether the row can be taken in as it is."""
        return self.what in HINTS


@dataclass(frozen=True, slots=True)
class Written:
    """A person as a row says: numbers as they are kept, as far as they fit."""

    name: str = ""
    id_type: IdType = IdType.RESIDENT
    id_number: str = ""
    phone: str = ""
    background: Background = UNTOLD


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line that it stands in, whom it names, and what is said of it."""

    line: int
    written: Written
    findings: tuple[Finding, ...] = ()

    @property
    def is_fit(self) -> bool:
        """Say whether the row can be taken in."""
        return all(finding.is_hint for finding in self.findings)


class Standing(StrEnum):
    """What a fit row does to the roster."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNFIT = "unfit"
