"""What was seen at a face check, attempt by attempt, in words: the same for review, appeal and supervision. Clauses T3.1, T3.2, T4."""

from collections.abc import Mapping, Sequence
from statistics import median_low
from typing import Any

from django.utils.translation import gettext as _

from jiangxue.facecheck.queries.attempts import Attempt, attempts_of
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.learning.models import Check
from jiangxue.ui.faces import ACTIONS, ATTEMPT_OUTCOMES, FINDINGS, FORMS, SIGNS, word_of


def attempts_shown(check: Check) -> list[dict[str, object]]:
    """Return what ui/face_attempts.html shows of the attempts at a check, in order."""
    return [_attempt(each, number) for number, each in enumerate(attempts_of([check.pk]), 1)]


def _attempt(attempt: Attempt, number: int) -> dict[str, object]:
    facts, script = attempt.facts, attempt.script
    thresholds = Thresholds.from_values(attempt.thresholds)
    claimed = attempt.camera.get("claimed", {})
    return {
        "number": number,
        "at": attempt.claimed_at or attempt.issued_at,
        "outcome": attempt.outcome,
        "outcome_label": word_of(ATTEMPT_OUTCOMES, attempt.outcome),
        "form_label": word_of(FORMS, attempt.form),
        "device": attempt.device,
        "likeness": _likeness(facts, thresholds),
        "light": _light(facts, thresholds),
        "actions": _actions(script),
        "camera": str(claimed.get("label", "")) if isinstance(claimed, Mapping) else "",
        "signs": [word_of(SIGNS, sign) for sign in attempt.camera.get("signs", [])],
        "findings": [word_of(FINDINGS, reason) for reason in facts.get("findings", [])],
        "pictures": len(attempt.pictures.all()),
    }


def _likeness(facts: Mapping[str, Any], thresholds: Thresholds) -> str:
    """Say how alike the pictures are to the enrolled ones beside what is needed."""
    found: Sequence[int] = facts.get("similarity_permille") or []
    if not found:
        return ""
    words = {
        "found": percent(median_low(found)),
        "lowest": percent(min(found)),
        "needed": percent(thresholds.pass_permille),
        "unclear": percent(thresholds.unclear_permille),
    }
    return _("%(found)s (lowest %(lowest)s); the same person from %(needed)s, unclear from %(unclear)s") % words


def _light(facts: Mapping[str, Any], thresholds: Thresholds) -> str:
    """Say whether the face followed the colours, beside what is needed; empty where none were shown."""
    if not facts.get("flash"):
        return ""
    flash = Flash(**facts["flash"])
    match flash.verdict(thresholds):
        case Verdict.FOLLOWED:
            text = _("followed: correlation %(found)s, needed more than %(needed)s")
        case Verdict.NOT_FOLLOWED:
            text = _("not followed: correlation %(found)s, needed more than %(needed)s")
        case Verdict.INCONCLUSIVE:
            text = _("too little light of the screen on the face to tell; that speaks against nobody")
    needed = percent(thresholds.flash_correlation_permille)
    return text % {"found": percent(flash.correlation_permille), "needed": needed}


def _actions(script: Mapping[str, Any]) -> list[dict[str, object]]:
    asked, done = script.get("actions", []), script.get("done", [])
    pairs = zip(asked, [*done, *[None] * len(asked)], strict=False)
    return [
        {"label": word_of(ACTIONS, name), "done": bool(was_done), "asked": was_done is not None}
        for name, was_done in pairs
    ]


def percent(permille: int) -> str:
    """Return thousandths as per cent (41.3 %), without needless decimals."""
    return f"{permille / 10:.1f}".removesuffix(".0") + " %"
