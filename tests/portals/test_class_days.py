"""A class day by day: every figure is the learner's own and the class's (clauses C3, T1.3, T7)."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.board import figures
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.learning.queries.week import days_of_places
from jiangxue.learning.rules.shapes import Flag
from jiangxue.learning.services.ending import end_overdue
from jiangxue.learning.services.sealing import seal_open
from jiangxue.portals.figures import figures_of
from jiangxue.portals.watching.days import spent_of
from tests.factories import people, sessions
from tests.factories.appeals import corrected
from tests.factories.cases import ended, frozen
from tests.factories.classes import Classroom
from tests.factories.crowds import classmates
from tests.factories.learning import opened, watched
from tests.portals.clients import client_of, supervisor

TODAY = date(2026, 11, 24)


def days(client: Client, room: Classroom, **asked: str) -> str:
    answer = client.get(f"/institution/classes/{room.training_class.pk}/days/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def day(client: Client, room: Classroom, day: date = TODAY, portal: str = "institution") -> str:
    answer = client.get(f"/{portal}/classes/{room.training_class.pk}/days/{room.enrolment.pk}/{day.isoformat()}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("T1.3", "T7")
@pytest.mark.parametrize("sealed", [False, True])
def test_learner_class_and_sums_say_the_same(room: Classroom, clock: HandClock, *, sealed: bool) -> None:
    watched(opened(room, clock, lesson=1), clock, 2, flags=Flag.LEAVE)
    end_overdue(clock=clock)
    clock.advance(45_700)
    watched(opened(room, clock), clock, 4, gap_ms=20_300)
    if sealed:
        clock.advance(100_000)
        seal_open(clock=clock)
    own = figures_of(day_of_learner(room.viewer, TODAY).stretches)
    held = days_of_places(room.training_class.pk, {room.learner.pk: room.enrolment.pk}, [TODAY])
    cell = figures_of(spent_of(held[room.enrolment.pk, TODAY]))
    assert cell == own
    sums = figures(people.viewer(room.head_teacher), [room.training_class.pk], TODAY)[room.training_class.pk]
    assert (sums.credited_today_ms // 1000 * 1000, sums.confirmed_ms) == (own.credited_ms, own.confirmed_ms)
    shown = "2 分 21 秒"
    assert own.credited_ms == 141_000
    assert shown in days(client_of(room.head_teacher), room)
    assert shown in day(client_of(room.head_teacher), room)
    assert shown in client_of(room.learner).get(f"/learn/records/{TODAY.isoformat()}/").content.decode()


@pytest.mark.clause("T1.3", "M6", "T7")
def test_corrected_time_stands_beside_what_is_credited_as_on_the_learners_own_day(
    room: Classroom, clock: HandClock
) -> None:
    corrected(room, clock, ms=45_000)
    own = figures_of(day_of_learner(room.viewer, TODAY).stretches)
    held = days_of_places(room.training_class.pk, {room.learner.pk: room.enrolment.pk}, [TODAY])
    spent = spent_of(held[room.enrolment.pk, TODAY])
    assert figures_of(spent) == own
    assert [(each.kind, each.ms) for each in spent if each.ms == 45_000] == [("corrected", 45_000)]
    text = days(client_of(room.head_teacher), room)
    assert text.count("人工更正 +45 秒") == 2
    assert re.search(r"人工更正</dt><dd[^>]*>\+45 秒<", day(client_of(room.head_teacher), room))
    assert "人工更正 +" not in days(client_of(room.head_teacher), room, until="2026-11-17")


def test_a_running_session_adds_nothing_to_days_that_are_not_asked_for(room: Classroom, clock: HandClock) -> None:
    clock.at = clock.at.replace(hour=15, minute=59)
    watched(opened(room, clock), clock, 4)
    tomorrow = TODAY + timedelta(days=1)
    held = days_of_places(room.training_class.pk, {room.learner.pk: room.enrolment.pk}, [TODAY])
    assert set(held) == {(room.enrolment.pk, TODAY)}
    both = days_of_places(room.training_class.pk, {room.learner.pk: room.enrolment.pk}, [TODAY, tomorrow])
    assert set(both) == {(room.enrolment.pk, TODAY), (room.enrolment.pk, tomorrow)}


@pytest.mark.clause("C3")
def test_a_week_has_a_row_for_each_learner_and_leads_to_each_day(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 4)
    teacher = client_of(room.head_teacher)
    text = days(teacher, room)
    assert "李**" in text
    assert "李小明" not in text
    assert "11-18" in text
    assert f"/days/{room.enrolment.pk}/2026-11-24/" in text
    assert "共计入 2 分" in text


def test_weeks_before_stand_in_the_address(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 2)
    teacher = client_of(room.head_teacher)
    before = days(teacher, room, until="2026-11-17")
    assert "11-11" in before
    assert "until=2026-11-24" in before
    assert "没有学习时间" in before
    for odd in ("2026-13-40", "x", "0001-01-01", "9999-12-31", "\0"):
        assert "11-18" in days(teacher, room, until=odd)


def test_learners_are_searched_by_name_within_the_week(room: Classroom, clock: HandClock) -> None:
    classmates(room, 1, now=clock.now())
    text = days(client_of(room.head_teacher), room, q="秀英", until="2026-11-17")
    assert "王**" in text
    assert "李**" not in text
    assert '<input type="hidden" name="until" value="2026-11-17"' in text


@pytest.mark.parametrize("number", [1, 30])
def test_a_week_asks_as_little_for_thirty_as_for_one(
    room: Classroom, clock: HandClock, number: int, django_assert_num_queries
) -> None:
    for seat in classmates(room, number, now=clock.now()):
        watched(opened(seat, clock), clock, 1)
    teacher = client_of(room.head_teacher)
    with django_assert_num_queries(27):
        days(teacher, room)


@pytest.mark.clause("T2.1")
def test_a_day_shows_sessions_with_how_they_ended(room: Classroom, clock: HandClock) -> None:
    watched(opened(room, clock), clock, 2)
    clock.advance(600_000)
    end_overdue(clock=clock)
    text = day(client_of(room.head_teacher), room)
    assert "第 1 课" in text
    assert "失去连接（自动签退）" in text
    assert "未计入 · 断线" in text


@pytest.mark.clause("T2.6")
def test_a_day_shows_checks_with_outcome_and_the_time_they_took(room: Classroom, clock: HandClock) -> None:
    session = opened(room, clock)
    now = clock.now()
    passed_check = {"outcome": "passed", "settled_at": now, "shown_at": now, "kind": "confirm", "reaction_ms": 4_260}
    sessions.check(session, now, **passed_check)
    sessions.check(session, now + timedelta(minutes=9), outcome="missed", settled_at=now + timedelta(minutes=12))
    text = day(client_of(room.head_teacher), room)
    assert "点选打卡" in text
    assert "4.2 秒" in text
    assert "未打卡" in text
    assert "页面没有显示" in text
    assert "4.2 秒" in day(supervisor("4401", clock), room, portal="region")


def test_checks_of_another_class_are_not_shown(room: Classroom, clock: HandClock) -> None:
    other = classmates(room, 1, now=clock.now())[0]
    sessions.check(opened(other, clock), clock.now(), outcome="missed", settled_at=clock.now())
    assert "这一天没有打卡" in day(client_of(room.head_teacher), room)


def test_a_day_without_learning_says_so_and_one_to_come_is_not_found(room: Classroom, clock: HandClock) -> None:
    teacher = client_of(room.head_teacher)
    assert "这一天没有在本班学习" in day(teacher, room)
    place = f"/institution/classes/{room.training_class.pk}/days/{room.enrolment.pk}"
    for odd in ("2026-11-25", "yesterday", "2026-02-30"):
        assert teacher.get(f"{place}/{odd}/").status_code == 404
    assert teacher.get(f"/institution/classes/{room.training_class.pk}/days/999999/2026-11-24/").status_code == 404


@pytest.mark.clause("M6")
def test_days_whose_hours_are_not_recognised_say_so_to_those_who_answer_for_them(
    room: Classroom, clock: HandClock
) -> None:
    watched(opened(room, clock), clock, 4)
    end_overdue(clock=clock)
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    head, helping = client_of(room.head_teacher), client_of(teacher)
    assert "暂缓认定" not in days(head, room) + day(head, room)
    freeze = frozen(room, clock.now(), first_day=TODAY, last_day=TODAY)
    for shown in (days(head, room), day(head, room), day(supervisor("440104", clock), room, portal="region")):
        assert "学时暂缓认定" in shown
    assert "暂缓认定" not in days(helping, room) + day(helping, room)
    ended(freeze, clock.now(), days=[TODAY])
    for shown in (days(head, room), day(head, room)):
        assert ("学时不予认定" in shown, "暂缓认定" in shown) == (True, False)
