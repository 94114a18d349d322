"""What the catalogue of courses is searched by, and how. Clause C6."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jiangxue.courseware.rules.content import Facts, Fee
from jiangxue.occupations.rules.codes import code_prefix
from jiangxue.occupations.rules.levels import Level

FREE_FOR_SOME = (Fee.FREE, Fee.FREE_FOR_GROUPS)
"""Courses that somebody may take without paying."""


class Sort(StrEnum):
    """The orders of the catalogue."""

    NEWEST = "newest"
    BEST_RATED = "best"
    BY_NAME = "name"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; nothing given is everything."""

    text: str = ""
    occupation: str = ""
    level: Level | None = None
    is_free: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that a course must have, each in its title or in the name of its occupation."""
        return tuple(self.text.split()[:MOST_WORDS])


MOST_WORDS = 5


def code_wanted(word: str) -> str:
    """Return the beginning of an occupation's code that a word may stand for, empty where it stands for none."""
    return code_prefix(word) or ""


def catalogued(facts: Facts) -> dict[str, Any]:
    """Return what stands beside a version's content to search it by."""
    return {
        "occupation_code": facts.occupation.code if facts.occupation else "",
        "occupation_name": facts.occupation.name if facts.occupation else "",
        "level": facts.level.value if facts.level else "",
        "fee": facts.fee.value,
        "hours": facts.hours.total,
    }
