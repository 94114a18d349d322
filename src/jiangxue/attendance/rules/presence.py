"""From when until when somebody was present, by what they signed and what staff state. Clauses T1.3, C3; docs/rules/attendance.md.

Times are milliseconds since 1970 on the server's clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from jiangxue.attendance.errors import NoLongerOpen, NotBegun, NotOpenYet, OutsideItem
from jiangxue.attendance.rules.codes import Side
from jiangxue.enrolment.rules.plan import SIGNED_BEFORE

type Span = tuple[int, int]
"""`[start, end)` in milliseconds since 1970."""

EARLY_MS = SIGNED_BEFORE // timedelta(milliseconds=1)
"""So long before it begins one may sign in to an item."""
LATE_MS = 60 * 60_000
"""So long after it has ended one may sign out of it."""


class Standing(StrEnum):
    """What is known of somebody at an item."""

    PRESENT = "present"
    ABSENT = "absent"
    NO_SIGN_IN = "no_sign_in"
    NO_SIGN_OUT = "no_sign_out"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody signed in or out, and when."""

    side: Side
    at_ms: int


@dataclass(frozen=True, slots=True)
class Stated:
    """What one person of staff states of somebody: present in a span, or (None) not at all; `agrees` is what a second one said, None: nothing yet."""

    span: Span | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of somebody at an item; `span` only where they were present."""

    standing: Standing
    span: Span | None = None


def presence(planned: Span, marks: Iterable[Mark], stated: Sequence[Stated]) -> Presence:
    """Return what counts: the last statement that a second person has signed, else what the learner signed.

    Of signatures the first in and the last out count, each within its window around the planned time; one of both alone is no presence.
    """
    signed = [each for each in stated if each.agrees]
    if signed:
        span = signed[-1].span
        return Presence(Standing.PRESENT, span) if span else Presence(Standing.ABSENT)
    ins = [mark.at_ms for mark in marks if mark.side is Side.IN and is_open(planned, mark)]
    outs = [mark.at_ms for mark in marks if mark.side is Side.OUT and is_open(planned, mark)]
    if not ins or not outs:
        return Presence(_lacking(has_in=bool(ins), has_out=bool(outs)))
    return Presence(Standing.PRESENT, (min(ins), max(min(ins), *outs)))


def _lacking(*, has_in: bool, has_out: bool) -> Standing:
    if has_in:
        return Standing.NO_SIGN_OUT
    return Standing.NO_SIGN_IN if has_out else Standing.NOTHING


def window(planned: Span, side: Side) -> Span:
    """Return when one may sign: in from 30 min before the beginning to the end, out from the beginning to 60 min after the end."""
    start_ms, end_ms = planned
    return (start_ms - EARLY_MS, end_ms) if side is Side.IN else (start_ms, end_ms + LATE_MS)


def is_open(planned: Span, mark: Mark) -> bool:
    """Say whether a signature lies in its window."""
    from_ms, to_ms = window(planned, mark.side)
    return from_ms <= mark.at_ms < to_ms


def require_open(planned: Span, mark: Mark) -> None:
    """Raise `NotOpenYet` or `NoLongerOpen` unless one may sign so now."""
    from_ms, to_ms = window(planned, mark.side)
    if mark.at_ms < from_ms:
        raise NotOpenYet
    if mark.at_ms >= to_ms:
        raise NoLongerOpen


def require_statable(planned: Span, said: Span | None, *, now_ms: int) -> None:
    """Raise unless staff may state so now: absence once the item has begun, presence within its time and up to now."""
    start_ms, end_ms = planned
    if now_ms < start_ms:
        raise NotBegun
    if said is not None and not start_ms <= said[0] < said[1] <= min(end_ms, now_ms):
        raise OutsideItem


def is_over(planned: Span, now_ms: int) -> bool:
    """Say whether nobody can sign in or out any more."""
    return now_ms >= planned[1] + LATE_MS
