"""Learners and teachers are told of lessons that are planned, moved, cancelled or given to somebody else. Clauses C3, C5."""

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import PlanItem
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of
from tests.portals.told import open_all, sentences, unread

pytestmark = pytest.mark.clause("C3", "C5")


@pytest.fixture
def teacher(room: Classroom, clock: HandClock) -> Account:
    found = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=found)
    return found


@pytest.fixture
def head(room: Classroom) -> Client:
    return client_of(room.head_teacher)


def plan_url(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/plan/"


def entered(teacher: Account, **changes: str) -> dict[str, str]:
    whole = {"mode": "live", "title": "安全用电答疑", "day": "2026-12-01", "starts": "19:00", "ends": "20:30"}
    return {
        **whole,
        "hours": "2",
        "place": "https://live.example.cn/room/7",
        "teacher": str(teacher.pk),
        "reason": "教室停电",
        **changes,
    }


def planned(head: Client, room: Classroom, teacher: Account) -> PlanItem:
    assert head.post(f"{plan_url(room)}add/", entered(teacher)).status_code == 302
    return PlanItem.objects.get()


def changed(head: Client, lesson: PlanItem, teacher: Account, after: int, **changes: str) -> None:
    url = f"/institution/classes/{lesson.training_class_id}/plan/{lesson.pk}/change/"
    assert head.post(url, entered(teacher, after=str(after), **changes)).status_code == 302


def test_who_learns_and_who_teaches_hear_when_a_lesson_is_and_of_nothing_else(
    room: Classroom, head: Client, teacher: Account, clock: HandClock
) -> None:
    elsewhere = classroom(clock.now())
    lesson = planned(head, room, teacher)
    assert (unread(room.learner), unread(teacher)) == (["lesson.planned"], ["lesson.yours"])
    changed(head, lesson, teacher, 1, starts="18:00")
    assert (unread(room.learner), unread(teacher)) == (["lesson.planned"], ["lesson.yours"]), "the newer one alone"
    for who in (room.learner, teacher):
        assert "「安全用电答疑」" in sentences(who)
        assert "2026-12-01 18:00" in sentences(who)
        assert "19:00" not in sentences(who)
        assert "教室停电" not in sentences(who), "what people say is read on the page"
    assert open_all(room.learner) == {"lesson.planned": "/learn/classes/N/plan/N/"}
    assert open_all(teacher) == {"lesson.yours": "/institution/classes/N/plan/N/"}
    assert unread(room.head_teacher) == unread(elsewhere.learner) == []


def test_a_lesson_that_does_not_take_place_is_no_lesson_to_come_to(
    room: Classroom, head: Client, teacher: Account
) -> None:
    lesson = planned(head, room, teacher)
    cancelling = {"after": "1", "reason": "老师生病"}
    assert head.post(f"{plan_url(room)}{lesson.pk}/cancel/", cancelling).status_code == 302
    assert (unread(room.learner), unread(teacher)) == (["lesson.cancelled"], ["lesson.not_yours"])
    assert "原定 2026-12-01 19:00 上课，现已取消" in sentences(room.learner)
    assert open_all(room.learner) == {"lesson.cancelled": "/learn/classes/N/plan/N/"}


def test_who_takes_a_lesson_over_is_told_and_who_held_it_too(room: Classroom, head: Client, teacher: Account) -> None:
    lesson = planned(head, room, teacher)
    changed(head, lesson, room.head_teacher, 1)
    assert (unread(teacher), unread(room.head_teacher)) == (["lesson.not_yours"], []), "the head teacher did it"
    changed(head, lesson, teacher, 2)
    assert unread(teacher) == ["lesson.yours"]


def test_who_has_left_the_class_is_told_of_no_lesson(
    room: Classroom, head: Client, teacher: Account, clock: HandClock
) -> None:
    room.training_class.enrolments.update(left_at=clock.now())
    planned(head, room, teacher)
    assert unread(room.learner) == []
