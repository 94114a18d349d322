"""Learning days as people read them: sealed segments, and the unsealed rest of running sessions as it stands. Clauses T1.3, T2.1."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.learning.models import Segment, StudySession
from jiangxue.learning.queries.corrections import given_back, marked
from jiangxue.learning.queries.provisional import share_of
from jiangxue.learning.queries.replaying import open_shares
from jiangxue.learning.rules.replay import joined
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

    @property
    def confirmed_ms(self) -> int:
        """Return how much of that is confirmed."""
        return sum(part.share.confirmed_ms for part in self.parts)

    @property
    def corrected_ms(self) -> int:
        """Return how much refused time people gave back."""
        return sum(part.share.corrected_ms for part in self.parts)


def session_days(sessions: QuerySet[StudySession], days: Collection[date]) -> list[SessionDay]:
    """Return what some sessions hold on some days, in order of opening; in one snapshot, so that nothing counts twice."""
    shares: dict[StudySession, list[DayShare]] = {}
    with one_snapshot():
        for segment in segments_of(sessions).filter(day__in=days):
            shares.setdefault(segment.session, []).append(share_of(segment))
        running = list(with_names(sessions.filter(lease__isnull=False)))
        for session, rest in zip(running, open_shares(running).values(), strict=True):
            shares.setdefault(session, []).extend(rest)
        corrected = given_back([session.pk for session in shares])
    ordinals = {day.toordinal() for day in days}
    return [
        SessionDay(session, marked(share, corrected.get(session.pk, [])))
        for session in sorted(shares, key=lambda session: session.opened_at)
        for share in joined(shares[session])
        if share.day in ordinals and share.stretches
    ]


def segments_of(sessions: QuerySet[StudySession]) -> QuerySet[Segment]:
    """Return the segments of some sessions in their order, with their later verdicts, without what only judging again needs."""
    return (
        Segment.objects.filter(session__in=sessions)
        .select_related("session__enrolment__training_class", "session__lesson")
        .prefetch_related("verdicts")
        .defer("start", "after", "beats", "lease_held")
        .order_by("session__opened_at", "sealing", "day")
    )


def with_names(sessions: QuerySet[StudySession]) -> QuerySet[StudySession]:
    """Return sessions with the lease, the class and the lesson that pages name."""
    return sessions.select_related("enrolment__training_class", "lesson", "lease")
