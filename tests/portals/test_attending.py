"""Pages of the plan and the attendance of a class, for its staff (clauses C3, C5, T7)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.attendance.models import AttendanceReview, AttendanceStatement
from jiangxue.enrolment.models import PlanItem
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.attendance import MINUTE, attends, item, objects, signs
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("C3")


@pytest.fixture
def lesson(room: Classroom, clock: HandClock) -> PlanItem:
    return item(room, clock.now() + timedelta(minutes=30))


@pytest.fixture
def plan_url(room: Classroom) -> str:
    return f"/institution/classes/{room.training_class.pk}/plan/"


def entered(**changes: str) -> dict[str, str]:
    whole = {"mode": "live", "title": "安全用电答疑", "day": "2026-12-01", "starts": "19:00", "ends": "20:30"}
    return {**whole, "hours": "2", "place": "https://live.example.cn/room/7", **changes}


def planned(client: Client, url: str, room: Classroom, **changes: str) -> tuple[int, str]:
    response = client.post(f"{url}add/", entered(teacher=str(room.head_teacher.pk), **changes))
    return response.status_code, response.content.decode()


@pytest.mark.clause("T7")
def test_the_head_teacher_plans_a_lesson_and_it_stands_in_the_plan(
    room: Classroom, head: Client, plan_url: str
) -> None:
    assert "还没有安排直播课或实操课" in main_of(head, plan_url)
    assert planned(head, plan_url, room)[0] == 302
    shown = main_of(head, plan_url)
    assert "安全用电答疑" in shown
    assert "2026-12-01" in shown
    assert "19:00–20:30" in shown
    assert PlanItem.objects.get().hours == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "2026-11-23"}, "开始时间须晚于现在"),
        ({"ends": "18:00"}, "结束时间须晚于开始时间"),
        ({"day": "2027-07-01"}, "日期须在开班日和结班日之间"),
        ({"hours": "3"}, "时间不够这么多学时"),
        ({"hours": "0"}, "请填写学时数"),
        ({"hours": "两"}, "请填写数字"),
        ({"day": "明天"}, "请填写日期"),
        ({"starts": "七点"}, "14:05"),
        ({"teacher": "999999"}, "选择"),
        ({"title": ""}, "请填写这一项"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field_and_nothing_typed_is_lost(
    room: Classroom, head: Client, plan_url: str, changes: dict[str, str], said: str
) -> None:
    response = head.post(f"{plan_url}add/", entered(**{"teacher": str(room.head_teacher.pk), **changes}))
    shown = main_in(response.content.decode())
    assert response.status_code == 400
    assert said in shown
    assert "https://live.example.cn/room/7" in shown
    assert not PlanItem.objects.exists()


def test_a_teacher_who_is_busy_is_said_at_the_field(room: Classroom, head: Client, plan_url: str) -> None:
    assert planned(head, plan_url, room)[0] == 302
    status, shown = planned(head, plan_url, room, title="另一次课", starts="20:00", ends="21:30")
    assert status == 400
    assert "该教师这个时间另有课" in shown
    assert "另一次课" in shown
    assert PlanItem.objects.count() == 1


def test_a_lesson_is_changed_and_cancelled_with_a_reason_that_everybody_reads(
    room: Classroom, head: Client, learner: Client, clock: HandClock
) -> None:
    lesson = item(room, clock.now() + timedelta(hours=2))
    url = f"/institution/classes/{room.training_class.pk}/plan/{lesson.pk}/"
    moved = entered(day="2026-11-25", teacher=str(room.head_teacher.pk), after="0", reason="教室停电")
    assert head.post(f"{url}change/", {**moved, "mode": "practice"}).status_code == 302
    assert head.post(f"{url}cancel/", {"after": "0", "reason": "教室停电"}).status_code == 409
    assert head.post(f"{url}cancel/", {"after": "1", "reason": ""}).status_code == 400
    assert head.post(f"{url}cancel/", {"after": "1", "reason": "老师生病"}).status_code == 302
    for client, address in (
        (head, url),
        (learner, f"/learn/classes/{room.training_class.pk}/plan/{lesson.pk}/"),
    ):
        shown = main_of(client, address)
        assert "教室停电" in shown
        assert "老师生病" in shown
        assert "这次课已取消" in shown


def test_a_lesson_that_has_begun_stays_as_it_is(
    head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    clock.at = lesson.starts_at
    response = head.post(f"{plan_url}{lesson.pk}/cancel/", {"after": "0", "reason": "不上了"})
    assert response.status_code == 409
    assert "不再更改" in response.content.decode()


def test_the_roll_is_called_and_a_second_person_signs(
    room: Classroom, head: Client, second: Client, lesson: PlanItem, clock: HandClock
) -> None:
    url = f"/institution/classes/{room.training_class.pk}/plan/{lesson.pk}/"
    clock.at = lesson.ends_at
    said = {"places": f"{room.enrolment.pk}-0", "result": "present", "present_from": "09:30", "present_until": "11:00"}
    assert head.post(f"{url}state/", {**said, "text": ""}).status_code == 400
    assert head.post(f"{url}state/", {**said, "text": "没有手机"}).status_code == 302
    statement = AttendanceStatement.objects.get()
    assert head.post(f"{url}sign/", {"statements": statement.pk.hex, "decision": "sign"}).status_code == 403
    assert "须由另一人签认" in main_of(head, url)
    assert second.post(f"{url}sign/", {"statements": statement.pk.hex, "decision": "send_back"}).status_code == 400
    assert second.post(f"{url}sign/", {"statements": statement.pk.hex, "decision": "sign"}).status_code == 302
    assert second.post(f"{url}sign/", {"statements": statement.pk.hex, "decision": "sign"}).status_code == 409
    assert "1 小时 30 分" in main_of(second, url)
    assert "到场（点名确认）" in main_of(head, url)


def test_a_stale_page_states_nothing(
    room: Classroom, head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    clock.at = lesson.ends_at
    said = {"places": f"{room.enrolment.pk}-0", "result": "absent", "text": "没有来"}
    assert head.post(f"{plan_url}{lesson.pk}/state/", said).status_code == 302
    response = head.post(f"{plan_url}{lesson.pk}/state/", {**said, "text": "又没有来"})
    assert response.status_code == 409
    assert "又没有来" in response.content.decode()
    assert AttendanceStatement.objects.count() == 1


def test_who_was_chosen_stays_chosen_where_something_is_refused(
    room: Classroom, head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    other = enrol(class_id=room.training_class.pk, learner_id=people.account(now=clock.now()).pk, now=clock.now())
    clock.at = lesson.ends_at + timedelta(minutes=1)
    whole = {"result": "present", "present_from": "09:30", "present_until": "11:00"}
    values = [f"{room.enrolment.pk}-0", f"{other.pk}-0"]
    refused = head.post(f"{plan_url}{lesson.pk}/state/", {**whole, "text": "", "places": values[:1]})
    assert refused.status_code == 400
    boxes = re.findall(r'name="places" value="([^"]+)"( checked)?', refused.content.decode())
    assert dict(boxes) == {values[0]: " checked", values[1]: ""}
    head.post(f"{plan_url}{lesson.pk}/state/", {**whole, "text": "点名", "places": values})
    first = AttendanceStatement.objects.get(enrolment=other)
    signer = client_of(
        people.account((Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now(), name="赵敏")
    )
    sent = {"statements": [first.pk.hex], "decision": "send_back", "text": ""}
    refused = signer.post(f"{plan_url}{lesson.pk}/sign/", sent)
    assert refused.status_code == 400
    assert re.findall(r'name="statements" value="([^"]+)" checked', refused.content.decode()) == [first.pk.hex]


@pytest.mark.parametrize("places", [[], ["1"], ["x-0"], ["-"], ["999999-0"], [f"{10**30}-0"]])
def test_odd_choices_are_said_and_state_nothing(
    head: Client, lesson: PlanItem, plan_url: str, clock: HandClock, places: list[str]
) -> None:
    clock.at = lesson.ends_at
    said = {"places": places, "result": "absent", "text": "没有来"}
    assert head.post(f"{plan_url}{lesson.pk}/state/", said).status_code == 400
    assert not AttendanceStatement.objects.exists()


def test_the_teachers_screen_shows_a_code_that_changes(
    head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    shown = main_of(head, f"{plan_url}{lesson.pk}/code/")
    assert "attendance-qr" in shown
    assert "0 / 1" in shown
    before = head.get(f"{plan_url}{lesson.pk}/code/board/?side=in").content
    clock.advance(15_000)
    assert head.get(f"{plan_url}{lesson.pk}/code/board/?side=in").content != before


def test_outside_its_time_there_is_no_code_but_a_sentence(
    head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    shown = main_of(head, f"{plan_url}{lesson.pk}/code/?side=out")
    assert "attendance-qr" not in shown
    assert "还没到时间" in shown


def test_what_is_unusual_and_what_learners_object_to_stands_in_the_sheet(
    room: Classroom, head: Client, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    friend = people.account(now=clock.now(), name="王芳芳")
    enrol(class_id=room.training_class.pk, learner_id=friend.pk, now=clock.now())
    signs(room.learner, lesson, clock)
    signs(friend, lesson, clock)
    clock.at = lesson.ends_at + MINUTE
    objects(room.learner, lesson, clock)
    shown = main_of(head, f"{plan_url}{lesson.pk}/")
    assert "同一手机为多名学员签过" in shown
    assert "学员提出异议" in shown
    assert "已签到，未签退" in shown
    assert "王芳芳" not in shown


@pytest.mark.clause("C5")
def test_supervisors_of_the_region_look_and_change_nothing(room: Classroom, lesson: PlanItem, clock: HandClock) -> None:
    attends(room.learner, lesson, clock)
    official = supervisor("4401", clock)
    base = f"/region/classes/{room.training_class.pk}/plan/"
    assert "到场 1 / 1 人" in main_of(official, base)
    shown = main_of(official, f"{base}{lesson.pk}/")
    assert "1 小时 30 分" in shown
    assert "点名或更正" not in shown
    assert official.post(f"/institution/classes/{room.training_class.pk}/plan/{lesson.pk}/state/").status_code == 403
    stranger = supervisor("4403", clock)
    assert stranger.get(base).status_code == 404
    assert stranger.get(f"{base}{lesson.pk}/").status_code == 404


@pytest.mark.clause("C5")
def test_nobody_of_another_institution_sees_or_changes_anything(
    room: Classroom, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    other = classroom(clock.now())
    stranger = client_of(other.head_teacher)
    url = f"{plan_url}{lesson.pk}/"
    for address in (plan_url, url, f"{url}code/", f"{url}code/board/"):
        assert stranger.get(address).status_code == 404
    for act in ("change", "cancel", "state", "sign"):
        assert stranger.post(f"{url}{act}/").status_code == 404
    assert stranger.post(f"{plan_url}add/").status_code == 404
    through_own = f"/institution/classes/{other.training_class.pk}/plan/{lesson.pk}/"
    assert stranger.get(through_own).status_code == 404
    assert stranger.post(f"{through_own}state/").status_code == 404
    assert not AttendanceReview.objects.exists()


def test_a_teacher_calls_the_roll_and_shows_codes_but_plans_and_signs_nothing(
    room: Classroom, lesson: PlanItem, plan_url: str, clock: HandClock
) -> None:
    teacher = people.account((Role.TEACHER, room.institution.pk), now=clock.now())
    room.training_class.teachers.create(teacher=teacher)
    client, url = client_of(teacher), f"{plan_url}{lesson.pk}/"
    assert "添加一次课" not in main_of(client, plan_url)
    assert planned(client, plan_url, room)[0] == 403
    assert client.post(f"{url}cancel/", {"after": "0", "reason": "不上了"}).status_code == 403
    assert client.get(f"{url}code/").status_code == 200
    clock.at = lesson.ends_at
    said = {"places": f"{room.enrolment.pk}-0", "result": "absent", "text": "没有来"}
    assert client.post(f"{url}state/", said).status_code == 302
    statement = AttendanceStatement.objects.get()
    assert client.post(f"{url}sign/", {"statements": statement.pk.hex, "decision": "sign"}).status_code == 403


def test_lists_are_filtered_in_the_address(room: Classroom, head: Client, lesson: PlanItem, plan_url: str) -> None:
    assert "接线实操" in main_of(head, f"{plan_url}?mode=practice")
    assert "没有安排这种方式的课" in main_of(head, f"{plan_url}?mode=live")


def test_the_class_page_counts_what_waits_for_people(
    room: Classroom, head: Client, lesson: PlanItem, clock: HandClock
) -> None:
    url = f"/institution/classes/{room.training_class.pk}/"
    assert "教学计划 <" not in main_of(head, url)
    clock.at = lesson.ends_at
    objects(room.learner, lesson, clock)
    assert re.search(r"教学计划\s*<span[^>]*>1<", main_of(head, url))
