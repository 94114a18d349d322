"""Ending sessions: by the learner, by a rule, or because something else took their place. Clauses T2.1, T2.2, T1.3.

The lease is locked first, then the session's row; the sealer locks rows of sessions alone, so that neither waits for the other in turn.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.db.models import Q

from jiangxue.kernel.clock import Clock, to_ms
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.rules.closing import Closing, due_closing
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.running import policy_of, running_of
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.sealing import TROUBLE, Part, seal_parts

log = logging.getLogger(__name__)
GROUP = 100
SWEEP_BATCH = 2_000
SWEEP_ROUNDS = 5


def end(lease: Lease, session: StudySession, reason: EndReason, at: datetime) -> None:
    """End the current session of a locked lease: seal what is left of it with its end, free the lease."""
    assert lease.session_id == session.pk
    end_all([(lease, (to_ms(at), reason))])


def end_all(endings: Sequence[tuple[Lease, Closing]]) -> None:
    """End the current sessions of locked leases, each at its time for its reason, in a constant number of statements."""
    closings = {lease.session_id: (lease, closing) for lease, closing in endings if lease.session_id is not None}
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
    valid_until_ms = to_ms(session.valid_until) if session.valid_until else None
    return due_closing(running_of(lease), policy_of(session), to_ms(session.class_closes_at), valid_until_ms)


def _is_due(lease: Lease, now: datetime) -> bool:
    if lease.session_id is None or lease.close_due_ms is None:
        return False
    return bool(lease.end_reason) or lease.close_due_ms <= to_ms(now)


def end_if_due(lease: Lease, now: datetime) -> bool:
    """End the current session of a locked lease if a beat ended it, or if it should have ended by itself, as of that time."""
    if lease.session is None or not _is_due(lease, now):
        return False
    end_all([(lease, due_closing_of(lease, lease.session))])
    return True


def end_due(learner_id: int, now: datetime, *, clock: Clock) -> None:
    """End a learner's session that a beat ended or that is due, before figures are shown; one query where there is none."""
    if Lease.objects.filter(_due(now), pk=learner_id).exists():
        _end_one(learner_id, clock)


def end_overdue(*, clock: Clock) -> int:
    """End every session that a beat ended or that should have ended by itself, and return how many there were."""
    ended = 0
    troubled: set[int] = set()
    for _ in range(SWEEP_ROUNDS):
        due = Lease.objects.filter(_due(clock.now())).exclude(pk__in=troubled).order_by("pk")
        ids = list(due.values_list("pk", flat=True)[:SWEEP_BATCH])
        done = sum(_end_whole_or_each(group, clock, troubled) for group in batched(ids, GROUP))
        ended += done
        if not done:
            break
    return ended


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
    now = clock.now()
    due = [lease for lease in leases if _is_due(lease, now)]
    sessions = StudySession.objects.in_bulk([lease.session_id for lease in due])
    end_all([(lease, due_closing_of(lease, sessions[lease.session_id])) for lease in due])
    return len(due)


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
