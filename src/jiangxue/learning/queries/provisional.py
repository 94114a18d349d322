"""What no verdict has spoken of yet. Clause T1.3."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import Check, FaceReviewStep, Segment, Verdict
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.face_reviews import DECIDED, within
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import DayShare, Stretch
from jiangxue.learning.rules.verdicts import Judged, Span, VerdictKind, after_verdicts, credited_spans, without

_NEVER_MS = 2**62


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


@as_program()
def provisional_of(learner_id: int) -> list[Provisional]:
    """Return a learner's sealed provisional time that the next check decides about, over all classes, in order of time.

    A passed check leaves none, so only sessions that went on after the last one are looked at. What people have to decide about is theirs.
    """
    since_ms = held_until_ms(learner_id)
    passed = Check.objects.filter(learner_id=learner_id, outcome=CheckOutcome.PASSED).order_by("-settled_at").first()
    found = Segment.objects.filter(session__learner_id=learner_id, credited_ms__gt=0)
    if passed is not None:
        found = found.filter(Q(session__closed_at=None) | Q(session__closed_at__gte=passed.settled_at))
    return _cut(_provisional_of(found), since_ms, _NEVER_MS)


@as_program()
def held_until_ms(learner_id: int) -> int:
    """Return until when a learner's provisional time waits for people: the asking of the last unclear face check that nobody has decided; 0 if there is none."""
    last = undecided(Check.objects.filter(learner_id=learner_id)).order_by("-asked_at").first()
    return to_ms(last.asked_at) if last is not None else 0


def undecided(checks: QuerySet[Check]) -> QuerySet[Check]:
    """Return those of some checks that the machine could not decide, and people have not yet."""
    decided = FaceReviewStep.objects.filter(check_made=OuterRef("pk"), kind__in=DECIDED)
    return checks.filter(~Exists(decided), outcome=CheckOutcome.UNCLEAR)


@as_program()
def held_by(checks: Collection[Check]) -> dict[UUID, list[Provisional]]:
    """Return the provisional time that each of some unclear face checks is about: what was learned before it was asked, after the unclear one before it."""
    learners = {check.learner_id for check in checks}
    unclear = Check.objects.filter(learner__in=learners, outcome=CheckOutcome.UNCLEAR)
    asked = [(learner_id, to_ms(asked_at)) for learner_id, asked_at in unclear.values_list("learner", "asked_at")]
    found = _provisional_of(Segment.objects.filter(session__learner__in=learners, credited_ms__gt=0))
    held = {}
    for check in checks:
        ends_ms = to_ms(check.asked_at)
        before = [at_ms for learner_id, at_ms in asked if learner_id == check.learner_id and at_ms < ends_ms]
        theirs = [each for each in found if each.segment.session.learner_id == check.learner_id]
        held[check.pk] = _cut(theirs, max(before, default=0), ends_ms)
    return held


def _cut(found: Sequence[Provisional], begins_ms: int, ends_ms: int) -> list[Provisional]:
    cut = [Provisional(each.segment, within(each.spans, begins_ms, ends_ms)) for each in found]
    return [each for each in cut if each.spans]


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
