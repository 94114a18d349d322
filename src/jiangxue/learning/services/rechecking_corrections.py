"""Holding corrections against the appeals, the refusals and the day totals that they speak of; a part of judging again. Clause T1.3."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from jiangxue.learning.models import Correction, DayTotal, Segment, StudySession
from jiangxue.learning.queries.provisional import share_of
from jiangxue.learning.rules.appeals import Result, StepKind
from jiangxue.learning.rules.differences import Report, What
from jiangxue.learning.rules.verdicts import Span, length_ms, without
from jiangxue.learning.running import MALFORMED


def recheck_corrections(
    report: Report,
    sessions: Sequence[StudySession],
    segments: Mapping[UUID, Sequence[Segment]],
    totals: Iterable[DayTotal],
) -> None:
    """Note every correction that does not stand on a refusal and on two persons, and every day whose sum of them is another."""
    found: Counter[tuple[int, date]] = Counter()
    corrections = Correction.objects.filter(session__in=sessions).select_related("appeal", "session")
    for each in corrections.prefetch_related("appeal__steps").order_by("at", "pk"):
        found[each.session.learner_id, each.day] += each.ms
        if not _is_agreed(each) or not _is_refused(each, segments[each.session_id]):
            where = {"opened": each.session.opened_at.isoformat(), "session": each.session_id.hex}
            report.differs(What.CORRECTIONS, learner=each.session.learner_id, day=each.day.isoformat(), **where)
    recorded = Counter({(total.learner_id, total.day): total.corrected_ms for total in totals})
    for learner_id, day in sorted(found.keys() | recorded.keys()):
        sums = {"recorded": recorded[learner_id, day], "found": found[learner_id, day]}
        if sums["recorded"] != sums["found"]:
            report.differs(What.CORRECTED, learner=learner_id, day=day.isoformat(), **sums)


def _is_agreed(each: Correction) -> bool:
    """Say whether a correction is what one person proposed and another one approved, about the stretch that was appealed."""
    appeal, steps = each.appeal, sorted(each.appeal.steps.all(), key=lambda step: step.ordinal)
    if len(steps) < 2 or (steps[-2].kind, steps[-1].kind) != (StepKind.PROPOSED, StepKind.APPROVED):
        return False
    proposed = (steps[-2].result, steps[-2].ms, steps[-2].by_id, steps[-1].by_id)
    about = (each.session_id, each.learner_id, each.day, each.start_ms, each.end_ms, each.reason)
    return proposed == (Result.CORRECTED, each.ms, each.proposed_by_id, each.approved_by_id) and about == (
        appeal.session_id,
        appeal.learner_id,
        appeal.day,
        appeal.start_ms,
        appeal.end_ms,
        appeal.reason,
    )


def _is_refused(each: Correction, segments: Iterable[Segment]) -> bool:
    """Say whether all of a correction's stretch is refused, for its reason, in what is sealed."""
    try:
        refused: list[Span] = [
            (stretch.start_ms, stretch.end_ms)
            for segment in segments
            for stretch in share_of(segment).stretches
            if stretch.reason == each.reason
        ]
    except MALFORMED:  # noted as unreadable already
        return False
    return length_ms(without([(each.start_ms, each.end_ms)], refused)) == 0
