"""What was seen at a face check, attempt by attempt: in the very words of the archive, so that a review and a record cannot differ. Clauses T3.1, T3.2, T4."""

from jiangxue.archive.rules.dossier import FaceAttempt
from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.facecheck.queries.evidence import facts_of
from jiangxue.kernel.clock import to_ms
from jiangxue.learning.models import Check
from jiangxue.portals.archives.faces import attempt_line


def attempts_shown(check: Check) -> list[dict[str, object]]:
    """Return what ui/face_attempts.html shows of the finished attempts at a check, in order."""
    finished = [each for each in attempts_of([check.pk]) if each.finished_at is not None]
    return [
        {
            **attempt_line(FaceAttempt(to_ms(each.issued_at), each.pk.hex, check.pk.hex, facts)),
            "number": number,
        }
        for number, each in enumerate(finished, 1)
        for facts in [facts_of(each, [picture.digest for picture in each.pictures.all()])]
    ]
