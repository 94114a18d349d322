"""What a table of occupations is refused for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What is wrong with a table, or with one of its lines."""

    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    BROKEN_QUOTES = "broken_quotes"
    OTHER_HEADER = "other_header"
    TOO_MANY_CELLS = "too_many_cells"
    UNFIT_CODE = "unfit_code"
    CODE_REPEATED = "code_repeated"
    NO_NAME = "no_name"
    UNKNOWN_LEVEL = "unknown_level"
    LEVEL_REPEATED = "level_repeated"
    NEITHER_YES_NOR_NO = "neither_yes_nor_no"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which line of the file (0: in all of it), in which cell, and the line it collides with."""

    line: int
    what: What
    cell: str = ""
    other_line: int = 0


class OccupationRefusal(Exception):
    """Base of all refusals about occupations."""


class NotTheirsToImport(OccupationRefusal):
    """Only the system administrator imports occupations."""


class UnfitTable(OccupationRefusal):
    """The table cannot be imported as it is; `faults` says in which lines and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.line}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


class NoDraft(OccupationRefusal):
    """There is no draft of this number: it was imported or discarded, or another file has taken its place."""


class TableChanged(OccupationRefusal):
    """Another table was imported since the preview was made."""
