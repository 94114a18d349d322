"""Ending sessions: by the learner, by a rule, or because something else took their place. Clauses T2.1, T2.2, T1.3.

The lease is locked first, then the session's row; the sealer locks rows of sessions alone, so that neither waits for the other in turn.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.clock import Clock, to_ms
from jiangxue.learning.models import Check, Lease, StudySession
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.closing import Closing, due_closing, earlier
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.running import policy_of, running_of
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.sealing import TROUBLE, Part, seal_parts
from jiangxue.learning.services.settling import (
    interruptions,
    note_sweep,
    outcome_of_expired,
    settle_expired,
    write_down,
)

log = logging.getLogger(__name__)
GROUP = 100
SWEEP_BATCH = 2_000
SWEEP_ROUNDS = 5
_ENDED_BY = {
    CheckOutcome.WITHDRAWN: EndReason.MAINTENANCE,
    CheckOutcome.FAILED: EndReason.FAILED_FACE,
    CheckOutcome.UNCLEAR: EndReason.FAILED_FACE,
    CheckOutcome.PASSED: EndReason.SILENT,
}


def end(lease: Lease, session: StudySession, reason: EndReason, at: datetime) -> None:
    """End the current session of a locked lease: seal what is left of it with its end, free the lease."""
    assert lease.session_id == session.pk
    end_all([(lease, (to_ms(at), reason))])


def end_all(endings: Sequence[tuple[Lease, Closing]]) -> None:
    """End the current sessions of locked leases, each at its time for its reason, in a constant number of statements."""
    closings = {lease.session_id: (lease, closing) for lease, closing in endings if lease.session_id is not None}
    write_down(lease for lease, _ in endings)
    locked = StudySession.objects.filter(pk__in=closings).select_for_update(of=("self",)).select_related("enrolment")
    seal_parts([Part(session, *closings[session.pk]) for session in locked.order_by("pk")])
    freed = Lease.objects.filter(pk__in=[lease.pk for lease, _ in endings])
    freed.update(session=None, close_due_ms=None, end_reason="")
    for lease, _ in endings:
        lease.session = lease.close_due_ms = None
        lease.end_reason = ""


def due_closing_of(lease: Lease, session: StudySession) -> Closing:
    """Return when the running session of a lease ends if nothing more is heard of it, and why; or how a beat ended it."""
    if lease.end_reason:
        return lease.beat_at_ms, EndReason(lease.end_reason)
    valid_until_ms = earlier(to_ms(session.valid_until) if session.valid_until else None, lease.renew_at_ms)
    closes_ms = to_ms(session.class_closes_at)
    return due_closing(running_of(lease), policy_of(session), closes_ms, valid_until_ms, lease.answer_by_ms)


def _has_expired(lease: Lease, now: datetime) -> bool:
    return lease.answer_by_ms is not None and lease.answer_by_ms <= to_ms(now)


def _is_due(lease: Lease, now: datetime) -> bool:
    if lease.session_id is None or lease.close_due_ms is None:
        return False
    return bool(lease.end_reason) or lease.close_due_ms <= to_ms(now)


def end_if_due(lease: Lease, now: datetime) -> bool:
    """End the current session of a locked lease if a beat ended it, or if it should have ended by itself, as of that time.

    A check of the learner that has expired is settled in any case.
    """
    return bool(_end_and_settle([lease], now))


def _end_and_settle(leases: Sequence[Lease], now: datetime) -> int:
    """End what is due of locked leases, settle their expired checks, and return how many sessions were ended."""
    due = [lease for lease in leases if _is_due(lease, now)]
    expired = [lease for lease in leases if _has_expired(lease, now)]
    outcomes = _outcomes(expired, now)
    sessions = StudySession.objects.in_bulk([lease.session_id for lease in due]) if due else {}
    closings = [(lease, due_closing_of(lease, sessions[lease.session_id])) for lease in due]
    if closings:
        end_all([(lease, _excused(closing, outcomes.get(lease.pk))) for lease, closing in closings])
    for lease in expired:
        settle_expired(lease, outcomes[lease.pk])
    return len(due)


def _outcomes(expired: Sequence[Lease], now: datetime) -> dict[int, CheckOutcome]:
    if not expired:
        return {}
    interrupted = interruptions(min(lease.asked_at_ms or 0 for lease in expired), now)
    return {lease.pk: outcome_of_expired(lease, interrupted) for lease in expired}


def _excused(closing: Closing, outcome: CheckOutcome | None) -> Closing:
    """Say what ended a session whose check expired: the server where it was at fault, a face that was shown, or silence after one that was passed."""
    at_ms, reason = closing
    if reason is not EndReason.MISSED_CHECK or outcome is None:
        return closing
    return at_ms, _ENDED_BY.get(outcome, reason)


def end_due(learner_id: int, now: datetime, *, clock: Clock) -> None:
    """End a learner's session that a beat ended or that is due, before figures are shown; one query where there is none."""
    if Lease.objects.filter(_due(now) | Q(answer_by_ms__lte=to_ms(now)), pk=learner_id).exists():
        _end_one(learner_id, clock)


