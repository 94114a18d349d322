"""Appeals and corrections: what may be appealed, until when it is answered, who decides, and how a corrected time line looks.

Clauses T1.3, M6; docs/rules/effective-time.md, "Appeals and corrections".
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from jiangxue.learning.errors import (
    CorrectsTooMuch,
    NotAppealable,
    NotTheTurn,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.learning.rules.verdicts import Span, without

APPEALABLE = frozenset(Reason) - {Reason.REPEAT, Reason.PAGE_FULL, Reason.LESSON_FULL}
"""Time seen again, or after a page or a lesson was complete, was counted once already: there is nothing to give back."""
MOST_OPEN = 20
"""Appeals of one learner that may wait at the same time."""
WORKING_DAYS = 3
USUAL_PERCENT = 5
SHORTEST_MS = 1_000
SHORTEST_TEXT, LONGEST_TEXT = 10, 1_000
_SATURDAY = 5


class Result(StrEnum):
    """What becomes of an appeal."""

    CORRECTED = "corrected"
    UPHELD = "upheld"


class StepKind(StrEnum):
    """What somebody did with an appeal after it was opened."""

    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    APPROVED = "approved"


class AppealState(StrEnum):
    """Whose turn it is."""

    TO_PROPOSE = "to_propose"
    TO_APPROVE = "to_approve"
    SETTLED = "settled"


def due_on(opened_on: date) -> date:
    """Return the last day on which an appeal is answered in time: the third working day after that of its opening."""
    return working_day_after(opened_on, WORKING_DAYS)


def working_day_after(day: date, working_days: int) -> date:
    """Return the day that lies so many working days after a day.

    Working days are Monday to Friday; public holidays and the days worked instead of them are not known yet.
    """
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def is_overdue(due: date, today: date, state: AppealState) -> bool:
    """Say whether an appeal should have been settled by now."""
    return state is not AppealState.SETTLED and today > due


def state_after(last: str | None) -> AppealState:
    """Return whose turn it is after the last step, None if there was none."""
    match last:
        case StepKind.PROPOSED:
            return AppealState.TO_APPROVE
        case StepKind.APPROVED:
            return AppealState.SETTLED
        case _:
            return AppealState.TO_PROPOSE


def is_appealable(stretch: Stretch) -> bool:
    """Say whether there is anything to appeal: a refusal of at least a second, which people can name and give back."""
    return stretch.reason in APPEALABLE and not stretch.corrected and stretch.ms >= SHORTEST_MS


def require_appealable(stretch: Stretch) -> Reason:
    """Return why a stretch does not count, or raise `NotAppealable` if there is nothing to appeal."""
    if stretch.reason is None or not is_appealable(stretch):
        raise NotAppealable
    return stretch.reason


def require_proposal(state: AppealState, *, by: int, learner: int, ms: int | None, of_ms: int) -> None:
    """Raise unless this account may propose now; `ms` is what it would give back of the stretch (None: nothing)."""
    if state is not AppealState.TO_PROPOSE:
        raise NotTheTurn
    if by == learner:
        raise OwnTime
    if ms is not None and not 0 < ms <= of_ms:
        raise CorrectsTooMuch(of_ms)


def require_review(state: AppealState, *, by: int, learner: int, proposer: int | None) -> None:
    """Raise unless this account may approve or send back now: never who proposed, in whatever role, and never the learner."""
    if state is not AppealState.TO_APPROVE:
        raise NotTheTurn
    if by == proposer:
        raise SamePerson
    if by == learner:
        raise OwnTime


def corrected_ms(wanted_ms: int, of_ms: int) -> int:
    """Return what whole seconds stand for: all of a stretch where they are all of its whole seconds."""
    return of_ms if wanted_ms == of_ms // 1000 * 1000 else wanted_ms


def after_corrections(stretches: Iterable[Stretch], corrected: Sequence[Span]) -> list[Stretch]:
    """Return a judged time line with what people gave back marked in it: same length, same reasons, nothing credited."""
    found = []
    for stretch in stretches:
        whole = [(stretch.start_ms, stretch.end_ms)]
        left = without(whole, corrected) if stretch.reason is not None else whole
        given = without(whole, left)
        pieces = [Stretch(*span, stretch.reason, stretch.confirmed) for span in left]
        pieces += [Stretch(*span, stretch.reason, stretch.confirmed, corrected=True) for span in given]
        found += sorted(pieces, key=lambda piece: piece.start_ms)
    return found


def is_beyond_usual(corrected: int, credited: int) -> bool:
    """Say whether people gave back more of a class's time than is usual: more than five of a hundred credited milliseconds."""
    return corrected * 100 > credited * USUAL_PERCENT
