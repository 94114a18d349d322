"""Records of what the learner thought of the course. docs/rules/ratings.md."""

from dataclasses import replace

from jiangxue.archive.rules.dossier import Rating
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _given(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.ratings.append(Rating(at_ms, facts["stars"], facts["lecturers"], facts["comment"], facts["standing"], ""))


def _shown(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    gathered.ratings[-1] = replace(gathered.ratings[-1], standing="shown", hidden_for=facts["reason"])


def _hidden(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    gathered.ratings[-1] = replace(gathered.ratings[-1], standing="hidden", hidden_for=facts["reason"])


READERS: dict[str, Reader] = {
    "rating.given": _given,
    "rating.changed": _given,
    "rating.comment_shown": _shown,
    "rating.comment_hidden": _hidden,
}