def end_overdue(*, clock: Clock) -> int:
    """End every session that a beat ended or that should have ended by itself, settle expired checks, and return how many ended."""
    note_sweep(clock.now())
    ended = 0
    troubled: set[int] = set()
    for _ in range(SWEEP_ROUNDS):
        ids = _due_learners(clock.now(), troubled)
        done = sum(_end_whole_or_each(group, clock, troubled) for group in batched(ids, GROUP))
        ended += done
        if not done:
            break
    return ended


def _due_learners(now: datetime, troubled: set[int]) -> list[int]:
    """Return whose session is due to end, and whose check has expired while no session runs."""
    due = Lease.objects.filter(_due(now)).exclude(pk__in=troubled).order_by("pk")
    expired = Check.objects.filter(outcome="", expires_at__lte=now).exclude(learner__in=troubled)
    found = {*due.values_list("pk", flat=True)[:SWEEP_BATCH], *expired.values_list("learner", flat=True)[:SWEEP_BATCH]}
    return sorted(found)


def _due(now: datetime) -> Q:
    return Q(session__isnull=False) & (~Q(end_reason="") | Q(close_due_ms__lte=to_ms(now)))


def _end_whole_or_each(learner_ids: Collection[int], clock: Clock, troubled: set[int]) -> int:
    try:
        return _end_group(learner_ids, clock)
    except TROUBLE:
        log.warning("group_not_ended", exc_info=True)
    ended = 0
    for learner_id in learner_ids:
        try:
            ended += _end_one(learner_id, clock)
        except TROUBLE:  # one learner's trouble must not keep everybody else's sessions open
            troubled.add(learner_id)
            log.exception("session_not_ended", extra={"learner": learner_id})
    return ended


@transaction.atomic
def _end_group(learner_ids: Collection[int], clock: Clock) -> int:
    """End those that are due and whose lease nobody holds; the clock is read after the locks (decision 0005)."""
    leases = list(Lease.objects.filter(pk__in=learner_ids).order_by("pk").select_for_update(skip_locked=True))
    return _end_and_settle(leases, clock.now())


@as_program()
@transaction.atomic
def _end_one(learner_id: int, clock: Clock) -> bool:
    lease, now = locked_lease(learner_id, clock)
    return end_if_due(lease, now)


@as_program()
def end_sessions(running: Iterable[tuple[int, UUID]], reason: EndReason, *, clock: Clock) -> int:
    """End those of these sessions, each named with its learner, that still run, and return how many were looked at without trouble."""
    ended = 0
    for learner_id, session_id in running:
        try:
            _end_named(learner_id, session_id, reason, clock)
            ended += 1
        except TROUBLE:  # one learner's trouble must not keep everybody else's sessions open
            log.exception("session_not_ended", extra={"learner": learner_id})
    return ended


@transaction.atomic
def _end_named(learner_id: int, session_id: UUID, reason: EndReason, clock: Clock) -> None:
    lease, now = locked_lease(learner_id, clock)
    if lease.session is not None and lease.session.pk == session_id and not end_if_due(lease, now):
        end(lease, lease.session, reason, now)


@transaction.atomic
def end_session_of(*, learner_id: int, reason: EndReason, clock: Clock) -> None:
    """End whatever session a learner has now, because of something outside learning."""
    lease, now = locked_lease(learner_id, clock)
    if lease.session is not None and not end_if_due(lease, now):
        end(lease, lease.session, reason, now)
