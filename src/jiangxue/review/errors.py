"""What review refuses."""

from collections.abc import Collection


class ReviewRefusal(Exception):
    """Base of all refusals about reviews."""


class NotToReview(ReviewRefusal):
    """The version is not there for the viewer to see."""


class MayNotReview(ReviewRefusal):
    """The viewer may not make this review; `why` is an `Obstacle`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ReviewOver(ReviewRefusal):
    """The version is not being reviewed any more, or somebody else has made this review meanwhile."""


class ContentChanged(ReviewRefusal):
    """What would be signed is not what was looked at, or not what the course consists of any more."""


class UnfitOpinion(ReviewRefusal):
    """The opinion cannot be signed as it is; `flaws` says why, each an `OpinionFlaw`."""

    def __init__(self, flaws: Collection[str]) -> None:
        super().__init__(flaws)
        self.flaws = flaws


class UnfitMark(ReviewRefusal):
    """The mark says nothing, too much, or lies outside the lesson; or there are too many."""


class NoLongerFit(ReviewRefusal):
    """The conformity check finds now what must be mended first, such as a licence that has expired meanwhile."""


class WithoutReason(ReviewRefusal):
    """A course is taken down and put back for a reason, in words."""


class NotTheirsToTakeDown(ReviewRefusal):
    """The viewer may not take this course down, or not put it back."""


class TakenDownAlready(ReviewRefusal):
    """The course is taken down already, or was never published."""


class NotTakenDown(ReviewRefusal):
    """The course is not taken down, or by another act than the one that was looked at."""
