"""What became of attempts. Clauses T3.1, T3.3."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from jiangxue.facecheck.models import FaceAttempt, FacePicture
from jiangxue.facecheck.rules.decision import Reason
from jiangxue.facecheck.rules.kept import KeptAttempt, Record, kept_attempt
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, CheckResult, is_used, result_of, result_when_over
from jiangxue.kernel.clock import to_ms

MARK_BYTES = 8
REMEMBERED = 500
"""The frames of so many of somebody's attempts are remembered: half a year of learning. As many of those in which nothing was asked, trials among them, are counted apart: they can be had without end, and must not push out the others."""
_OF_CAMERA = ("camera__signs", "camera__claimed__label")

type Attempt = FaceAttempt
"""What the domains above call an attempt."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came before an attempt: marks of its frames that have come before, how often somebody else and no live face were found at the same check, and how many attempts may follow."""

    marks: frozenset[str] = frozenset()
    others: int = 0
    not_live: int = 0
    attempts_left: int = 0


def used_attempts(check_id: UUID) -> list[AttemptOutcome]:
    """Return the outcomes of those attempts at a check that count, in order; one that is open and has shown something counts as broken."""
    found = FaceAttempt.objects.filter(check_id=check_id).order_by("issued_at")
    return [
        AttemptOutcome(outcome or AttemptOutcome.BROKEN)
        for outcome, was_challenged in found.values_list("outcome", "was_challenged")
        if is_used(AttemptOutcome(outcome) if outcome else None, was_challenged=was_challenged)
    ]


def result_of_check(check_id: UUID, *, allowed: int) -> CheckResult | None:
    """Return what the attempts at a check make of it, None while another may be made."""
    return result_of(used_attempts(check_id), allowed=allowed)


def result_when_check_is_over(check_id: UUID, *, allowed: int) -> CheckResult | None:
    """Return the same for a check whose time is over; None is a miss."""
    return result_when_over(used_attempts(check_id), allowed=allowed)


def attempts_of(check_ids: Sequence[UUID]) -> list[Attempt]:
    """Return the attempts at checks, in order, with their pictures but for the content of these."""
    pictures = Prefetch("pictures", FacePicture.objects.defer("sealed").order_by("ordinal"))
    found = FaceAttempt.objects.filter(check_id__in=check_ids).defer("frame_marks").prefetch_related(pictures)
    return list(found.order_by("issued_at"))


def earlier_attempts(attempt: FaceAttempt, marks: Collection[str]) -> Earlier:
    """Return what earlier attempts say about one that is judged now: those at the same check, and which of its frames' marks are among those of all of its person's."""
    before = FaceAttempt.objects.filter(check_id=attempt.check_id).exclude(check_id=None).exclude(pk=attempt.pk)
    findings = [facts.get("findings", []) for facts in before.values_list("facts", flat=True)]
    return Earlier(
        marks=_come_again(attempt.account_id, marks),
        others=sum(Reason.OTHER_FACE in each for each in findings),
        not_live=sum(Reason.NO_LIVE_FACE in each for each in findings),
        attempts_left=attempt.bound.get("attempts_left", 0),
    )


def _come_again(account_id: int, marks: Collection[str]) -> frozenset[str]:
    """Return which marks are among those kept; half a year of somebody's are a hundred thousand, so none but these are held."""
    sought = {bytes.fromhex(mark) for mark in marks}
    rows = FaceAttempt.objects.filter(account_id=account_id).exclude(frame_marks=b"").order_by("-issued_at")
    marked = rows.values_list("frame_marks", flat=True)
    each_kind = (marked.filter(was_challenged=asked)[:REMEMBERED] for asked in (True, False))
    return frozenset(
        mark.hex()
        for kept in each_kind
        for whole in map(bytes, kept.iterator(chunk_size=50))
        for at in range(0, len(whole), MARK_BYTES)
        if (mark := whole[at : at + MARK_BYTES]) in sought
    )


def was_decided(check_id: UUID) -> bool:
    """Say whether an attempt at a check has passed or failed: no fault of ours that comes later changes that."""
    return not {AttemptOutcome.PASSED, AttemptOutcome.FAILED}.isdisjoint(used_attempts(check_id))


def begun_at(check_id: UUID) -> int:
    """Return how many attempts at a check were begun, but for those that our own service kept from being made."""
    return FaceAttempt.objects.filter(check_id=check_id).exclude(outcome=AttemptOutcome.SPARED).count()


def was_spared(check_id: UUID) -> bool:
    """Say whether our own service kept an attempt at a check from being made."""
    return FaceAttempt.objects.filter(check_id=check_id, outcome=AttemptOutcome.SPARED).exists()


def kept_attempts(archives: Iterable[UUID], begins_at: datetime, ends_at: datetime) -> list[KeptAttempt]:
    """Return the attempts at checks of some archives that began in a stretch of time and came to something, in one statement."""
    rows = (
        FaceAttempt.objects.filter(archive__in=archives, issued_at__gte=begins_at, issued_at__lt=ends_at)
        .exclude(outcome__in=("", AttemptOutcome.BROKEN, AttemptOutcome.SPARED))
        .order_by("issued_at", "pk")
    )
    records = rows.values_list(
        "account", "issued_at", "outcome", "thresholds", "facts__flash", "facts__similarity_permille", *_OF_CAMERA
    )
    return [
        kept_attempt(account, to_ms(issued_at), Record(*record), is_passed=outcome == AttemptOutcome.PASSED)
        for account, issued_at, outcome, *record in records
    ]
