"""Face checks that only people can decide (人脸复核): whose turn it is, who may speak, and about which time. Clauses T3.1, T3.2.

The text is docs/rules/face-checks.md, what people decide.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from jiangxue.learning.errors import NotTheTurn, OwnTime, SamePerson
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.verdicts import Span


class ReviewStep(StrEnum):
    """What somebody says about an unclear check."""

    CONFIRMED = "confirmed"
    DOUBTED = "doubted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


DECIDED = frozenset({ReviewStep.CONFIRMED, ReviewStep.APPROVED})
"""What ends a review."""
FIRST_WORD = frozenset({ReviewStep.CONFIRMED, ReviewStep.DOUBTED})
"""What the first person says; the rest is the second person's."""


class ReviewState(StrEnum):
    """Whose turn it is, or how it was decided: by people, or by the machine already."""

    TO_DECIDE = "to_decide"
    TO_APPROVE = "to_approve"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    FAILED = "failed"


OPEN = frozenset({ReviewState.TO_DECIDE, ReviewState.TO_APPROVE})


def state_after(outcome: str, last: str | None) -> ReviewState:
    """Return where the review of a check with this outcome stands after the last step, None if there was none."""
    if outcome != CheckOutcome.UNCLEAR:
        return ReviewState.FAILED
    match last:
        case ReviewStep.CONFIRMED:
            return ReviewState.CONFIRMED
        case ReviewStep.APPROVED:
            return ReviewState.NOT_CONFIRMED
        case ReviewStep.DOUBTED:
            return ReviewState.TO_APPROVE
        case _:
            return ReviewState.TO_DECIDE


def require_first_word(state: ReviewState, *, by: int, learner: int) -> None:
    """Raise unless this account may say now who it was: never the learner."""
    if state is not ReviewState.TO_DECIDE:
        raise NotTheTurn
    if by == learner:
        raise OwnTime


def require_second_word(state: ReviewState, *, by: int, learner: int, doubter: int | None) -> None:
    """Raise unless this account may approve a doubt or send it back: never who doubted, in whatever role, and never the learner."""
    if state is not ReviewState.TO_APPROVE:
        raise NotTheTurn
    if by == doubter:
        raise SamePerson
    if by == learner:
        raise OwnTime


def within(spans: Iterable[Span], begins_ms: int, ends_ms: int) -> list[Span]:
    """Return what of spans lies in `[begins_ms, ends_ms)`, in their order; ms since 1970."""
    cut = [(max(start_ms, begins_ms), min(end_ms, ends_ms)) for start_ms, end_ms in spans]
    return [(start_ms, end_ms) for start_ms, end_ms in cut if start_ms < end_ms]


def is_overdue(due: date, today: date, state: ReviewState) -> bool:
    """Say whether a review should have been decided by now."""
    return state in OPEN and today > due
