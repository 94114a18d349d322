"""Who of a class is learning at this moment, whose check is open, and who was signed out: for its staff and supervisors. Clauses T2.1, T2.6, T7."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.clock import learning_day, to_ms
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, Lease, StudySession
from jiangxue.learning.queries.periods import Period
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.reasons import EndReason


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check that waits for an answer though its learner is not learning."""

    enrolment_id: int
    learner_name: str
    answer_by_ms: int


def running_leases(viewer: Viewer, class_id: int) -> QuerySet[Lease]:
    """Return the leases of those who are learning in a class, open checks first, then who came last, with learner, lesson and session."""
    running = Lease.objects.filter(session__enrolment__training_class=class_for(viewer, class_id), end_reason="")
    named = running.select_related("learner", "session__lesson")
    return named.defer("answer", "balances").order_by(
        F("answer_by_ms").asc(nulls_last=True), "-session__opened_at", "pk"
    )


def waiting_checks(viewer: Viewer, class_id: int, now: datetime) -> Sequence[OpenCheck]:
    """Return the checks that are open though their learner has left, and that were asked in a class; the most urgent first."""
    asked = Check.objects.filter(
        session__enrolment__training_class=class_for(viewer, class_id), outcome="", expires_at__gt=now
    )
    rows = asked.exclude(learner__in=Lease.objects.filter(session__isnull=False).values("pk")).order_by("expires_at")
    return [
        OpenCheck(check.session.enrolment_id, check.learner.staff_name, to_ms(check.expires_at))
        for check in rows.select_related("learner", "session")
    ]


def missed_after_leaving(viewer: Viewer, class_id: int, now: datetime) -> QuerySet[Check]:
    """Return the checks asked in a class and missed on the present learning day that ended no session, newest first."""
    ended = StudySession.objects.filter(
        learner=OuterRef("learner"), closed_at=OuterRef("settled_at"), end_reason=EndReason.MISSED_CHECK
    )
    missed = Check.objects.filter(
        session__enrolment__training_class=class_for(viewer, class_id),
        outcome=CheckOutcome.MISSED,
        settled_at__gte=_morning(now),
    )
    return (
        missed.filter(~Exists(ended))
        .select_related("session__learner", "session__lesson")
        .order_by("-settled_at", "pk")
    )


def sign_outs_today(
    viewer: Viewer, class_id: int, now: datetime, *, reasons: Collection[str]
) -> QuerySet[StudySession]:
    """Return the sessions of a class that ended on the present learning day for one of some reasons, newest first."""
    ended = StudySession.objects.filter(
        enrolment__training_class=class_for(viewer, class_id), closed_at__gte=_morning(now), end_reason__in=reasons
    )
    named = ended.select_related("learner", "lesson").defer("policy", "opening", "sealed_state")
    return named.order_by("-closed_at", "pk")


def _morning(now: datetime) -> datetime:
    today = learning_day(now)
    return Period(today, today).begins_at
