"""Telling archives of faces: of every attempt at a check, however it ended, and of enrolments. Clauses T3.1, T8.1."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.facecheck.models import FaceAttempt
from jiangxue.facecheck.queries.evidence import enrolled_facts, facts_of
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose
from jiangxue.ledger import services as ledger


def tell_archives(attempt: FaceAttempt, digests: Sequence[str] = ()) -> None:
    """Append a finished attempt to the archive of its check, or an enrolment to all archives of its person; a device that was tried is nobody's evidence."""
    assert attempt.finished_at is not None
    if attempt.purpose == Purpose.CHECK:
        assert attempt.archive is not None
        ledger.append(attempt.archive, "face.judged", facts_of(attempt, digests), at=attempt.finished_at)
    elif attempt.purpose == Purpose.ENROL and attempt.outcome == AttemptOutcome.PASSED:
        facts = enrolled_facts([attempt.account_id])[attempt.account_id]
        archives = [UUID(aid) for aid in attempt.bound.get("archives", [])]
        ledger.append_all([ledger.Event(aid, "face.enrolled", facts, attempt.finished_at) for aid in archives])
