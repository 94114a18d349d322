"""Records of what the learner thought of the course. docs/rules/ratings.md."""

from dataclasses import replace

from jiangxue.archive.rules.dossier import Rating
from jiangxue.archive.rules.reading.gathering import Facts, Gathered, Reader


def _given(gathered: Gathered, at_ms: int, facts: Facts) -> None:
    gathered.ratings[facts["serial"]] = Rating(
        at_ms, facts["stars"], facts["lecturers"], facts["comment"], facts["standing"], ""
    )


def _shown(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    _decided(gathered, facts, "shown")


def _hidden(gathered: Gathered, _at_ms: int, facts: Facts) -> None:
    _decided(gathered, facts, "hidden")


def _decided(gathered: Gathered, facts: Facts, standing: str) -> None:
    rating = gathered.ratings[facts["serial"]]
    gathered.ratings[facts["serial"]] = replace(rating, standing=standing, hidden_for=facts["reason"])


READERS: dict[str, Reader] = {
    "rating.given": _given,
    "rating.changed": _given,
    "rating.comment_shown": _shown,
    "rating.comment_hidden": _hidden,
}
