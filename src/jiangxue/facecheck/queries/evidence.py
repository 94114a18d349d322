"""Attempts as archives tell them (docs/formats/records.md). Clauses T3.1, T8.1."""

from collections.abc import Sequence

from jiangxue.facecheck.models import FaceAttempt, FaceTemplate
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


def enrolled_facts(account_id: int) -> dict[str, Value] | None:
    """Return the enrolment that somebody's face is stored by, None where none is stored."""
    template = FaceTemplate.objects.filter(pk=account_id).select_related("attempt").first()
    if template is None:
        return None
    digests = list(template.pictures.order_by("ordinal").values_list("digest", flat=True))
    return {**facts_of(template.attempt, digests), "template": template.digest}
