"""Ending sessions: by the learner, by a rule, or because something else took their place. Clauses T2.1, T2.2, T1.3."""

import logging
from datetime import date, datetime

from django.db import DatabaseError, transaction

from jiangxue.kernel.clock import Clock, from_ms, to_ms
from jiangxue.learning.models import DayTotal, Lease, LessonProgress, Segment, StudySession
from jiangxue.learning.queries.replaying import judgements_of
from jiangxue.learning.rules.closing import Closing, due_closing
from jiangxue.learning.rules.judge import judge_end
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.replay import total_by_day
from jiangxue.learning.rules.shapes import DayShare, Judgement
from jiangxue.learning.running import policy_of, running_of
from jiangxue.learning.services.leases import locked_lease
from jiangxue.ledger import services as ledger

log = logging.getLogger(__name__)
SWEEP_BATCH = 500


def end(lease: Lease, session: StudySession, reason: EndReason, at: datetime) -> None:
    """End the current session of a locked lease: judge it again from its beats, seal its segments, free the lease."""
    judgements = judgements_of(session)
    _compare(session, judgements, lease)
    running = running_of(lease)
    judgements.append(judge_end(running, reason, to_ms(at)))
    ended_at = from_ms(judgements[-1].running.beat_at_ms)
    session.closed_at = max(session.opened_at, ended_at)  # the clock may have stepped back
    session.end_reason = reason
    session.save(update_fields=["closed_at", "end_reason"])
    shares = total_by_day(judgements)
    segments = _seal(session, shares)
    for share in shares:
        _add_to_day(session, share)
    _keep_progress(session, lease.reached_ms)
    _append_evidence(session, segments)
    lease.session = None
    lease.close_due_ms = None
    lease.end_reason = ""
    lease.save()


def due_closing_of(lease: Lease, session: StudySession) -> Closing:
    """Return when the running session of a lease ends if nothing more is heard of it, and why."""
    if lease.end_reason:
        return lease.beat_at_ms, EndReason(lease.end_reason)
    valid_until_ms = to_ms(session.valid_until) if session.valid_until else None
    return due_closing(running_of(lease), policy_of(session), to_ms(session.class_closes_at), valid_until_ms)


def end_if_due(lease: Lease, now: datetime) -> bool:
    """End the current session of a locked lease if it should have ended by itself, as of the time when it was due."""
    if lease.session is None or lease.close_due_ms is None:
        return False
    if not lease.end_reason and lease.close_due_ms > to_ms(now):
        return False
    at_ms, reason = due_closing_of(lease, lease.session)
    end(lease, lease.session, reason, from_ms(at_ms))
    return True


def end_overdue(*, clock: Clock) -> int:
    """End every session that should have ended by itself, each in its own transaction, and return how many there were."""
    due_ids = Lease.objects.filter(close_due_ms__lte=to_ms(clock.now())).order_by("close_due_ms")
    ended = 0
    for learner_id in due_ids.values_list("learner_id", flat=True)[:SWEEP_BATCH]:
        try:
            ended += _end_one(learner_id, clock)
        except DatabaseError:  # one learner's trouble must not keep everybody else's sessions open
            log.exception("session_not_ended", extra={"learner": learner_id})
    return ended


@transaction.atomic
def _end_one(learner_id: int, clock: Clock) -> bool:
    lease, now = locked_lease(learner_id, clock)
    return end_if_due(lease, now)


@transaction.atomic
def end_session_of(*, learner_id: int, reason: EndReason, clock: Clock) -> None:
    """End whatever session a learner has now, because of something outside learning."""
    lease, now = locked_lease(learner_id, clock)
    if lease.session is not None and not end_if_due(lease, now):
        end(lease, lease.session, reason, now)


def _compare(session: StudySession, judgements: list[Judgement], lease: Lease) -> None:
    """Raise an operator alarm if judging the kept beats again does not give what the lease holds."""
    if judgements and judgements[-1].running != running_of(lease):
        log.error("judged_again_differs", extra={"session": session.pk.hex})


def _seal(session: StudySession, shares: list[DayShare]) -> list[Segment]:
    return Segment.objects.bulk_create(
        Segment(
            session=session,
            day=date.fromordinal(share.day),
            credited_ms=share.credited_ms,
            refused_ms={reason.value: ms for reason, ms in share.refused_ms.items()},
            stretches=[[stretch.start_ms, stretch.end_ms, stretch.reason] for stretch in share.stretches],
        )
        for share in shares
    )


def _add_to_day(session: StudySession, share: DayShare) -> None:
    total, _ = DayTotal.objects.select_for_update().get_or_create(
        learner_id=session.learner_id,
        training_class_id=session.enrolment.training_class_id,
        day=date.fromordinal(share.day),
        defaults={"credited_ms": 0, "refused_ms": {}},
    )
    total.credited_ms += share.credited_ms
    for reason, ms in share.refused_ms.items():
        total.refused_ms[reason.value] = total.refused_ms.get(reason.value, 0) + ms
    total.save(update_fields=["credited_ms", "refused_ms"])


def _keep_progress(session: StudySession, reached_ms: int) -> None:
    assert session.closed_at is not None
    LessonProgress.objects.update_or_create(
        enrolment_id=session.enrolment_id,
        lesson_id=session.lesson_id,
        defaults={"reached_ms": reached_ms, "updated_at": session.closed_at},
    )


def _append_evidence(session: StudySession, segments: list[Segment]) -> None:
    assert session.closed_at is not None
    ledger.append(
        session.enrolment.aid,
        "session.closed",
        {
            "session": session.pk.hex,
            "lesson": session.lesson_id,
            "reason": session.end_reason,
            "policy_version": session.policy_version,
            "segments": [
                {
                    "day": segment.day.isoformat(),
                    "credited_ms": segment.credited_ms,
                    "refused_ms": segment.refused_ms,
                    "stretches": segment.stretches,
                }
                for segment in segments
            ],
        },
        at=session.closed_at,
    )
