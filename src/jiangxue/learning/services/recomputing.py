"""Judging a class again from what is kept (复算): every segment, every total, every running lease. Changes nothing. Clause T1.3.

Learners are taken in small groups, each in one snapshot: what goes on meanwhile is no difference, and no snapshot stands for long.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import batched
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from jiangxue.djangokit.snapshot import one_snapshot
from jiangxue.learning.models import Check, DayTotal, FaceReviewStep, LessonProgress, Segment, StudySession
from jiangxue.learning.rules.differences import Report, What
from jiangxue.learning.rules.shapes import CONFIRMED
from jiangxue.learning.running import MALFORMED
from jiangxue.learning.services.rechecking_corrections import recheck_corrections
from jiangxue.learning.services.rejudging import place_of, recheck, recheck_verdicts

LEARNERS_AT_ONCE = 10


def recompute(class_id: int) -> Report:
    """Judge all sessions of a class again and return what was looked at and what does not agree."""
    report = Report()
    sessions = StudySession.objects.filter(enrolment__training_class=class_id)
    totals = DayTotal.objects.filter(training_class=class_id)
    progress = LessonProgress.objects.filter(enrolment__training_class=class_id)
    learners = {
        *sessions.values_list("learner_id", flat=True).distinct(),
        *totals.values_list("learner_id", flat=True).distinct(),
        *progress.values_list("enrolment__learner_id", flat=True).distinct(),
    }
    for group in batched(sorted(learners), LEARNERS_AT_ONCE):
        with one_snapshot():
            found = list(
                sessions.filter(learner__in=group)
                .select_related("enrolment", "lease", "lesson")
                .order_by("opened_at", "pk")
            )
            segments = _segments(found)
            _recheck_all(report, found, segments)
            held = list(totals.filter(learner__in=group))
            _compare_days(report, found, segments, held)
            recheck_corrections(report, found, segments, held)
            _compare_checks(report, group)
            _compare_progress(
                report,
                found,
                segments,
                progress.filter(enrolment__learner__in=group).select_related("enrolment", "lesson"),
            )
    return report


def _segments(sessions: Sequence[StudySession]) -> dict[UUID, list[Segment]]:
    found: dict[UUID, list[Segment]] = {session.pk: [] for session in sessions}
    kept = Segment.objects.filter(session__in=sessions).prefetch_related("verdicts__check_made__review_steps")
    for segment in kept.order_by("sealing", "day"):
        found[segment.session_id].append(segment)
    return found


def _recheck_all(report: Report, sessions: Sequence[StudySession], segments: dict[UUID, list[Segment]]) -> None:
    for session in sessions:
        report.sessions += 1
        report.segments += len(segments[session.pk])
        try:
            report.beats += recheck(report, session, segments[session.pk])
            recheck_verdicts(report, session, segments[session.pk])
        except MALFORMED as fault:  # what was tampered with may have any form
            report.differs(What.UNREADABLE, **place_of(session), found=type(fault).__name__)


def _compare_days(
    report: Report,
    sessions: Sequence[StudySession],
    segments: dict[UUID, list[Segment]],
    totals: Sequence[DayTotal],
) -> None:
    """Hold every day's total against the sum of its segments."""
    summed: dict[tuple[int, date], Counter[str]] = {}
    for session in sessions:
        for segment in segments[session.pk]:
            sums = summed.setdefault((session.learner_id, segment.day), Counter())
            sums.update(_amounts(segment) or {"": segment.credited_ms})
            _apply_verdicts(sums, segment)
    recorded: dict[tuple[int, date], Counter[str]] = {}
    for total in totals:
        amounts = _amounts(total)
        if amounts is None:
            report.differs(What.DAY_UNREADABLE, learner=total.learner_id, day=total.day.isoformat())
        sums = Counter(amounts or {"": total.credited_ms}) + Counter({CONFIRMED: total.confirmed_ms})
        recorded[total.learner_id, total.day] = sums
    for learner_id, day in sorted(summed.keys() | recorded.keys()):
        found = summed.get((learner_id, day), Counter())
        kept = recorded.get((learner_id, day), Counter())
        if +found != +kept:
            where: dict[str, str | int] = {"learner": learner_id, "day": day.isoformat()}
            report.differs(What.DAY_TOTAL, **where, **_sums("recorded", kept), **_sums("found", found))


def _apply_verdicts(sums: Counter[str], segment: Segment) -> None:
    """Move what later verdicts speak of: confirmed time stays credited, voided time is refused instead."""
    for verdict in segment.verdicts.all():
        sums[verdict.kind] += verdict.ms
        if verdict.kind != CONFIRMED:
            sums[""] -= verdict.ms


def _compare_checks(report: Report, learner_ids: Sequence[int]) -> None:
    """Hold what each check, or people after it, say that was confirmed or voided, over all classes, against its verdicts."""
    said = FaceReviewStep.objects.filter(check_made=OuterRef("pk")).values("check_made").values(ms=Sum("ms"))
    checks = Check.objects.filter(learner__in=learner_ids).annotate(
        judged_ms=Coalesce(Sum("verdicts__ms"), 0), said_ms=Coalesce(Subquery(said), 0)
    )
    for check in checks:
        if check.judged_ms != check.confirmed_ms + check.voided_ms + check.said_ms:
            report.differs(What.CHECK, learner=check.learner_id, opened=check.asked_at.isoformat())


def _amounts(row: Segment | DayTotal) -> dict[str, int] | None:
    """Return what a row credits, under no name, and what it refuses by reason; None if that cannot be read."""
    refused_ms = row.refused_ms
    if not isinstance(refused_ms, dict) or not all(isinstance(ms, int) for ms in refused_ms.values()):
        return None
    return {"": row.credited_ms, **refused_ms}


def _sums(side: str, sums: Counter[str]) -> dict[str, str | int]:
    refused_ms = sum(ms for reason, ms in sums.items() if reason not in ("", CONFIRMED))
    return {side: sums[""], f"{side}_confirmed": sums[CONFIRMED], f"{side}_refused": refused_ms}


def _compare_progress(
    report: Report,
    sessions: Sequence[StudySession],
    segments: dict[UUID, list[Segment]],
    progress: QuerySet[LessonProgress],
) -> None:
    """Hold how far each lesson was learned, and how much of it is confirmed, against its segments and their later verdicts."""
    found: dict[tuple[int, int, str], Counter[str]] = {}
    for session in sessions:
        for segment in segments[session.pk]:
            sums = found.setdefault(_place(session), Counter())
            sums[""] += segment.credited_ms
            _apply_verdicts(sums, segment)
    kept = {_place(row): (row.reached_ms, row.confirmed_ms) for row in progress}
    for place in sorted(found.keys() | kept.keys()):
        sums = found.get(place, Counter())
        again = (sums[""], sums[CONFIRMED])
        recorded = kept.get(place, (0, 0))
        if again != recorded:
            learner_id, _, title = place
            facts = _reached("recorded", recorded) | _reached("found", again)
            report.differs(What.PROGRESS, learner=learner_id, lesson=title, **facts)


def _reached(side: str, reached_and_confirmed_ms: tuple[int, int]) -> dict[str, int]:
    return dict(zip((side, f"{side}_confirmed"), reached_and_confirmed_ms, strict=True))


def _place(row: StudySession | LessonProgress) -> tuple[int, int, str]:
    return row.enrolment.learner_id, row.lesson_id, row.lesson.title
