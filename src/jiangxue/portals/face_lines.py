"""Attempts at face checks in plain words, the same for learners and staff: what came of each, and never what a cheat would like to know."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.ui.faces import ATTEMPT_OUTCOMES, CODES, word_of

type Said = dict[UUID, list[dict[str, object]]]


def attempts_said(check_ids: Sequence[UUID]) -> Said:
    """Return the attempts at checks, by check and in order: when, how each ended, and what its learner was told."""
    found: Said = {}
    for attempt in attempts_of(check_ids):
        assert attempt.check_id is not None
        line: dict[str, object] = {
            "at": attempt.issued_at,
            "outcome_label": word_of(ATTEMPT_OUTCOMES, attempt.outcome),
            "told": [word_of(CODES, code) for code in attempt.codes],
        }
        found.setdefault(attempt.check_id, []).append(line)
    return found
