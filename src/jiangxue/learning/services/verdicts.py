"""Appending later verdicts, and moving the totals that they change. Callers hold the learner's lease. Clauses T1.3, T2.6."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from jiangxue.kernel.canonical import Value
from jiangxue.learning.models import Check, Verdict
from jiangxue.learning.queries.provisional import Provisional, held_by, provisional_in, provisional_of
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.verdicts import VerdictKind, latest, length_ms
from jiangxue.learning.services.columns import execute_with
from jiangxue.ledger import services as ledger


def confirm_all(check: Check, at: datetime) -> int:
    """Confirm all provisional time of a check's learner, over all classes, and return how much that was."""
    return _append(check, VerdictKind.CONFIRMED, provisional_of(check.learner_id), at)


def void_latest(check: Check, kind: VerdictKind, most_ms: int | None, at: datetime) -> int:
    """Take the latest provisional time before a check was asked, at most so much (None: all of it), and return how much that was."""
    left_ms = most_ms
    taken: list[Provisional] = []
    for each in reversed(provisional_of(check.learner_id)):
        spans = latest(each.spans, left_ms)
        if spans:
            taken.append(Provisional(each.segment, spans))
        if left_ms is not None:
            left_ms -= length_ms(spans)
    return _append(check, kind, taken[::-1], at)


def judge_held(check: Check, kind: VerdictKind, at: datetime) -> int:
    """Confirm or void what an unclear face check left to people, and return how much that was."""
    return _append(check, kind, held_by([check])[check.pk], at)


def refuse_unconfirmed(enrolment_ids: Collection[int], at: datetime) -> int:
    """Refuse what no check has confirmed of the time of some places whose class is settled, and return how much that was."""
    found = provisional_in(enrolment_ids)
    taken: Counter[int] = Counter()
    for each in found:
        taken[each.segment.session.learner_id] += length_ms(each.spans)
    refused_ms = _append(None, VerdictKind.UNCONFIRMED, found, at)
    execute_with(_NO_LONGER_PROVISIONAL, sorted(taken.items()))
    return refused_ms


def _append(check: Check | None, kind: VerdictKind, judged: Sequence[Provisional], at: datetime) -> int:
    Verdict.objects.bulk_create(
        Verdict(
            segment=each.segment,
            check_made=check,
            kind=kind,
            ms=length_ms(each.spans),
            stretches=[list(span) for span in each.spans],
            at=at,
        )
        for each in judged
    )
    _move_totals(kind, judged)
    _append_evidence(check, kind, judged, at)
    return sum(length_ms(each.spans) for each in judged)


_CONFIRM_DAYS = """
UPDATE learning_daytotal AS total SET confirmed_ms = total.confirmed_ms + moved.ms
FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::integer[]) AS moved (learner_id, class_id, day, ms)
WHERE (total.learner_id, total.training_class_id, total.day) = (moved.learner_id, moved.class_id, moved.day)
"""
_VOID_DAYS = """
UPDATE learning_daytotal AS total SET
    credited_ms = total.credited_ms - moved.ms,
    refused_ms = total.refused_ms
        || jsonb_build_object(moved.reason, coalesce((total.refused_ms ->> moved.reason)::bigint, 0) + moved.ms)
FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::integer[], %s::text[])
    AS moved (learner_id, class_id, day, ms, reason)
WHERE (total.learner_id, total.training_class_id, total.day) = (moved.learner_id, moved.class_id, moved.day)
"""
_CONFIRM_PROGRESS = """
UPDATE learning_lessonprogress AS progress SET confirmed_ms = progress.confirmed_ms + moved.ms
FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS moved (enrolment_id, lesson_id, ms)
WHERE (progress.enrolment_id, progress.lesson_id) = (moved.enrolment_id, moved.lesson_id)
"""
_NO_LONGER_PROVISIONAL = """
UPDATE learning_lease AS lease SET provisional_ms = greatest(0, lease.provisional_ms - taken.ms)
FROM unnest(%s::bigint[], %s::integer[]) AS taken (learner_id, ms) WHERE lease.learner_id = taken.learner_id
"""
_FALL_BACK = """
UPDATE learning_lessonprogress AS progress SET reached_ms = progress.reached_ms - moved.ms
FROM unnest(%s::bigint[], %s::bigint[], %s::integer[]) AS moved (enrolment_id, lesson_id, ms)
WHERE (progress.enrolment_id, progress.lesson_id) = (moved.enrolment_id, moved.lesson_id)
"""


def _move_totals(kind: VerdictKind, judged: Sequence[Provisional]) -> None:
    """What is voided returns to the cap of the day it was learned on, and each lesson falls back by what was learned of it."""
    by_day: Counter[tuple[int, int, date]] = Counter()
    by_lesson: Counter[tuple[int, int]] = Counter()
    for each in judged:
        session, ms = each.segment.session, length_ms(each.spans)
        by_day[session.learner_id, session.enrolment.training_class_id, each.segment.day] += ms
        by_lesson[session.enrolment_id, session.lesson_id] += ms
    days = [(*key, by_day[key]) for key in sorted(by_day)]
    lessons = [(*key, by_lesson[key]) for key in sorted(by_lesson)]
    if kind is VerdictKind.CONFIRMED:
        execute_with(_CONFIRM_DAYS, days)
        execute_with(_CONFIRM_PROGRESS, lessons)
    else:
        execute_with(_VOID_DAYS, [(*row, Reason(kind).value) for row in days])
        execute_with(_FALL_BACK, lessons)


def _append_evidence(check: Check | None, kind: VerdictKind, judged: Iterable[Provisional], at: datetime) -> None:
    """Tell the archive of each class what a check made of its time."""
    by_archive: dict[UUID, list[Value]] = {}
    for each in judged:
        segment = each.segment
        about: dict[str, Value] = {
            "session": segment.session_id.hex,
            "sealing": segment.sealing,
            "day": segment.day.isoformat(),
            "stretches": [list(span) for span in each.spans],
        }
        by_archive.setdefault(segment.session.enrolment.aid, []).append(about)
    ledger.append_all(
        [
            ledger.Event(
                aid, "time.judged", {"check": check.pk.hex if check else None, "kind": kind.value, "about": about}, at
            )
            for aid, about in by_archive.items()
        ]
    )
