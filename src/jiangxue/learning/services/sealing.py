"""Sealing what was heard: judge it again, compare, pack it, add it to the totals and to the evidence. Clauses T1.3, T8.2.

Many sessions at once, in a constant number of statements. Rows of sessions are locked, never leases: beats do not wait (decision 0011).
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import F

from jiangxue.kernel.clock import Clock
from jiangxue.kernel.crypto import NotGenuine
from jiangxue.learning.models import Lease, StudySession
from jiangxue.learning.queries.replaying import unsealed_beats
from jiangxue.learning.rules.checks import Cleared
from jiangxue.learning.rules.closing import Closing
from jiangxue.learning.rules.packing import pack
from jiangxue.learning.rules.replay import RecordedBeat, seal
from jiangxue.learning.running import MALFORMED, difference, policy_of, sealed_state_of
from jiangxue.learning.services.keeping import Sealed, keep
from jiangxue.ledger.errors import LedgerRefusal

log = logging.getLogger(__name__)

SEALED_AFTER = timedelta(seconds=270)
"""With a sealer that looks every 10 s and a beat every 30 s, a segment then stays below five minutes."""
GROUP = 200
GROUPS_A_RUN = 50
TROUBLE = (DatabaseError, LedgerRefusal, NotGenuine, *MALFORMED)
"""What a row that was tampered with, or an archive without its key, can raise; it must not keep the others from being sealed or ended."""


@dataclass(frozen=True, slots=True)
class Part:
    """The unsealed rest of a session whose row is locked, as its lease counts it, and the end or the check's outcome after it."""

    session: StudySession
    lease: Lease
    last: Closing | Cleared | None = None


def seal_open(*, clock: Clock) -> int:
    """Seal every running session that has unsealed beats and was not sealed for long, and return how many there were."""
    sealed = 0
    troubled: set[UUID] = set()
    for _ in range(GROUPS_A_RUN):
        due = _due_ids(clock, troubled)
        if not due:
            break
        done = _seal_whole_or_each(due, troubled)
        if not done and not troubled.intersection(due):
            break  # another sealer has them all
        sealed += done
    return sealed


def _due_ids(clock: Clock, troubled: Collection[UUID]) -> list[UUID]:
    due = StudySession.objects.filter(
        closed_at=None, sealed_at__lte=clock.now() - SEALED_AFTER, lease__n__gt=F("sealed_n")
    ).select_for_update(skip_locked=True, of=("self",))
    with transaction.atomic():  # passes over what another sealer holds, so that two of them share the work
        return list(due.exclude(pk__in=troubled).order_by("sealed_at").values_list("pk", flat=True)[:GROUP])


def _seal_whole_or_each(session_ids: Sequence[UUID], troubled: set[UUID]) -> int:
    try:
        return _seal_group(session_ids)
    except TROUBLE:
        log.warning("group_not_sealed", exc_info=True)
    sealed = 0
    for session_id in session_ids:
        try:
            sealed += _seal_group([session_id])
        except TROUBLE:  # one session's trouble must not keep everybody else's from being sealed
            troubled.add(session_id)
            log.exception("session_not_sealed", extra={"session": session_id.hex})
    return sealed


@transaction.atomic
def _seal_group(session_ids: Sequence[UUID]) -> int:
    """Seal those that nobody else is about to seal or end; the lease is read with the row, at a beat that is committed whole."""
    locked = (
        StudySession.objects.filter(pk__in=session_ids, closed_at=None, lease__n__gt=F("sealed_n"))
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("enrolment", "lease")
        .order_by("pk")
    )
    parts = [Part(session, session.lease) for session in locked]
    seal_parts(parts)
    return len(parts)


def seal_parts(parts: Sequence[Part]) -> None:
    """Judge the rest of locked sessions again and keep what it comes to; a lease that says otherwise raises an alarm.

    What is kept is what the beats come to. That the lease held something else is kept beside it.
    """
    if not parts:
        return
    beats = unsealed_beats([(part.session, part.lease) for part in parts])
    keep([_judged(part, beats[part.session.pk]) for part in parts])


def _judged(part: Part, beats: Sequence[RecordedBeat]) -> Sealed:
    session = part.session
    sealing = seal(sealed_state_of(session), policy_of(session), beats, part.last)
    lease_held = difference(part.lease, sealing.judged)
    if len(beats) != part.lease.n - session.sealed_n:
        lease_held = (lease_held or {}) | {"n": part.lease.n}
    if lease_held is not None:
        log.error("judged_again_differs", extra={"session": session.pk.hex})
    return Sealed(session, part.lease.n, pack(beats), sealing, part.last, lease_held)
