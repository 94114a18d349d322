"""Face checks of a learner, as far as the next one depends on them. Clause T3.1."""

from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome
from jiangxue.learning.rules.facing import Before, LastFace, is_as_strict
from jiangxue.learning.running import policy_of
from jiangxue.policies.rules.time_policy import TimePolicy

LOOKED_BACK = 20
"""So many checks are looked back for a pass that counts; whoever made more elsewhere is asked anew."""


def before_opening(learner_id: int, enrolment_id: int, lesson_id: int, policy: TimePolicy) -> Before:
    """Return what lies before an opening of a lesson; a session that still runs has not ended.

    A pass in another class counts where it was one of the face, by rules that are no easier: attention that was asked for instead makes a day of
    that class one that staff confirm, and none of this one. What the server withdrew changes nothing: the check before it is the last.
    """
    due = (
        Check.objects.filter(learner_id=learner_id)
        .exclude(trigger="")
        .exclude(outcome__in=("", CheckOutcome.WITHDRAWN))
    )
    latest = due.select_related("session").order_by("-settled_at")[:LOOKED_BACK]
    found = [(each, _counts(each, enrolment_id, policy)) for each in latest]
    passed = next((each for each, counts in found if counts and each.outcome == CheckOutcome.PASSED), None)
    session = StudySession.objects.filter(learner_id=learner_id).order_by("-opened_at").first()
    return Before(
        last=next((_last(each, counts=counts) for each, counts in found[:1]), None),
        passed_at_ms=to_ms(passed.settled_at) if passed and passed.settled_at else None,
        ended_at_ms=to_ms(session.closed_at) if session and session.closed_at else None,
        is_same_lesson=session is not None and session.lesson_id == lesson_id,
    )


def _counts(check: Check, enrolment_id: int, policy: TimePolicy) -> bool:
    if check.outcome != CheckOutcome.PASSED or check.session.enrolment_id == enrolment_id:
        return True
    return check.kind == CheckKind.FACE and is_as_strict(policy_of(check.session), policy)


def _last(check: Check, *, counts: bool) -> LastFace | None:
    if check.settled_at is None:
        return None
    return LastFace(to_ms(check.settled_at), CheckOutcome(check.outcome), check.session.device, counts_here=counts)


def unavailable_since_passed(learner_id: int) -> int:
    """Return how many of a learner's face checks could not be made since one was passed; nothing else begins the count anew, least of all a check that was let go by."""
    due = Check.objects.filter(learner_id=learner_id).exclude(trigger="")
    passed = due.filter(outcome=CheckOutcome.PASSED).order_by("-asked_at").first()
    put_off = due.filter(outcome=CheckOutcome.UNAVAILABLE)
    return (put_off if passed is None else put_off.filter(asked_at__gt=passed.asked_at)).count()
