"""What is worth a look stands on a page of its own, with its evidence, and accuses nobody (clause M6)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.anomalies import AnomalyKind
from jiangxue.ui.anomalies import ANOMALIES
from tests.factories import sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.crowds import classmates
from tests.factories.learning import opened
from tests.portals.clients import client_of, supervisor

NOTHING = "这 7 天没有需要留意的线索"


def page(client: Client, room: Classroom, portal: str = "institution", **asked: str) -> str:
    answer = client.get(f"/{portal}/classes/{room.training_class.pk}/anomalies/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def missed(session: StudySession, clock: HandClock, times: int) -> None:
    for minute in range(times):
        at = clock.now() + timedelta(minutes=10 * minute)
        sessions.check(session, at, outcome="missed", settled_at=at)


def test_every_kind_has_words() -> None:
    assert set(ANOMALIES) == set(AnomalyKind)


@pytest.mark.clause("M6")
def test_an_ordinary_class_has_none(room: Classroom, clock: HandClock) -> None:
    teacher = client_of(room.head_teacher)
    assert NOTHING in page(teacher, room)
    assert 'tab-count">0<' in teacher.get(f"/institution/classes/{room.training_class.pk}/").content.decode()


@pytest.mark.clause("M6", "T2.6")
def test_repeated_misses_are_shown_with_their_times_and_counted_on_the_class_page(
    room: Classroom, clock: HandClock
) -> None:
    missed(opened(room, clock), clock, 3)
    teacher = client_of(room.head_teacher)
    text = page(teacher, room)
    assert "一天内多次未打卡" in text
    assert "多次未打卡" in text
    assert "09:20:00" in text
    assert "李**" in text
    assert "李小明" not in text
    assert f"/days/{room.enrolment.pk}/2026-11-24/" in text
    for word in ("作弊", "违规", "异常用户"):
        assert word not in text
    assert 'tab-count">2<' in teacher.get(f"/institution/classes/{room.training_class.pk}/").content.decode()


@pytest.mark.clause("M6")
def test_one_kind_and_another_week_stand_in_the_address(room: Classroom, clock: HandClock) -> None:
    missed(opened(room, clock), clock, 3)
    teacher = client_of(room.head_teacher)
    assert page(teacher, room, kind="misses_on_day").count("<article") == 1
    assert "没有这一类线索" in page(teacher, room, kind="quick_answers")
    assert "没有这一类线索" in page(teacher, room, kind="\0")
    assert NOTHING in page(teacher, room, until="2026-11-17")


@pytest.mark.clause("M6")
def test_a_shared_device_is_shown_with_a_masked_address_and_its_ordinary_causes(
    room: Classroom, clock: HandClock
) -> None:
    (other,) = classmates(room, 1, now=clock.now())
    sessions.session(room, clock.now(), address="113.65.20.7")
    sessions.session(other, clock.now() + timedelta(minutes=3), address="113.65.20.7")
    clock.advance(600_000)
    text = page(client_of(room.head_teacher), room)
    assert "同一设备、同一网络地址" in text
    assert "113.65.*.*" in text
    assert "113.65.20.7" not in text
    assert "家庭" in text


@pytest.mark.clause("M6", "C5")
def test_a_supervisor_sees_those_of_the_region_and_nobody_those_of_others(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    missed(opened(elsewhere, clock), clock, 3)
    assert NOTHING in page(client_of(room.head_teacher), room)
    assert "一天内多次未打卡" in page(supervisor("4403", clock), elsewhere, "region")


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_little_for_thirty_as_for_one(
    room: Classroom, clock: HandClock, number: int, django_assert_num_queries
) -> None:
    for seat in classmates(room, number, now=clock.now()):
        missed(opened(seat, clock), clock, 3)
    teacher = client_of(room.head_teacher)
    with django_assert_num_queries(15):
        page(teacher, room)
