"""Attempts as archives tell them (docs/formats/records.md). Clauses T3.1, T8.1."""

from collections.abc import Collection, Sequence

from django.db.models import Prefetch

from jiangxue.facecheck.models import EnrolledPicture, FaceAttempt, FaceTemplate
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import to_ms


def facts_of(attempt: FaceAttempt, digests: Sequence[str]) -> dict[str, Value]:
    """Return a finished attempt with the digests of its pictures."""
    assert attempt.finished_at is not None
    place = {name: attempt.bound[name] for name in ("session", "lesson", "position_ms") if name in attempt.bound}
    return {
        **place,
        "attempt": attempt.pk.hex,
        "check": attempt.check_id.hex if attempt.check_id else None,
        "ordinal": attempt.ordinal,
        "form": attempt.form,
        "begun_at_ms": to_ms(attempt.issued_at),
        "ended_at_ms": to_ms(attempt.finished_at),
        "outcome": attempt.outcome,
        "codes": list(attempt.codes),
        "thresholds": attempt.thresholds,
        "script": attempt.script,
        "facts": attempt.facts,
        "camera": attempt.camera,
        "models": attempt.models_used,
        "pictures": list(digests),
        "device": attempt.device,
        "address": attempt.address,
    }


def enrolled_facts(account_ids: Collection[int]) -> dict[int, dict[str, Value]]:
    """Return the enrolments that the faces of some accounts are stored by; those without a stored face are missing."""
    pictures = Prefetch("pictures", EnrolledPicture.objects.defer("sealed").order_by("ordinal"))
    found = FaceTemplate.objects.filter(pk__in=account_ids).select_related("attempt").prefetch_related(pictures)
    return {
        template.pk: {
            **facts_of(template.attempt, [picture.digest for picture in template.pictures.all()]),
            "template": template.digest,
        }
        for template in found.defer("sealed", "attempt__frame_marks")
    }
