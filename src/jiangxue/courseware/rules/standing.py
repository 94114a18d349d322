"""Where a course stands as a whole, by the versions that it has. Clauses T1.4, M6."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiangxue.courseware.rules.versions import State, is_review_near


class Stage(StrEnum):
    """What there is to say first of a course."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    TAKEN_DOWN = "taken_down"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A version in short."""

    ref: int
    serial: int
    state: State
    is_taken_down: bool = False
    review_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a course stands: `version` says so, `published` is the one that new classes are taught by.

    `is_changed` says that the editors have something that is not published; `is_review_near` that the yearly review is due.
    """

    stage: Stage
    version: HandedIn | None = None
    published: HandedIn | None = None
    is_changed: bool = False
    is_review_near: bool = False


_WHILE_NEWEST = {
    State.IN_REVIEW: Stage.IN_REVIEW,
    State.RETURNED: Stage.RETURNED,
    State.REJECTED: Stage.REJECTED,
}


def standing_of(versions: Sequence[HandedIn], *, is_changed: bool, today: date) -> Standing:
    """Return where a course with these versions stands; a withdrawn version counts for nothing.

    `is_changed` is whether the editors' course differs from the published version, where there is one.
    """
    newest = max(versions, key=lambda each: each.serial, default=None)
    published = next((each for each in versions if each.state is State.PUBLISHED), None)
    is_near = published is not None and is_review_near(published.review_due_on or today, today)
    if newest is not None and newest.state in _WHILE_NEWEST:
        return Standing(_WHILE_NEWEST[newest.state], newest, published, is_changed, is_near)
    if published is None:
        return Standing(Stage.DRAFT, is_changed=True)
    stage = Stage.TAKEN_DOWN if published.is_taken_down else Stage.PUBLISHED
    return Standing(stage, published, published, is_changed, is_near)
