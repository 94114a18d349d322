"""Face checks of a learner, as far as the next one depends on them. Clause T3.1."""

from uuid import UUID

from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.facing import Before, LastFace


def before_opening(learner_id: int, lesson_id: int) -> Before:
    """Return what lies before an opening of a lesson; a session that still runs has not ended."""
    due = Check.objects.filter(learner_id=learner_id).exclude(trigger="").exclude(outcome="").order_by("-settled_at")
    last = due.select_related("session").first()
    passed = due.filter(outcome=CheckOutcome.PASSED).first()
    session = StudySession.objects.filter(learner_id=learner_id).order_by("-opened_at").first()
    return Before(
        last=_last(last),
        passed_at_ms=to_ms(passed.settled_at) if passed and passed.settled_at else None,
        ended_at_ms=to_ms(session.closed_at) if session and session.closed_at else None,
        is_same_lesson=session is not None and session.lesson_id == lesson_id,
    )


def _last(check: Check | None) -> LastFace | None:
    if check is None or check.settled_at is None:
        return None
    return LastFace(to_ms(check.settled_at), CheckOutcome(check.outcome), check.session.device)


def unavailable_in_a_row(learner_id: int, *, besides: UUID) -> int:
    """Return how many of a learner's latest face checks could not be made, one after the other, up to the one that is open."""
    due = Check.objects.filter(learner_id=learner_id).exclude(trigger="").exclude(pk=besides).order_by("-asked_at")
    outcomes = due.values_list("outcome", flat=True)[:50]
    return next((at for at, each in enumerate(outcomes) if each != CheckOutcome.UNAVAILABLE), len(outcomes))
