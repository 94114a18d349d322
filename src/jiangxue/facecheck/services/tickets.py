"""Giving a ticket for one attempt, and taking it in: good once, for its person, for a short time. Clauses T3.2, T4.

A person has one open attempt at most: whoever begins again leaves the one before.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.erasing import lock_account
from jiangxue.facecheck.errors import (
    AlreadyEnrolled,
    NoFaceConsent,
    NoSuchTicket,
    NotEnrolled,
    TicketOfAnother,
    TooManyAttempts,
)
from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
from jiangxue.facecheck.queries.allowances import allowance_of
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.telling import tell_archives
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value

ATTEMPT_MS = 60_000
"""How long an attempt to enrol or to try a device may take."""
ATTEMPTS_A_DAY = 60
"""So often somebody may enrol or try their device within a day; a hand needs fewer."""
_TICKET_BYTES = 16


@dataclass(frozen=True, slots=True)
class Bound:
    """What a ticket is given for besides its person: the check, the archive, where the learner was (position in ms), and how many attempts may follow."""

    check_id: UUID
    archive: UUID
    session: str
    lesson_id: int
    position_ms: int
    attempts_left: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attempt to be begun: by whom, what for, how much it asks, how it is judged, how long it may take, and from where.

    `bound` is for a check, `archives` are those that an enrolment is told to. `left_ms` is the usual time; what is arranged for somebody may give more,
    up to `most_ms`.
    """

    account_id: int
    purpose: Purpose
    form: Form
    thresholds: Thresholds
    left_ms: int = ATTEMPT_MS
    most_ms: int | None = None
    bound: Bound | None = None
    archives: Sequence[UUID] = ()
    ordinal: int = 1
    device: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a page needs in order to show a face: the secret, and how long it is good."""

    attempt: UUID
    secret: str
    left_ms: int


@transaction.atomic
def give_ticket(wanted: Wanted, *, now: datetime) -> Ticket:
    """Begin an attempt, leaving an open one; raise `NoFaceConsent`, `NotEnrolled`, `AlreadyEnrolled` or `TooManyAttempts`."""
    lock_account(wanted.account_id)
    _require_way(wanted)
    if wanted.purpose is not Purpose.CHECK:
        _require_calm(wanted, now)
    leave_open_attempts(wanted.account_id, now=now)
    secret = secrets.token_hex(_TICKET_BYTES)
    bound, allowance = wanted.bound, allowance_of(wanted.account_id)
    left_ms = min(each for each in (allowance.left_ms(wanted.left_ms), wanted.most_ms) if each is not None)
    attempt = FaceAttempt.objects.create(
        id=ids.new_id(),
        account_id=wanted.account_id,
        purpose=wanted.purpose.value,
        check_id=bound.check_id if bound else None,
        archive=bound.archive if bound else None,
        bound=_bound(wanted) | ({"without_flash": True} if allowance.without_flash else {}),
        form=wanted.form.value,
        ordinal=wanted.ordinal,
        thresholds=allowance.eased(wanted.thresholds).to_values(),
        ticket_digest=_digest(secret),
        issued_at=now,
        expires_at=now + timedelta(milliseconds=left_ms),
        device=wanted.device[:120],
        address=wanted.address,
    )
    return Ticket(attempt.pk, secret, left_ms)


def _bound(wanted: Wanted) -> dict[str, Value]:
    bound = wanted.bound
    if bound is not None:
        return {
            "session": bound.session,
            "lesson": bound.lesson_id,
            "position_ms": bound.position_ms,
            "attempts_left": bound.attempts_left,
        }
    return {"archives": [aid.hex for aid in wanted.archives]} if wanted.archives else {}


def _require_way(wanted: Wanted) -> None:
    if not has_agreed(wanted.account_id, ConsentPurpose.FACE):
        raise NoFaceConsent
    is_enrolled = FaceTemplate.objects.filter(pk=wanted.account_id).exists()
    if wanted.purpose is Purpose.ENROL and is_enrolled:
        raise AlreadyEnrolled
    if wanted.purpose is Purpose.CHECK and not is_enrolled:
        raise NotEnrolled


def _require_calm(wanted: Wanted, now: datetime) -> None:
    begun = FaceAttempt.objects.filter(account_id=wanted.account_id, issued_at__gt=now - timedelta(days=1))
    if begun.exclude(purpose=Purpose.CHECK).count() >= ATTEMPTS_A_DAY:
        raise TooManyAttempts


def leave_open_attempts(account_id: int, *, now: datetime) -> None:
    """End what a person has open: it was left for another attempt, or its time is over."""
    _end(FaceAttempt.objects.filter(account_id=account_id), AttemptOutcome.BROKEN, now)


def _end(attempts: QuerySet[FaceAttempt], outcome: AttemptOutcome, now: datetime) -> None:
    """End open attempts that nothing was judged of; the archive hears of them as of all others."""
    for attempt in attempts.filter(outcome="").select_for_update():
        attempt.outcome, attempt.finished_at = outcome.value, max(now, attempt.issued_at)
        attempt.save(update_fields=("outcome", "finished_at"))
        tell_archives(attempt)


@transaction.atomic
def claim_ticket(secret: str, *, account_id: int, now: datetime) -> FaceAttempt:
    """Take a ticket in, which makes it useless; raise `NoSuchTicket` or `TicketOfAnother`."""
    attempt = FaceAttempt.objects.select_for_update().filter(ticket_digest=_digest(secret)).first()
    if attempt is None:
        raise NoSuchTicket
    if attempt.account_id != account_id:
        raise TicketOfAnother
    if attempt.claimed_at is not None or attempt.outcome or now >= attempt.expires_at:
        raise NoSuchTicket
    attempt.claimed_at = now
    attempt.save(update_fields=("claimed_at",))
    return attempt


@transaction.atomic
def end_unshown(attempt_id: UUID, outcome: AttemptOutcome, *, now: datetime) -> None:
    """End an open attempt to which nothing was shown: `SPARED` where our service was at fault, `BROKEN` where the page went."""
    _end(FaceAttempt.objects.filter(pk=attempt_id, was_challenged=False), outcome, now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
