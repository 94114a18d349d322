"""Where texts stand that are screened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

type Where = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Place:
    """What is screened as one (筛查对象): a kind of at most 40 signs such as "course_version", and its id there, of at most 64."""

    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class ScreenedText:
    """One text of a place, and what leads to it there: a few short values such as {"lesson": 12, "page": 3}.

    A text may be of `parts`, such as captions that follow one another: a word may begin in one and end in the next. Each part is the
    sign with which it begins and what leads to it beside `where`.
    """

    text: str
    where: Where = field(default_factory=dict)
    parts: Sequence[tuple[int, Where]] = ()

    def where_at(self, start: int) -> Where:
        """Return what leads to the part in which a sign stands."""
        part = next((leads for begins, leads in reversed(self.parts) if begins <= start), {})
        return {**self.where, **part}
