"""Records of faces: attempts to show one, enrolments, and that what was stored was deleted. docs/rules/face-checks.md."""

from jiangxue.archive.rules.dossier import FaceAttempt, Forgotten
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader

_REQUIRED = (
    *("ordinal", "form", "begun_at_ms", "ended_at_ms", "outcome", "codes", "thresholds", "script", "facts"),
    *("camera", "models", "pictures", "device"),
)


def _shown(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    for required in _REQUIRED:
        facts[required]
    gathered.faces[facts["attempt"]] = FaceAttempt(at_ms, facts["attempt"], facts["check"], facts)


def _forgotten(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.faces_forgotten.append(Forgotten(at_ms, facts["because"], facts["template"], tuple(facts["pictures"])))


READERS: dict[str, Reader] = {"face.judged": _shown, "face.enrolled": _shown, "face.forgotten": _forgotten}
