"""A rating as it is typed, and what it may hold. Clause M6."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jiangxue.kernel.readable import is_readable
from jiangxue.rating.errors import Flaw, UnfitRating, WithoutReason

STARS = (5, 4, 3, 2, 1)
"""The stars that can be given, best first."""

LONGEST_COMMENT = 500
LONGEST_REASON = 200


class Standing(StrEnum):
    """What becomes of a comment: shown to all, held until a person has looked at it, or hidden by a person. Its stars count always."""

    SHOWN = "shown"
    HELD = "held"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """A rating as it was entered; `lecturers` has the stars of each teacher to whom some were given, by the teacher's `ref`."""

    stars: int | None
    comment: str = ""
    lecturers: Mapping[int, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the comment as it is kept: ends of lines alike, none around it."""
        return self.comment.replace("\r\n", "\n").replace("\r", "\n").strip()


@dataclass(frozen=True, slots=True)
class FitRating:
    """A rating that can be kept."""

    stars: int
    comment: str
    lecturers: Mapping[int, int]


def require_fit_rating(draft: RatingDraft, lecturers: Collection[int]) -> FitRating:
    """Return what can be kept of a course that these teachers teach, or raise `UnfitRating` with all that is wrong with it."""
    flaws = tuple(_flaws(draft, lecturers))
    if flaws or draft.stars is None:
        raise UnfitRating(flaws)
    return FitRating(draft.stars, draft.text, draft.lecturers)


def _flaws(draft: RatingDraft, lecturers: Collection[int]) -> Iterator[Flaw]:
    if any(stars not in STARS for stars in (draft.stars, *draft.lecturers.values())):
        yield Flaw.NO_STARS
    if len(draft.text) > LONGEST_COMMENT:
        yield Flaw.COMMENT_TOO_LONG
    if not is_readable(draft.text):
        yield Flaw.COMMENT_UNREADABLE
    if not draft.lecturers.keys() <= set(lecturers):
        yield Flaw.UNKNOWN_LECTURER


def standing_of(comment: str, *, found: bool, was_hidden: bool) -> Standing:
    """Return what becomes of new words.

    `found` says that they have a sensitive word that no person has called harmless, `was_hidden` that a person has hidden a comment of
    this rating before: whatever words come later wait for a person.
    """
    return Standing.HELD if comment and (found or was_hidden) else Standing.SHOWN


def fit_reason(reason: str) -> str:
    """Return the reason for which a comment is hidden, or raise `WithoutReason`."""
    said = reason.strip()
    if not any(map(str.isalnum, said)) or len(said) > LONGEST_REASON:
        raise WithoutReason
    return said
