"""Attempts at face checks in plain words, the same for learners and staff: what came of each, and never what a cheat would like to know."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.facecheck.rules.outcomes import AttemptOutcome
from jiangxue.learning.queries.face_reviews import decisions_about
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.face_reviews import state_after
from jiangxue.portals.face_words import STATES
from jiangxue.ui.faces import ATTEMPT_OUTCOMES, CODES, word_of

type Said = dict[UUID, list[dict[str, object]]]


def attempts_said(check_ids: Sequence[UUID]) -> Said:
    """Return the attempts at checks, by check and in order: when, how each ended, and what its learner was told; after them what people decided."""
    found: Said = {}
    for attempt in attempts_of(check_ids):
        assert attempt.check_id is not None
        line: dict[str, object] = {
            "at": attempt.issued_at,
            "outcome_label": word_of(ATTEMPT_OUTCOMES, attempt.outcome),
            "told": [word_of(CODES, code) for code in attempt.codes],
        }
        found.setdefault(attempt.check_id, []).append(line)
    for check_id, step in decisions_about(_not_passed(found)).items():
        state = state_after(CheckOutcome.UNCLEAR, step.kind)
        found[check_id].append({"at": step.at, "is_of_people": True, "outcome_label": STATES[state]})
    return found


def _not_passed(found: Said) -> list[UUID]:
    """Return the checks about which people may have said something, so that a list without any does not ask."""
    passed = ATTEMPT_OUTCOMES[AttemptOutcome.PASSED]
    return [check_id for check_id, lines in found.items() if lines[-1]["outcome_label"] != passed]
