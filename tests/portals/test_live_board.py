"""Staff and supervisors see who of a class is learning, whose check is open and who was signed out (clauses T2.1, T2.6, T7)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Lease
from jiangxue.learning.rules.shapes import Claim, Flag
from jiangxue.learning.services.ending import end_overdue
from tests.factories import people, sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.crowds import classmates
from tests.factories.learning import heard, opened, watched
from tests.portals.clients import client_of, supervisor


def board(client: Client, room: Classroom, portal: str = "institution") -> str:
    answer = client.get(f"/{portal}/classes/{room.training_class.pk}/live/board/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("T7")
def test_a_teacher_sees_who_is_learning_and_where(room: Classroom, clock: HandClock) -> None:
    teacher = client_of(room.head_teacher)
    assert "此刻没有人在学习" in board(teacher, room)
    watched(opened(room, clock), clock, 3)
    text = board(teacher, room)
    assert "1 人正在学习" in text
    assert "李**" in text
    assert "李小明" not in text
    assert "第 1 课" in text
    assert "学到 01:30，共 03:00" in text
    assert "电脑 · Chrome" in text
    assert "09:00" in text
    assert "正在计时" in text


def test_the_page_holds_the_board_so_that_it_works_without_a_script(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 1)
    page = client_of(room.head_teacher).get(f"/institution/classes/{room.training_class.pk}/live/").content.decode()
    assert 'data-island="refreshing"' in page
    assert "1 人正在学习" in page


def test_a_pause_is_shown_as_one(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 2)
    clock.advance(30_000)
    heard(session.pk, clock, Claim(60_000, 30_000, Flag.PAUSED))
    clock.advance(60_000)
    assert "已暂停" in board(client_of(room.head_teacher), room)


def test_who_sends_no_signal_for_too_long_is_not_said_to_count(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 1)
    teacher = client_of(room.head_teacher)
    clock.advance(60_000)
    assert "正在计时" in board(teacher, room)
    clock.advance(30_000)
    text = board(teacher, room)
    assert "1 分 30 秒没有计时信号，暂不计时" in text
    assert "正在计时" not in text


@pytest.mark.clause("T2.6")
def test_an_open_check_is_shown_with_the_seconds_that_are_left(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    now_ms = to_ms(clock.now())
    Lease.objects.filter(session=session).update(asked_at_ms=now_ms, answer_by_ms=now_ms + 42_000)
    text = board(client_of(room.head_teacher), room)
    assert "打卡待答" in text
    assert '<span class="figure" data-seconds-left>42</span>' in text


@pytest.mark.clause("T2.6")
def test_a_check_that_its_learner_left_open_is_shown_apart(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    watched(session, clock, 1, flags=Flag.LEAVE)
    end_overdue(clock=clock)
    session.refresh_from_db()
    sessions.check(session, clock.now())
    text = board(client_of(room.head_teacher), room)
    assert "已离开，打卡待答" in text
    assert "data-seconds-left>180</span>" in text


@pytest.mark.clause("T2.6")
def test_the_open_check_of_somebody_who_is_learning_is_not_shown_apart(room: Classroom, clock: HandClock) -> None:
    sessions.check(opened(room, clock), clock.now())
    text = board(client_of(room.head_teacher), room)
    assert "1 人正在学习" in text
    assert "已离开" not in text


@pytest.mark.clause("T2.1")
def test_an_automatic_sign_out_is_shown_with_its_time_and_reason_until_midnight(
    room: Classroom, clock: HandClock
) -> None:
    watched(opened(room, clock), clock, 1)
    clock.advance(600_000)
    end_overdue(clock=clock)
    teacher = client_of(room.head_teacher)
    text = board(teacher, room)
    assert "失去连接" in text
    assert "09:03:30" in text
    clock.at += timedelta(days=1)
    assert "今天没有自动签退" in board(teacher, room)


def test_signing_out_oneself_or_opening_a_page_again_is_no_automatic_sign_out(
    room: Classroom, clock: HandClock
) -> None:
    watched(opened(room, clock), clock, 1)
    watched(opened(room, clock), clock, 1, flags=Flag.LEAVE)
    end_overdue(clock=clock)
    assert "今天没有自动签退" in board(client_of(room.head_teacher), room)


@pytest.mark.clause("C5")
def test_a_supervisor_sees_the_board_of_a_class_of_the_region(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 1)
    assert "1 人正在学习" in board(supervisor("4401", clock), room, "region")


WATCHING = ("live/", "live/board/", "days/", "anomalies/")


@pytest.mark.clause("M3", "C5")
@pytest.mark.parametrize("address", [*WATCHING, "days/{place}/2026-11-24/"])
def test_a_class_of_others_is_not_found(room: Classroom, clock: HandClock, address: str) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    path = f"classes/{elsewhere.training_class.pk}/{address.format(place=elsewhere.enrolment.pk)}"
    assert client_of(room.head_teacher).get(f"/institution/{path}").status_code == 404
    assert supervisor("4401", clock).get(f"/region/{path}").status_code == 404
    assert client_of(elsewhere.head_teacher).get(f"/institution/{path}").status_code == 200


@pytest.mark.clause("M3")
@pytest.mark.parametrize("address", [*WATCHING, "days/{place}/2026-11-24/"])
def test_learners_and_course_editors_see_none_of_it(room: Classroom, clock: HandClock, address: str) -> None:
    path = f"classes/{room.training_class.pk}/{address.format(place=room.enrolment.pk)}"
    editor = people.account((Role.COURSE_EDITOR, room.institution.pk), now=clock.now())
    for client in (client_of(room.learner), client_of(editor)):
        assert client.get(f"/institution/{path}").status_code == 403
        assert client.get(f"/region/{path}").status_code == 403
    assert "异常线索" not in client_of(editor).get(f"/institution/classes/{room.training_class.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_board_asks_as_little_for_thirty_as_for_one(
    room: Classroom, clock: HandClock, number: int, django_assert_num_queries
) -> None:
    for seat in classmates(room, number, now=clock.now()):
        opened(seat, clock)
    teacher = client_of(room.head_teacher)
    with django_assert_num_queries(25):
        text = board(teacher, room)
    assert f"{number} 人正在学习" in text
