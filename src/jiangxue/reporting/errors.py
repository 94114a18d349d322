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
