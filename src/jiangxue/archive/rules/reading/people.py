"""Records of what people decided where no machine could: at unclear face checks, of days that staff confirm, of enrolled faces, and what is arranged for face checks. docs/rules/face-checks.md."""

from jiangxue.archive.rules.dossier import Word
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _face(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    about = {"check": facts["check"], "ms": facts["ms"], "ordinal": facts["ordinal"], "doubted_by": facts["doubted_by"]}
    gathered.words.append(Word(at_ms, facts["step"], facts["by"], facts["role"], facts["text"], about))


def _stated(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    names = "statement", "day", "ordinal", "is_seen", "how", "seen_at_ms", "document"
    about = {name: facts[name] for name in names}
    gathered.words.append(Word(at_ms, "stated", facts["by"], facts["role"], facts["text"], about))


def _reviewed(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    about = {name: facts[name] for name in ("statement", "day", "agrees", "stated_by")}
    gathered.words.append(Word(at_ms, "reviewed", facts["by"], facts["role"], facts["text"], about))


def _arranged(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    about = {name: facts[name] for name in ("ordinal", "without_flash", "more_time")}
    gathered.words.append(Word(at_ms, "arranged", facts["by"], facts["role"], facts["text"], about))


def _compared(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    about = {name: facts[name] for name in ("attempt", "enrolled_at_ms", "outcome", "how", "pictures")}
    gathered.words.append(Word(at_ms, "compared", facts["by"], facts["role"], facts["text"], about))


READERS: dict[str, Reader] = {
    "face.reviewed": _face,
    "face.arranged": _arranged,
    "face.compared": _compared,
    "identity.stated": _stated,
    "identity.reviewed": _reviewed,
}
