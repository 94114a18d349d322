"""How long an archive is kept (保存期限), and what keeps it longer. Clauses T8.1, M2; docs/rules/retention.md."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEAST_YEARS, MOST_YEARS = 5, 99
_LEAP_DAY = (2, 29)


class Kept(StrEnum):
    """Why an archive is not erased although its time seemed to be over."""

    NOT_DUE = "not_due"
    HELD = "held"
    TIED = "tied"


@dataclass(frozen=True, slots=True)
class Span:
    """From when an archive's term is counted: the end of its class and its last record, on the days of Asia/Shanghai."""

    closed_on: date
    last_record_on: date


def due_on(span: Span, years: int) -> date:
    """Return the first day on which an archive may be erased: so many years after the later of class end and last record.

    Never fewer than five years are counted. A day that the year lacks (29 February) is the next one.
    """
    begins = max(span.closed_on, span.last_record_on)
    year = begins.year + max(years, LEAST_YEARS)
    if (begins.month, begins.day) == _LEAP_DAY and not _is_leap(year):
        return date(year, 3, 1)
    return begins.replace(year=year)


def due_together(due: Mapping[int, date], tied: Iterable[tuple[int, int]]) -> dict[int, date]:
    """Return when each archive may go where some are evidence of each other: none of those before the last of them."""
    groups: dict[int, set[int]] = {place: {place} for place in due}
    for first, second in tied:
        whole = groups.setdefault(first, {first}) | groups.setdefault(second, {second})
        for place in whole:
            groups[place] = whole
    return {place: _last(groups[place], due) for place in due}


def _last(places: Collection[int], due: Mapping[int, date]) -> date:
    return max(due.get(place, date.max) for place in places)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
