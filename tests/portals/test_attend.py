"""A learner scans the code at the door, confirms, and reads what counts (clauses C3, T1.3, M6)."""

import re
from datetime import timedelta

import pytest
import segno
from django.test import Client

from jiangxue.attendance.models import AttendanceMark, AttendanceObjection
from jiangxue.attendance.rules.codes import Side
from jiangxue.attendance.services.signing import code_to_show
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, to_ms
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.attendance import MINUTE, attends, item, reviews, states
from tests.factories.classes import Classroom, classroom
from tests.factories.settlements import settled_class
from tests.portals.clients import client_of, main_in, main_of

pytestmark = pytest.mark.clause("C3")


@pytest.fixture
def lesson(room: Classroom, clock: HandClock) -> PlanItem:
    return item(room, clock.now() + timedelta(minutes=30))


def scanned(lesson: PlanItem, clock: HandClock, side: str = "in") -> str:
    """Return the address that stands in the code which the head teacher shows now."""
    viewer = people.viewer(lesson.training_class.head_teacher)
    return f"/learn/attend/{lesson.pk}/{side}/{code_to_show(viewer, lesson, Side(side), to_ms(clock.now()))}/"


def test_the_code_on_the_screen_is_the_address_that_learners_open(
    head: Client, room: Classroom, lesson: PlanItem, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = segno.make

    def noted(text: str, **how: object) -> object:
        made.append(text)
        return real(text, **how)

    monkeypatch.setattr(segno, "make", noted)
    head.get(f"/institution/classes/{room.training_class.pk}/plan/{lesson.pk}/code/")
    assert made == [f"http://testserver{scanned(lesson, clock)}"]


def test_one_scan_and_one_tap_sign_a_learner_in(
    room: Classroom, learner: Client, lesson: PlanItem, clock: HandClock
) -> None:
    shown = learner.get(scanned(lesson, clock), follow=True)
    page = main_in(shown.content.decode())
    assert "接线实操" in page
    assert "09:00:00" in page
    clock.advance(20_000)
    done = learner.post("/learn/attend/", follow=True)
    assert "09:00 已签到" in done.content.decode()
    mark = AttendanceMark.objects.get()
    assert (mark.enrolment, mark.side, len(mark.browser)) == (room.enrolment, "in", 32)


def test_who_is_not_signed_in_to_the_platform_has_the_time_for_it(
    room: Classroom, lesson: PlanItem, clock: HandClock
) -> None:
    client = Client()
    first = client.get(scanned(lesson, clock))
    assert first.headers["Location"] == "/learn/attend/"
    asked = client.get("/learn/attend/")
    assert asked.headers["Location"].startswith("/sign-in/")
    clock.advance(120_000)
    client.force_login(room.learner)
    assert client.post("/learn/attend/").status_code == 302
    assert AttendanceMark.objects.get().at == clock.now() - timedelta(seconds=120)


@pytest.mark.clause("T1.3")
def test_a_code_that_was_sent_home_signs_nobody(learner: Client, lesson: PlanItem, clock: HandClock) -> None:
    address = scanned(lesson, clock)
    clock.advance(31_000)
    response = learner.get(address, follow=True)
    assert response.status_code == 410
    assert "请扫现在显示的签到码" in response.content.decode()
    assert learner.post("/learn/attend/").status_code == 410
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize(
    "address", ["1/in/AAAAAAAAAAAA/", "999999999999/in/x/", "1/up/x/", f"{10**25}/in/x/", "1/in/%00/"]
)
def test_forged_codes_are_refused_in_words(learner: Client, lesson: PlanItem, address: str) -> None:
    assert learner.get(f"/learn/attend/{address}").status_code == 410


@pytest.mark.parametrize("word", ["", "1.in.2.3", "x.y.z.w.v", "é", "1.in.1.1.AAAAAAAAAAAA"])
def test_a_forged_cookie_signs_nobody(learner: Client, lesson: PlanItem, word: str) -> None:
    learner.cookies["attendance_seen"] = word
    assert learner.post("/learn/attend/").status_code == 410
    assert not AttendanceMark.objects.exists()


def test_a_learner_of_another_class_is_told_so(lesson: PlanItem, clock: HandClock) -> None:
    stranger = client_of(classroom(clock.now()).learner)
    response = stranger.get(scanned(lesson, clock), follow=True)
    assert response.status_code == 403
    assert "您不在这次课所在的班级" in response.content.decode()
    assert stranger.post("/learn/attend/").status_code == 403
    assert not AttendanceMark.objects.exists()


def test_who_has_left_the_class_does_not_sign(
    room: Classroom, learner: Client, lesson: PlanItem, clock: HandClock
) -> None:
    room.enrolment.left_at = clock.now()
    room.enrolment.save()
    assert learner.get(scanned(lesson, clock), follow=True).status_code == 403


def test_a_second_tap_keeps_the_first_time(learner: Client, lesson: PlanItem, clock: HandClock) -> None:
    learner.get(scanned(lesson, clock))
    learner.post("/learn/attend/")
    clock.advance(300_000)
    learner.get(scanned(lesson, clock))
    assert "您已在 09:00 签过" in learner.post("/learn/attend/", follow=True).content.decode()
    assert AttendanceMark.objects.count() == 1


def test_two_accounts_on_one_phone_bear_the_same_browser(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    friend = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=friend.pk, now=clock.now())
    phone = Client()
    for account in (room.learner, friend):
        phone.force_login(account)
        phone.get(scanned(lesson, clock))
        phone.post("/learn/attend/")
    assert len(set(AttendanceMark.objects.values_list("browser", flat=True))) == 1


def test_the_plan_says_what_counts_and_what_does_not(
    room: Classroom, learner: Client, lesson: PlanItem, clock: HandClock
) -> None:
    base = f"/learn/classes/{room.training_class.pk}/"
    assert "教学计划" in main_of(learner, base)
    assert "待上课" in main_of(learner, f"{base}plan/")
    attends(room.learner, lesson, clock)
    assert "计入 1 小时 30 分" in main_of(learner, f"{base}plan/")
    later = item(room, clock.now(), title="第二次实操")
    clock.at = later.ends_at + MINUTE
    shown = main_of(learner, f"{base}plan/{later.pk}/")
    assert re.search(r"未到场\s+1 小时 30 分", shown)


@pytest.mark.clause("M6")
def test_a_learner_says_that_it_is_wrong_and_reads_the_answer(
    room: Classroom, learner: Client, lesson: PlanItem, clock: HandClock
) -> None:
    clock.at = lesson.ends_at
    url = f"/learn/classes/{room.training_class.pk}/plan/{lesson.pk}/"
    assert learner.post(f"{url}dispute/", {"text": ""}).status_code == 400
    assert learner.post(f"{url}dispute/", {"text": "我九点半就到了"}).status_code == 302
    assert "最迟 2026-11-27 答复" in main_of(learner, url)
    again = learner.post(f"{url}dispute/", {"text": "再说一次"})
    assert again.status_code == 409
    assert "再说一次" in again.content.decode()
    states(people.viewer(room.head_teacher), lesson, clock, (lesson.starts_at, lesson.ends_at))
    reviews(people.viewer(administrator(room, clock)), lesson, clock)
    shown = main_of(learner, url)
    assert "到场（点名确认）" in shown
    assert "手机没电，现场点名。" in shown
    assert "王老师" not in shown.split("办理经过")[1]
    assert AttendanceObjection.objects.count() == 1


def test_nobody_reads_the_plan_of_others(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    stranger = client_of(classroom(clock.now()).learner)
    base = f"/learn/classes/{room.training_class.pk}/plan/"
    assert stranger.get(base).status_code == 404
    assert stranger.get(f"{base}{lesson.pk}/").status_code == 404
    assert stranger.post(f"{base}{lesson.pk}/dispute/", {"text": "我在"}).status_code == 404


@pytest.mark.clause("M6")
def test_once_the_hours_are_settled_the_page_says_whom_to_ask(
    room: Classroom, learner: Client, lesson: PlanItem, clock: HandClock
) -> None:
    clock.at = lesson.ends_at
    url = f"/learn/classes/{room.training_class.pk}/plan/{lesson.pk}/"
    settled_class(room, clock.now())
    assert "请联系班主任；所在地区的主管部门可以核查" in main_of(learner, url)
    assert "dispute" not in main_of(learner, url)
    late = learner.post(f"{url}dispute/", {"text": "我当天在场"})
    assert late.status_code == 409
    assert "请联系班主任" in late.content.decode()
    assert "我当天在场" in late.content.decode(), "what was typed stays to be copied"
    assert not AttendanceObjection.objects.exists()
