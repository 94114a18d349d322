"""Whoever waits for a signature under attendance, or for its outcome, is told. Clauses C3, M6, C5."""

import pytest

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.attendance import item, objects, reviews, states
from tests.factories.classes import Classroom, institution
from tests.portals.told import open_all, sentences, unread

pytestmark = pytest.mark.clause("C5")


@pytest.fixture
def lesson(room: Classroom, clock: HandClock) -> PlanItem:
    made = item(room, clock.now())
    clock.at = made.ends_at
    return made


def stated(room: Classroom, lesson: PlanItem, clock: HandClock, count: int = 0) -> None:
    """Let the head teacher state that everybody was present, after so many statements."""
    after = {room.enrolment: count} if count else None
    states(people.viewer(room.head_teacher), lesson, clock, (lesson.starts_at, lesson.ends_at), after)


def test_a_second_person_is_asked_and_the_learner_told_once_it_is_signed(
    room: Classroom, principal: Account, lesson: PlanItem, clock: HandClock
) -> None:
    stated(room, lesson, clock)
    assert (unread(principal), unread(room.head_teacher), unread(room.learner)) == (["attendance.stated"], [], [])
    assert open_all(principal) == {"attendance.stated": "/institution/classes/N/plan/N/"}
    reviews(people.viewer(principal), lesson, clock)
    assert (unread(principal), unread(room.head_teacher)) == ([], [])
    assert "接线实操" in sentences(room.learner)
    assert open_all(room.learner) == {"attendance.recorded": "/learn/classes/N/plan/N/"}


def test_what_is_sent_back_goes_to_who_stated_it_until_it_is_stated_anew(
    room: Classroom, principal: Account, lesson: PlanItem, clock: HandClock
) -> None:
    stated(room, lesson, clock)
    reviews(people.viewer(principal), lesson, clock, agrees=False)
    assert (unread(principal), unread(room.head_teacher), unread(room.learner)) == ([], ["attendance.sent_back"], [])
    stated(room, lesson, clock, 1)
    assert (unread(principal), unread(room.head_teacher)) == (["attendance.stated"], [])


def test_what_was_sent_back_of_several_learners_is_asked_for_until_all_of_it_is_stated_anew(
    room: Classroom, principal: Account, lesson: PlanItem, clock: HandClock
) -> None:
    other = enrol(class_id=room.training_class.pk, learner_id=people.account(now=clock.now()).pk, now=clock.now())
    stated(room, lesson, clock)
    reviews(people.viewer(principal), lesson, clock, agrees=False)
    stated(room, lesson, clock, 1)
    assert unread(room.head_teacher) == ["attendance.sent_back"]
    states(people.viewer(room.head_teacher), lesson, clock, None, {other: 1})
    assert unread(room.head_teacher) == []


def test_an_objection_goes_to_the_head_teacher_until_a_signed_statement_answers_it(
    room: Classroom, principal: Account, lesson: PlanItem, clock: HandClock
) -> None:
    objects(room.learner, lesson, clock)
    page = sentences(room.head_teacher)
    assert "请在 2026-11-27 前处理" in page
    assert "我九点就到了" not in page
    assert room.learner.name not in page
    stated(room, lesson, clock)
    assert unread(room.head_teacher) == ["attendance.disputed"], "nobody has signed yet"
    reviews(people.viewer(principal), lesson, clock)
    assert unread(room.head_teacher) == []
    assert unread(room.learner) == ["attendance.recorded"]


def test_who_works_elsewhere_is_told_nothing(
    room: Classroom, principal: Account, lesson: PlanItem, clock: HandClock
) -> None:
    stranger = people.account((Role.INSTITUTION_ADMINISTRATOR, institution().pk), now=clock.now())
    stated(room, lesson, clock)
    objects(room.learner, lesson, clock)
    assert unread(stranger) == []
