"""Keeping what an attempt came to: outcome, measures, pictures and, at an enrolment, the template. Clauses T3.1-T3.3.

An attempt that was left for another one meanwhile has its outcome already, and keeps it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose as ConsentPurpose
from jiangxue.accounts.services.erasing import lock_account
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.facecheck.models import FaceAttempt, FacePicture
from jiangxue.facecheck.rules.outcomes import NO_WORSE_THAN_BROKEN, AttemptOutcome, Purpose
from jiangxue.facecheck.services.telling import tell_archives
from jiangxue.facecheck.services.templates import Made, keep_template
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value

_RESULT = [
    "outcome",
    "finished_at",
    "codes",
    "was_challenged",
    "script",
    "facts",
    "camera",
    "models_used",
    "frame_marks",
]


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture of a check, made small; `at_ms` counts from when the ticket was taken in."""

    at_ms: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to. All numbers in `script`, `facts`, `camera` and `models` are integers: shares and cosines in thousandths."""

    outcome: AttemptOutcome
    codes: Sequence[str] = ()
    was_challenged: bool = False
    script: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)
    camera: Mapping[str, Value] = field(default_factory=dict)
    models: Mapping[str, Value] = field(default_factory=dict)
    frame_marks: bytes = b""
    pictures: Sequence[Taken] = ()
    made: Made | None = None


def note_challenge(attempt_id: UUID) -> bool:
    """Remember, before it is shown, that something unforeseen is shown: from here on the attempt counts; False if it is open no more."""
    return FaceAttempt.objects.filter(pk=attempt_id, outcome="").update(was_challenged=True) == 1


def give_back(attempt_id: UUID, *, waited_ms: int) -> None:
    """Give back the time that was spent waiting for the service to an attempt that is still open."""
    waited = timedelta(milliseconds=waited_ms)
    FaceAttempt.objects.filter(pk=attempt_id, outcome="").update(expires_at=F("expires_at") + waited)


@transaction.atomic
def finish_attempt(attempt_id: UUID, result: Result, *, now: datetime) -> AttemptOutcome:
    """Keep a result with its evidence, and return the outcome that stands: what came too late is broken, and so is at best what was left for another attempt."""
    attempt = _locked(attempt_id)
    if attempt.outcome and not _was_left(attempt):
        return AttemptOutcome(attempt.outcome)
    result = _permitted(attempt, result)
    outcome = _standing(attempt, result, now)
    attempt.outcome, attempt.finished_at = outcome.value, max(now, attempt.issued_at)
    attempt.codes, attempt.was_challenged = list(result.codes), attempt.was_challenged or result.was_challenged
    attempt.script, attempt.facts = dict(result.script), dict(result.facts)
    attempt.camera, attempt.models_used = dict(result.camera), dict(result.models)
    attempt.frame_marks = result.frame_marks
    attempt.save(update_fields=_RESULT)
    digests = _keep_pictures(attempt, result.pictures) if attempt.purpose == Purpose.CHECK else []
    if outcome is AttemptOutcome.PASSED and result.made is not None:
        keep_template(attempt, result.made, now=now)
    tell_archives(attempt, digests)
    return outcome


def _locked(attempt_id: UUID) -> FaceAttempt:
    """Return an attempt under the lock of its person, by which consent and template stand still as well."""
    account_id = FaceAttempt.objects.values_list("account_id", flat=True).get(pk=attempt_id)
    lock_account(account_id)
    return FaceAttempt.objects.select_for_update().get(pk=attempt_id)


def _was_left(attempt: FaceAttempt) -> bool:
    """Say whether an attempt was ended by the next one before it was known what it came to."""
    return attempt.outcome == AttemptOutcome.BROKEN and not attempt.script


def _permitted(attempt: FaceAttempt, result: Result) -> Result:
    """Return what may be kept of a result: nothing that was seen of a person who has withdrawn meanwhile."""
    if has_agreed(attempt.account_id, ConsentPurpose.FACE):
        return result
    return Result(AttemptOutcome.BROKEN, was_challenged=result.was_challenged)


def _standing(attempt: FaceAttempt, result: Result, now: datetime) -> AttemptOutcome:
    """Return a result as it stands now: nothing passes after its time, and an attempt that was left is not made good again."""
    if _was_left(attempt):
        return AttemptOutcome.BROKEN if result.outcome in NO_WORSE_THAN_BROKEN else result.outcome
    is_over = result.outcome is AttemptOutcome.PASSED and attempt.purpose != Purpose.TRIAL and now > attempt.expires_at
    return AttemptOutcome.BROKEN if is_over else result.outcome


def _keep_pictures(attempt: FaceAttempt, pictures: Sequence[Taken]) -> list[str]:
    rows = []
    for ordinal, taken in enumerate(pictures, 1):
        row = FacePicture(id=ids.new_id(), attempt=attempt, ordinal=ordinal, at_ms=taken.at_ms)
        row.digest = hashlib.sha256(taken.jpeg).hexdigest()
        seal_bytes_for(row, "sealed", taken.jpeg)
        rows.append(row)
    FacePicture.objects.bulk_create(rows)
    return [row.digest for row in rows]
