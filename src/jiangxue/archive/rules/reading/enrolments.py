"""Records of the enrolment itself."""

from jiangxue.archive.rules.dossier import Description
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _opened(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.opened_at_ms = at_ms if facts["class"] else None


def _described(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    for required in ("learner", "class", "institution", "course", "outline"):
        facts[required]
    gathered.descriptions.append(Description(at_ms, facts))


def _version_changed(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.versions_changed.append((at_ms, facts["before"], facts["version"]))


READERS: dict[str, Reader] = {
    "enrolment.opened": _opened,
    "enrolment.described": _described,
    "enrolment.version_changed": _version_changed,
}
