"""The learner's own data: seen, revealed, copied, corrected, restricted (clause M2)."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor, record
from jiangxue.enrolment.services import enrol
from jiangxue.enrolment.services.rosters import RosterDraft
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from tests.factories import people
from tests.factories.appeals import appeal
from tests.factories.classes import Classroom, training_class
from tests.factories.identity import one_of_each
from tests.factories.openings import listed, office, started
from tests.factories.ratings import another, rated
from tests.portals.clients import client_of, main_in, main_of

pytestmark = pytest.mark.clause("M2")
HERE = "/learn/my-data/"
CORRECT, DELETION, COPY = f"{HERE}correct/", f"{HERE}deletion/", f"{HERE}copy/"


def _number(who: Account) -> str:
    return people.id_number(int(who.login_name.removeprefix("person")))


def test_the_page_says_what_is_held_for_how_long_and_who_sees_it(room: Classroom, learner: Client) -> None:
    page = main_of(learner, HERE)
    for said in ("李**", "1 个班级", "0 次学习", "至少到 2032-06-30", "班主任", "不少于 180 天", "还没有人查看过"):
        assert said in page
    assert _number(room.learner) not in page


def test_own_data_in_full_is_shown_once_and_recorded(room: Classroom, learner: Client) -> None:
    shown = main_in(learner.post(f"{HERE}reveal/").content.decode())
    assert _number(room.learner) in shown
    assert "李小明" in shown
    assert AuditEntry.objects.get(action="numbers.revealed").actor_id == room.learner.pk
    assert _number(room.learner) not in main_of(learner, HERE)


def test_profile_and_menu_lead_there(learner: Client, head: Client) -> None:
    assert HERE in learner.get("/profile/").content.decode()
    assert HERE in learner.get("/learn/").content.decode()
    assert HERE not in head.get("/profile/").content.decode()


def test_it_is_for_learners_and_works_without_consent(room: Classroom, head: Client, clock: HandClock) -> None:
    newcomer = client_of(people.undecided(clock.now()))
    for path in (HERE, CORRECT, DELETION, f"{HERE}phone/"):
        assert head.get(path).status_code == 403
        assert newcomer.get(path).status_code == 200


def test_a_learner_sees_who_looked_by_role_and_reason(room: Classroom, learner: Client, head: Client) -> None:
    page = f"/institution/classes/{room.training_class.pk}/learners/{room.enrolment.pk}/reveal/"
    head.post(page, {"why": "contact", "detail": "补交承诺书"})
    seen = main_of(learner, HERE)
    assert "班主任" in seen
    assert "联系学员：补交承诺书" in seen
    assert "王老师" not in seen


def test_who_had_the_archive_as_a_file_is_among_them(room: Classroom, learner: Client, clock: HandClock) -> None:
    acts = (("head_teacher", room.head_teacher.pk, "存档备查"), ("learner", room.learner.pk, ""))
    for role, account_id, reason in acts:
        by = Actor(account_id, role, "203.0.113.7")
        record("archive.given_out", by=by, at=clock.now(), about=("enrolment", room.enrolment.pk), reason=reason)
    seen = main_of(learner, HERE)
    assert "存档备查" in seen
    assert seen.count("班主任</strong>") == 1
    assert "学员</strong>" not in seen


def _copy(client: Client) -> dict[str, list[dict[str, object]]]:
    answer = client.post(COPY)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    copied: dict[str, list[dict[str, object]]] = json.loads(answer.content)
    return copied


def test_the_copy_holds_everything_and_nothing_of_others(room: Classroom, clock: HandClock) -> None:
    place = another(room.training_class, clock.now(), name="赵强")
    rated(place, clock.now(), 2, "实操太少")
    rated(place, clock.now() + timedelta(minutes=1), 4, "补了实操")
    other = another(room.training_class, clock.now(), name="欧阳慧敏")
    rated(other, clock.now(), 1, "别人的评语")
    browser = Client()
    browser.post("/sign-in/", {"identifier": place.learner.login_name, "password": people.PASSWORD})
    copied = _copy(browser)
    (identity,) = copied["身份信息"]
    assert (identity["姓名"], identity["身份证号"]) == ("赵强", _number(place.learner))
    assert [each["班级"] for each in copied["班级"]] == ["低压电工一班"]
    assert copied["同意记录"][0]["用途"] == "公开展示课程评价"
    assert len(copied["登录记录"]) == 1
    (rating,) = copied["课程评价"]
    assert (rating["星级"], rating["评语"]) == (4, "补了实操")
    assert [each["评语"] for each in rating["修改前的内容"]] == ["实操太少"]
    text = json.dumps(copied, ensure_ascii=False)
    assert "别人的评语" not in text
    assert "欧阳慧敏" not in text
    assert AuditEntry.objects.get(action="own_data.copied").actor_id == place.learner.pk


def test_the_copy_holds_sessions_appeals_and_classes_that_were_left(
    room: Classroom, learner: Client, session: StudySession, clock: HandClock
) -> None:
    appeal(session, clock.now())
    second = training_class(room.institution, now=clock.now())
    left = enrol(class_id=second.pk, learner_id=room.learner.pk, now=clock.now())
    left.left_at = clock.now()
    left.save()
    copied = _copy(learner)
    assert len(copied["班级"]) == 2
    assert [each["班级"] for each in copied["学习记录"]] == ["低压电工一班"]
    assert len(copied["按日学习时间"]) == 1
    assert copied["按日学习时间"][0]["在线时长（秒）"] > 0
    (appealed,) = copied["申诉"]
    assert appealed["申诉内容"]


def test_the_copy_holds_what_people_said_of_who_learned(
    room: Classroom, learner: Client, session: StudySession, clock: HandClock
) -> None:
    one_of_each(session, room, clock.now())
    copied = _copy(learner)
    (review,) = copied["人脸复核"]
    assert review["结果"] == "确认是本人"
    (statement,) = copied["人工核验"]
    assert "视频通话核验本人，核对身份证" in statement["结果"]
    assert [step["结果"] for step in statement["处理过程"]] == ["签认"]


def test_a_copy_is_asked_for_by_a_button_alone(learner: Client) -> None:
    assert learner.get(COPY).status_code == 405


def test_a_line_of_a_roster_that_another_institution_writes_is_shown_and_copied(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    """Row-level security keeps rosters to their institutions: the page looks beyond for one's own line."""
    elsewhere = office(clock.now())
    line = RosterDraft(room.learner.name, IdType.RESIDENT, _number(room.learner), "13912345678")
    listed(elsewhere, started(elsewhere, clock.now()), line, now=clock.now())
    page = main_of(learner, HERE)
    assert elsewhere.institution.name in page
    assert "139****5678" in page
    (copied,) = _copy(learner)["名册中的记录"]
    assert elsewhere.institution.name in copied.values()
