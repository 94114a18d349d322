"""When a class may earn time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jiangxue.kernel.zone import LEARNING_ZONE


@dataclass(frozen=True, slots=True)
class Term:
    """The stretch of time in which a class earns: from the start of its first day to the end of its last, or to its closing."""

    opens_at: datetime
    closes_at: datetime


def term_of(opens_on: date, closes_on: date, closed_at: datetime | None) -> Term:
    """Return the term of a class; closing it ends the term early, never late."""
    last_day_ends = datetime.combine(closes_on + timedelta(days=1), time(), LEARNING_ZONE)
    return Term(
        datetime.combine(opens_on, time(), LEARNING_ZONE),
        min(last_day_ends, closed_at) if closed_at else last_day_ends,
    )


def is_open(term: Term, now: datetime) -> bool:
    """Say whether the class may earn time at an instant."""
    return term.opens_at <= now < term.closes_at
