"""The plan of a class (教学计划): what may be planned beside what is learned online, and until when it may change. Clauses T7, C3; docs/rules/attendance.md."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from jiangxue.courseware.rules.content import HOUR_PARTS, Mode
from jiangxue.enrolment.errors import UnfitItem
from jiangxue.enrolment.rules.term import Term
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.policies.rules.time_policy import HOUR_UNIT_MS

SIGNED_BEFORE = timedelta(minutes=30)
"""So long before it begins one may sign in to an item: from then on its time stays, so that no signature is one of another time."""
LONGEST_TITLE = 120
LONGEST_PLACE = 200
LONGEST_REASON = 200


class PlanStep(StrEnum):
    """What became of an item."""

    ADDED = "added"
    CHANGED = "changed"
    CANCELLED = "cancelled"


class Flaw(StrEnum):
    """Why an item cannot be planned so."""

    PAST = "past"
    ENDS_EARLY = "ends_early"
    OTHER_DAY = "other_day"
    OUTSIDE_CLASS = "outside_class"
    NO_HOURS = "no_hours"
    TOO_MANY_HOURS = "too_many_hours"
    TEACHER = "teacher"
    TEACHER_BUSY = "teacher_busy"


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as somebody wants it; hours in hundredths of a 学时."""

    mode: Mode
    title: str
    hours: int
    place: str
    teacher_id: int
    starts_at: datetime
    ends_at: datetime


def hours_as_ms(hours: int) -> int:
    """Return how long hundredths of a 学时 are, in milliseconds."""
    return hours * HOUR_UNIT_MS // HOUR_PARTS


def require_fit(draft: ItemDraft, term: Term, *, is_teacher: bool, is_busy: bool, now: datetime) -> None:
    """Raise `UnfitItem` with all that speaks against an item.

    It lies ahead, within one learning day and within the class; its hours fit into its time, so that nobody is promised more than can
    be attended; and whoever holds it teaches the class, and holds nothing else at that time (`is_busy`).
    """
    length = draft.ends_at - draft.starts_at
    flaws = {
        Flaw.PAST: draft.starts_at <= now,
        Flaw.ENDS_EARLY: length <= timedelta(0),
        Flaw.OTHER_DAY: length > timedelta(0) and _day_of(draft.starts_at) != _last_day(draft),
        Flaw.OUTSIDE_CLASS: draft.starts_at < term.opens_at or draft.ends_at > term.closes_at,
        Flaw.NO_HOURS: draft.hours <= 0,
        Flaw.TOO_MANY_HOURS: length > timedelta(0) and timedelta(milliseconds=hours_as_ms(draft.hours)) > length,
        Flaw.TEACHER: not is_teacher,
        Flaw.TEACHER_BUSY: is_teacher and is_busy,
    }
    found = [flaw for flaw, is_so in flaws.items() if is_so]
    if found:
        raise UnfitItem(found)


def _last_day(draft: ItemDraft) -> date:
    """Return the day on which an item ends; one that ends at midnight ends on the day before."""
    return _day_of(draft.ends_at - timedelta(microseconds=1))


def _day_of(at: datetime) -> date:
    return at.astimezone(LEARNING_ZONE).date()


def is_changeable(starts_at: datetime, cancelled_at: datetime | None, *, now: datetime) -> bool:
    """Say whether an item may be changed: until 30 minutes before it begins."""
    return cancelled_at is None and now < starts_at - SIGNED_BEFORE


def is_cancellable(starts_at: datetime, cancelled_at: datetime | None, *, now: datetime) -> bool:
    """Say whether an item may be cancelled: until it begins."""
    return cancelled_at is None and now < starts_at
