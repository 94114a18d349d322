"""What no verdict has spoken of yet. Clause T1.3."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jiangxue.learning.models import Check, Segment, Verdict
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import DayShare, Stretch
from jiangxue.learning.rules.verdicts import Judged, Span, VerdictKind, after_verdicts, credited_spans, without


@dataclass(frozen=True, slots=True)
class Provisional:
    """The provisional time of one sealed segment, in order."""

    segment: Segment
    spans: Sequence[Span]


def stretches_of(segment: Segment) -> tuple[Stretch, ...]:
    """Return the stretches that a segment keeps, as they were judged when it was sealed."""
    return tuple(
        Stretch(start_ms, end_ms, Reason(reason) if reason else None) for start_ms, end_ms, reason in segment.stretches
    )


def share_of(segment: Segment) -> DayShare:
    """Return what a segment keeps, as its later verdicts leave it; they come with it."""
    stretches = after_verdicts(stretches_of(segment), [_judged(verdict) for verdict in segment.verdicts.all()])
    return DayShare(segment.day.toordinal(), tuple(stretches))


def _judged(verdict: Verdict) -> Judged:
    return Judged(VerdictKind(verdict.kind), [(start_ms, end_ms) for start_ms, end_ms in verdict.stretches])


def provisional_of(learner_id: int) -> list[Provisional]:
    """Return a learner's sealed provisional time, over all classes, in order of time.

    A passed check leaves none, so only sessions that went on after the last one are looked at.
    """
    passed = Check.objects.filter(learner_id=learner_id, outcome=CheckOutcome.PASSED).order_by("-settled_at").first()
    found = Segment.objects.filter(session__learner_id=learner_id, credited_ms__gt=0)
    if passed is not None:
        found = found.filter(Q(session__closed_at=None) | Q(session__closed_at__gte=passed.settled_at))
    return _provisional_of(found)


def provisional_in(enrolment_ids: Collection[int]) -> list[Provisional]:
    """Return the sealed provisional time of places in classes, in order of time."""
    return _provisional_of(Segment.objects.filter(session__enrolment__in=enrolment_ids, credited_ms__gt=0))


def _provisional_of(found: QuerySet[Segment]) -> list[Provisional]:
    found = (
        found.annotate(judged_ms=Coalesce(Sum("verdicts__ms"), 0))
        .filter(credited_ms__gt=F("judged_ms"))
        .select_related("session__enrolment")
        .defer("start", "after", "beats", "lease_held")
        .prefetch_related("verdicts")
    )
    return sorted((_provisional(segment) for segment in found), key=lambda each: each.spans[0])


def _provisional(segment: Segment) -> Provisional:
    spoken_of = [span for verdict in segment.verdicts.all() for span in _judged(verdict).spans]
    return Provisional(segment, without(credited_spans(stretches_of(segment)), spoken_of))
