"""What is worth a look stands on a page of its own, with its evidence, and accuses nobody (clause M6)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.services import Actor
from jiangxue.enrolment.models import TrainingClass
from jiangxue.facecheck.services.comparing import compare_waiting
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.facecheck.vision.weights import SFACE
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.anomalies import AnomalyKind, Evidence
from jiangxue.portals.watching.evidence import line_of
from jiangxue.ui.anomalies import ANOMALIES
from tests.factories import sessions
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom, classroom
from tests.factories.crowds import classmates
from tests.factories.facing import enrolled
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
    with django_assert_num_queries(27):
        page(teacher, room)


def test_every_kind_of_evidence_has_words() -> None:
    texts = {
        kind: line_of(kind, Evidence(1, 739_000, at_ms=0, ms=1, other=2, device="手机"), lambda _: "王**").text
        for kind in AnomalyKind
    }
    assert all(texts.values())
    assert "王**" in texts[AnomalyKind.SAME_FACE]


def test_a_camera_is_shown_by_its_name_and_what_is_unusual_about_it() -> None:
    def text(**facts: object) -> str:
        seen = Evidence(1, 739_000, at_ms=0, **facts)
        return line_of(AnomalyKind.CAMERA_ODDITIES, seen, lambda _: "").text

    assert text(camera="C920", signs=("no_controls", "one_size")).startswith("C920 · ")
    assert "、" in text(camera="C920", signs=("no_controls", "one_size"))
    assert text(camera="C920") == "C920"
    assert text() == "摄像头没有名称"


def one_face(*rooms: Classroom, clock: HandClock) -> None:
    for room in rooms:
        enrolled(room.learner, clock.now(), model_sha256=SFACE.sha256)
    compare_waiting(clock=clock)


@pytest.mark.clause("M6", "T3.2")
def test_one_face_under_two_accounts_is_shown_in_both_classes_and_named_to_those_who_see_both(
    room: Classroom, clock: HandClock
) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    Account.objects.filter(pk=elsewhere.learner.pk).update(name="欧阳娜娜")
    TrainingClass.objects.filter(pk=elsewhere.training_class.pk).update(name="焊工三班")
    one_face(room, elsewhere, clock=clock)
    both = supervisor("44", clock)
    text = page(both, room, "region")
    assert "登记的人脸与另一名学员相似" in text
    assert "双胞胎" in text
    assert "欧**（焊工三班）" in text
    assert "100.0 %" in text
    assert "李**（低压电工一班）" in page(both, elsewhere, "region")
    for word in ("作弊", "违规", "冒名", "代学"):
        assert word not in text


@pytest.mark.clause("M6", "C5")
def test_somebody_whom_the_viewer_may_not_see_has_no_name(room: Classroom, clock: HandClock) -> None:
    elsewhere = classroom(clock.now(), region="440305")
    Account.objects.filter(pk=elsewhere.learner.pk).update(name="欧阳娜娜")
    one_face(room, elsewhere, clock=clock)
    said = {
        "其他班级或已离班的一名学员": page(client_of(room.head_teacher), room),
        "其他机构或已离班的一名学员": page(client_of(administrator(room, clock)), room),
        "其他地区或已离班的一名学员": page(supervisor("4401", clock), room, "region"),
    }
    for words, text in said.items():
        assert words in text
        assert "欧" not in text


@pytest.mark.clause("M6", "M2")
def test_somebody_of_whom_processing_is_restricted_has_no_name_either(room: Classroom, clock: HandClock) -> None:
    (mate,) = classmates(room, 1, now=clock.now(), name="欧阳娜娜")
    one_face(room, mate, clock=clock)
    Account.objects.filter(pk=mate.learner.pk).update(restricted_at=clock.now())
    text = page(client_of(room.head_teacher), room)
    assert "登记的人脸与另一名学员相似" in text
    assert "欧" not in text


@pytest.mark.clause("M2")
def test_it_is_gone_as_soon_as_one_of_the_two_withdraws(room: Classroom, clock: HandClock) -> None:
    (mate,) = classmates(room, 1, now=clock.now())
    one_face(room, mate, clock=clock)
    forget_face(mate.learner.pk, by=Actor(mate.learner.pk), now=clock.now())
    assert NOTHING in page(client_of(room.head_teacher), room)


def test_the_page_asks_as_little_for_ten_with_one_face_as_for_two(
    room: Classroom, clock: HandClock, django_assert_num_queries
) -> None:
    one_face(room, *classmates(room, 9, now=clock.now()), clock=clock)
    teacher = client_of(room.head_teacher)
    with django_assert_num_queries(33):
        text = page(teacher, room)
    assert text.count("<article") == 1
    assert text.count("evidence-line") == 45
