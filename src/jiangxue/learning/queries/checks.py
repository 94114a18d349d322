"""Checks as pages show them. Clauses T2.6, T1.3."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count

from jiangxue.enrolment.queries import places_within
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.queries.periods import Period
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.reasons import EndReason

_ENDED_BY_A_CHECK = (EndReason.MISSED_CHECK, EndReason.MAINTENANCE, EndReason.FAILED_FACE)


def check_told_with(session: StudySession) -> Check | None:
    """Return the missed or withdrawn check that the page of an ended session tells of: the one that ended it, else one asked in it."""
    failed = Check.objects.filter(learner_id=session.learner_id).exclude(outcome__in=("", CheckOutcome.PASSED))
    if session.end_reason in _ENDED_BY_A_CHECK and session.closed_at is not None:
        then = failed.filter(settled_at=session.closed_at).first()
        return then or failed.filter(review_steps__at=session.closed_at, review_steps__kind="approved").first()
    return failed.filter(session=session).order_by("-settled_at").first()


def session_telling_of(check: Check) -> UUID:
    """Return the session whose page tells of a missed or withdrawn check: the one that it ended, else the one that it was asked in."""
    ended = StudySession.objects.filter(
        learner_id=check.learner_id, closed_at=check.settled_at, end_reason__in=_ENDED_BY_A_CHECK
    )
    found: UUID | None = ended.values_list("pk", flat=True).first()
    return found or check.session_id


def own_checks_on(viewer: Viewer, day: date) -> Sequence[Check]:
    """Return the viewer's own checks of a learning day, settled or open, in order."""
    return checks_on([viewer.account_id], day)


def checks_on(learner_ids: Collection[int], day: date) -> Sequence[Check]:
    """Return the checks of a learning day of learners that the caller's viewer may see, in order."""
    alone = Period(day, day)
    asked = Check.objects.filter(learner_id__in=learner_ids, asked_at__gte=alone.begins_at, asked_at__lt=alone.ends_at)
    return list(asked.select_related("session__lesson").order_by("asked_at"))


def outcomes_in(viewer: Viewer, class_id: int) -> dict[str, int]:
    """Return how many checks of a class that staff or supervisors may see ended in which way; open ones are left out."""
    settled = Check.objects.filter(
        session__enrolment__training_class=class_id, session__enrolment__in=places_within(viewer)
    ).exclude(outcome="")
    return dict(settled.order_by().values_list("outcome").annotate(times=Count("pk")))
