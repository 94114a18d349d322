"""What a learner's days, lessons and stretches were: ended sessions as sealed, the running one as it stands. Clauses T1.3, T2.1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import DayTotal, Segment, StudySession
from jiangxue.learning.queries.replaying import judgements_of
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.replay import total_by_day
from jiangxue.learning.rules.shapes import DayShare, Stretch


@dataclass(frozen=True, slots=True)
class SessionDay:
    """The part of one session that belongs to one learning day."""

    session: StudySession
    share: DayShare


@dataclass(frozen=True, slots=True)
class Day:
    """One learning day of one learner, sessions in order of time."""

    day: date
    parts: Sequence[SessionDay]

    @property
    def stretches(self) -> list[Stretch]:
        """Return the day's time line."""
        return [stretch for part in self.parts for stretch in part.share.stretches]

    @property
    def credited_ms(self) -> int:
        """Return what the day credits so far."""
        return sum(part.share.credited_ms for part in self.parts)


def share_of(segment: Segment) -> DayShare:
    """Return the judged stretches that a segment keeps."""
    stretches = (
        Stretch(start_ms, end_ms, Reason(reason) if reason else None) for start_ms, end_ms, reason in segment.stretches
    )
    return DayShare(segment.day.toordinal(), tuple(stretches))


def day_of_learner(viewer: Viewer, day: date) -> Day:
    """Return the viewer's own learning day, empty if nothing was learned."""
    return days_of_learner(viewer, [day])[0]


def days_of_learner(viewer: Viewer, days: Sequence[date]) -> list[Day]:
    """Return the viewer's own learning days in the order asked for."""
    parts: dict[date, list[SessionDay]] = {day: [] for day in days}
    segments = (
        Segment.objects.filter(session__learner_id=viewer.account_id, day__in=days)
        .select_related("session__enrolment__training_class", "session__lesson")
        .order_by("session__opened_at")
    )
    for segment in segments:
        parts[segment.day].append(SessionDay(segment.session, share_of(segment)))
    running = running_session(viewer)
    if running is not None:
        for share in total_by_day(judgements_of(running)):
            if date.fromordinal(share.day) in parts:
                parts[date.fromordinal(share.day)].append(SessionDay(running, share))
    return [Day(day, parts[day]) for day in days]


def learning_days(viewer: Viewer) -> list[date]:
    """Return the days on which the viewer learned, newest first."""
    ended = Segment.objects.filter(session__learner_id=viewer.account_id)
    days = set(ended.values_list("day", flat=True).distinct())
    running = running_session(viewer)
    if running is not None:
        days |= {date.fromordinal(share.day) for share in total_by_day(judgements_of(running))}
    return sorted(days, reverse=True)


def running_session(viewer: Viewer) -> StudySession | None:
    """Return the viewer's session that has not ended, if any."""
    return (
        StudySession.objects.filter(learner_id=viewer.account_id, lease__isnull=False)
        .select_related("enrolment__training_class", "lesson", "lease")
        .first()
    )


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
    """Return what a session amounts to on each day it touched."""
    if session.closed_at is None:
        return total_by_day(judgements_of(session))
    return [share_of(segment) for segment in session.segments.order_by("day")]


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
    refused_ms: int


def learning_totals(viewer: Viewer) -> Totals:
    """Return the sums over all of the viewer's own sessions, the running one included."""
    credited_ms = refused_ms = 0
    for total in DayTotal.objects.filter(learner_id=viewer.account_id):
        credited_ms += total.credited_ms
        refused_ms += sum(total.refused_ms.values())
    running = running_session(viewer)
    for share in shares_of(running) if running else ():
        credited_ms += share.credited_ms
        refused_ms += sum(share.refused_ms.values())
    return Totals(credited_ms, refused_ms)
