"""Where a version of a course may stand, and what may become of it. Clauses T1.4, M6."""

from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a version stands."""

    IN_REVIEW = "in_review"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"
    REPLACED = "replaced"


ENDED = frozenset({State.WITHDRAWN.value, State.RETURNED.value, State.REJECTED.value, State.REPLACED.value})
"""States from which nothing follows. A replaced version is still taught in the classes that began with it."""

FOLLOWS: dict[State, frozenset[State]] = {
    State.IN_REVIEW: frozenset({State.WITHDRAWN, State.RETURNED, State.REJECTED, State.PUBLISHED}),
    State.PUBLISHED: frozenset({State.REPLACED}),
    State.WITHDRAWN: frozenset(),
    State.RETURNED: frozenset(),
    State.REJECTED: frozenset(),
    State.REPLACED: frozenset(),
}

REVIEWED_AGAIN_AFTER = timedelta(days=365)
"""A published course is reviewed again every year."""

REMINDED_BEFORE = timedelta(days=30)


def review_due_on(published_on: date) -> date:
    """Return by which day a version that is published on a day is to be reviewed again."""
    return published_on + REVIEWED_AGAIN_AFTER


def is_review_near(due_on: date, today: date) -> bool:
    """Say whether the yearly review is due soon, or overdue."""
    return today >= due_on - REMINDED_BEFORE
