"""What a learner's days, lessons and stretches were: as sealed, and the running session's rest as it stands. Clauses T1.3, T2.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import DayTotal, Segment, StudySession
from jiangxue.learning.queries.corrections import given_back, marked
from jiangxue.learning.queries.days import Day, SessionDay, session_days, with_names
from jiangxue.learning.queries.provisional import share_of
from jiangxue.learning.queries.replaying import open_shares
from jiangxue.learning.rules.days import balance_today, binding_cap
from jiangxue.learning.rules.replay import joined
from jiangxue.learning.rules.shapes import DayCap, DayShare
from jiangxue.learning.running import policy_of, sealed_state_of


def day_of_learner(viewer: Viewer, day: date) -> Day:
    """Return the viewer's own learning day, empty if nothing was learned."""
    return days_of_learner(viewer, [day])[0]


def days_of_learner(viewer: Viewer, days: Sequence[date]) -> list[Day]:
    """Return the viewer's own learning days in the order asked for."""
    parts: dict[int, list[SessionDay]] = {day.toordinal(): [] for day in days}
    for part in session_days(StudySession.objects.filter(learner_id=viewer.account_id), days):
        parts[part.share.day].append(part)
    return [Day(day, parts[day.toordinal()]) for day in days]


def learning_days(viewer: Viewer) -> list[date]:
    """Return the days on which the viewer learned, newest first."""
    sealed = Segment.objects.filter(session__learner_id=viewer.account_id).exclude(stretches=[])
    days = set(sealed.values_list("day", flat=True).distinct())
    running = running_session(viewer)
    if running is not None:
        days |= {date.fromordinal(share.day) for share in open_shares([running])[running.pk]}
    return sorted(days, reverse=True)


def running_session(viewer: Viewer) -> StudySession | None:
    """Return the viewer's session that has not ended, if any."""
    return with_names(StudySession.objects.filter(learner_id=viewer.account_id, lease__isnull=False)).first()


def session_for(viewer: Viewer, session_id: str) -> StudySession | None:
    """Return one of the viewer's own sessions."""
    if viewer.role is not Role.LEARNER:
        return None
    return (
        StudySession.objects.filter(pk=session_id, learner_id=viewer.account_id)
        .select_related("enrolment__training_class", "lesson")
        .first()
    )


def session_after(session: StudySession) -> StudySession | None:
    """Return the session that the same learner opened when this one ended or later."""
    later = StudySession.objects.filter(learner_id=session.learner_id, opened_at__gte=session.closed_at)
    return later.exclude(pk=session.pk).order_by("opened_at").first()


def shares_of(session: StudySession) -> list[DayShare]:
    """Return what an ended session amounts to on each day it touched."""
    segments = session.segments.defer("start", "after", "beats", "lease_held").prefetch_related("verdicts")
    shares = joined(share_of(segment) for segment in segments.order_by("sealing", "day"))
    corrected = given_back([session.pk]).get(session.pk, [])
    return [marked(share, corrected) for share in shares]


def cap_at_end(session: StudySession) -> DayCap:
    """Return which cap of its last day left less when an ended session had been judged."""
    return binding_cap(balance_today(sealed_state_of(session)), policy_of(session))


def last_session(viewer: Viewer) -> StudySession | None:
    """Return the viewer's newest session in a class that they are still in."""
    return (
        StudySession.objects.filter(learner_id=viewer.account_id, enrolment__left_at=None)
        .select_related("enrolment__training_class", "lesson__media")
        .order_by("-opened_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """What all records of a learner come to; milliseconds."""

    credited_ms: int
    confirmed_ms: int
    refused_ms: int
    corrected_ms: int


def learning_totals(viewer: Viewer) -> Totals:
    """Return the sums over all of the viewer's own sessions, the running one included."""
    with one_snapshot():
        days = list(DayTotal.objects.filter(learner_id=viewer.account_id))
        running = running_session(viewer)
        rest = open_shares([running])[running.pk] if running else []
    credited_ms = [each.credited_ms for each in days] + [each.credited_ms for each in rest]
    refused_ms = [sum(each.refused_ms.values()) for each in days] + [sum(each.refused_ms.values()) for each in rest]
    return Totals(
        sum(credited_ms),
        sum(each.confirmed_ms for each in days),
        sum(refused_ms),
        sum(each.corrected_ms for each in days),
    )
