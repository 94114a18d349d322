"""What reporting refuses."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with one part of a filter."""

    NOT_A_FILTER = "not_a_filter"
    TWICE = "twice"
    NOT_THERE = "not_there"
    NOT_A_DAY = "not_a_day"
    NOT_A_NUMBER = "not_a_number"
    WRONG_ORDER = "wrong_order"
    TOO_LONG = "too_long"
    NOT_YOURS = "not_yours"


@dataclass(frozen=True, slots=True)
class FilterFault:
    """One part of a filter that cannot be read: its name in the address, what is wrong, and what stood there."""

    name: str
    fault: Fault
    value: str


class ReportingRefusal(Exception):
    """Base of all refusals about queries and statistics."""


class FilterRefused(ReportingRefusal):
    """A filter cannot be read, or names what the viewer may not see; nothing is shown instead of something else."""

    def __init__(self, *faults: FilterFault) -> None:
        super().__init__(*faults)
        self.faults = faults


class NotTheirsToQuery(ReportingRefusal):
    """The viewer's role looks at no reports."""


class NoSuchSheet(ReportingRefusal):
    """There is no sheet of that name."""


class NoSuchRow(ReportingRefusal):
    """The mark after which a list should go on names no row."""


class NoSuchExport(ReportingRefusal):
    """There is no such export, or it is not the viewer's in this role."""


class NotTheirsToExport(ReportingRefusal):
    """The viewer's role exports nothing, or not unmasked."""


class TooManyExports(ReportingRefusal):
    """As many exports of this person are on their way as may be at once."""


class TooManyRows(ReportingRefusal):
    """The table has more rows than a file is made of; `rows` is how many."""

    def __init__(self, rows: int) -> None:
        super().__init__(rows)
        self.rows = rows


class NotMadeYet(ReportingRefusal):
    """The file of an export is not there yet, or never will be."""


class ExportExpired(ReportingRefusal):
    """The file of an export is over its time and removed."""


class NotToRelease(ReportingRefusal):
    """The request does not wait for a release any more."""


class OwnExport(ReportingRefusal):
    """Nobody releases what they have asked for themselves."""


class CannotBeTriedAgain(ReportingRefusal):
    """The export is not one that failed through no fault of who asked."""


class Superseded(ReportingRefusal):
    """Another worker makes the file by now, or nobody is to make it any more."""
