"""Where texts stand that are screened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

type Where = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Place:
    """What is screened as one (筛查对象): a kind of at most 40 signs such as "course_version", and its id there, of at most 64."""

    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class ScreenedText:
    """One text of a place, and what leads to it there: a few short values such as {"lesson": 12, "page": 3}."""

    text: str
    where: Where = field(default_factory=dict)
