"""What became of attempts. Clauses T3.1, T3.3."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, CheckResult, is_used, result_of, result_when_over


def used_attempts(check_id: UUID) -> list[AttemptOutcome]:
    """Return the outcomes of those attempts at a check that count, in order; one that is open and has shown something counts as broken."""
    found = FaceAttempt.objects.filter(check_id=check_id).order_by("issued_at")
    return [
        AttemptOutcome(row.outcome or AttemptOutcome.BROKEN)
        for row in found
        if is_used(AttemptOutcome(row.outcome) if row.outcome else None, was_challenged=row.was_challenged)
    ]


def result_of_check(check_id: UUID, *, allowed: int) -> CheckResult | None:
    """Return what the attempts at a check make of it, None while another may be made."""
    return result_of(used_attempts(check_id), allowed=allowed)


def result_when_check_is_over(check_id: UUID, *, allowed: int) -> CheckResult | None:
    """Return the same for a check whose time is over; None is a miss."""
    return result_when_over(used_attempts(check_id), allowed=allowed)


def attempts_of(check_ids: Sequence[UUID]) -> list[FaceAttempt]:
    """Return the attempts at checks, in order, with their pictures."""
    found = FaceAttempt.objects.filter(check_id__in=check_ids).prefetch_related("pictures")
    return list(found.order_by("issued_at"))


def earlier_marks(account_id: int, *, most: int) -> set[bytes]:
    """Return the marks of the frames of somebody's latest attempts: none of them should ever come again."""
    rows = FaceAttempt.objects.filter(account_id=account_id).exclude(frame_marks=b"").order_by("-issued_at")
    marks: set[bytes] = set()
    for packed in rows.values_list("frame_marks", flat=True)[:most]:
        whole = bytes(packed)
        marks.update(whole[at : at + 8] for at in range(0, len(whole), 8))
    return marks


def last_used(check_id: UUID) -> AttemptOutcome | None:
    """Return how the last attempt at a check ended that counts, None where there was none."""
    used = used_attempts(check_id)
    return used[-1] if used else None


def was_spared(check_id: UUID) -> bool:
    """Say whether our own service kept an attempt at a check from being made."""
    return FaceAttempt.objects.filter(check_id=check_id, outcome=AttemptOutcome.SPARED).exists()
