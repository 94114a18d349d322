"""Where a course stands, by its versions (clauses T1.4, M6)."""

from datetime import date

import pytest

from jiangxue.courseware.rules.standing import HandedIn, Stage, Standing, standing_of
from jiangxue.courseware.rules.versions import State

TODAY = date(2026, 11, 24)
LATER = date(2027, 11, 1)


def standing(*versions: HandedIn, is_changed: bool = False) -> Standing:
    return standing_of(versions, is_changed=is_changed, today=TODAY)


def test_a_course_without_versions_is_a_draft() -> None:
    assert standing().stage is Stage.DRAFT


def test_a_withdrawn_version_counts_for_nothing() -> None:
    assert standing(HandedIn(1, 1, State.WITHDRAWN)).stage is Stage.DRAFT


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (State.IN_REVIEW, Stage.IN_REVIEW),
        (State.RETURNED, Stage.RETURNED),
        (State.REJECTED, Stage.REJECTED),
        (State.PUBLISHED, Stage.PUBLISHED),
    ],
)
def test_the_newest_version_says_where_the_course_stands(state: State, stage: Stage) -> None:
    newest = HandedIn(2, 2, state, review_due_on=LATER)
    found = standing(HandedIn(1, 1, State.RETURNED), newest)
    assert (found.stage, found.version) == (stage, newest)


def test_beside_a_new_version_the_published_one_is_known() -> None:
    published = HandedIn(1, 1, State.PUBLISHED, review_due_on=LATER)
    found = standing(published, HandedIn(2, 2, State.RETURNED))
    assert (found.stage, found.published) == (Stage.RETURNED, published)


def test_a_later_withdrawn_version_leaves_the_course_published() -> None:
    found = standing(HandedIn(1, 1, State.PUBLISHED, review_due_on=LATER), HandedIn(2, 2, State.WITHDRAWN))
    assert found.stage is Stage.PUBLISHED


def test_a_published_version_may_be_taken_down() -> None:
    assert standing(HandedIn(1, 1, State.PUBLISHED, is_taken_down=True, review_due_on=LATER)).stage is Stage.TAKEN_DOWN


@pytest.mark.parametrize(("due_on", "is_near"), [(LATER, False), (date(2026, 12, 24), True), (date(2026, 1, 1), True)])
def test_the_yearly_review_is_near_thirty_days_before(due_on: date, is_near: bool) -> None:
    assert standing(HandedIn(1, 1, State.PUBLISHED, review_due_on=due_on)).is_review_near is is_near
