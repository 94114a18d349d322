"""What rating refuses."""

from collections.abc import Collection
from enum import StrEnum


class RatingRefusal(Exception):
    """Base of all refusals about ratings."""


class NotFinished(RatingRefusal):
    """The learner has not finished the course, so there is nothing to judge yet."""


class Flaw(StrEnum):
    """What can be wrong with a rating."""

    NO_STARS = "no_stars"
    COMMENT_TOO_LONG = "comment_too_long"
    COMMENT_UNREADABLE = "comment_unreadable"
    UNKNOWN_LECTURER = "unknown_lecturer"


class UnfitRating(RatingRefusal):
    """The rating cannot be kept as it is; `flaws` says why."""

    def __init__(self, flaws: Collection[Flaw]) -> None:
        super().__init__(flaws)
        self.flaws = tuple(flaws)


class NoSuchRating(RatingRefusal):
    """There is no such rating, or the viewer does not decide about comments."""


class NotTheirsToDecide(RatingRefusal):
    """The viewer has a part in it: their own rating, or one of the institution that they belong to."""


class CommentChanged(RatingRefusal):
    """The comment, or what was decided about it, is not what the viewer has seen any more."""


class WithoutReason(RatingRefusal):
    """A comment is hidden for a reason, in words, of at most so many signs."""
