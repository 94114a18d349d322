"""Ending what is learned of courses that have been taken down. Clauses M6, T2.1."""

from jiangxue.courseware.queries.teaching import taken_down
from jiangxue.enrolment.queries import classes_taught_by
from jiangxue.kernel.clock import Clock
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_sessions

STOPPED_AT_A_TIME = 2_000


def end_taken_down(*, clock: Clock) -> int:
    """End the sessions in classes whose version has been taken down, and return how many there were; one query where there is none.

    Openings are refused from the moment of the taking down; whatever slipped through is found by the next round.
    """
    versions = list(taken_down().values_list("pk", flat=True))
    if not versions:
        return 0
    running = StudySession.objects.filter(closed_at=None, enrolment__training_class__in=classes_taught_by(versions))
    named = list(running.order_by("pk").values_list("learner_id", "pk")[:STOPPED_AT_A_TIME])
    return end_sessions(named, EndReason.TAKEN_DOWN, clock=clock)
