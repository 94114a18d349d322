"""The learner's own data: seen, revealed, copied, corrected, restricted (clause M2)."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, CorrectionRequest, DeletionRequest
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import StudySession
from jiangxue.rating.models import CourseRating
from tests.attacks.client import Page
from tests.attacks.transports import post_through
from tests.factories import people
from tests.factories.appeals import administrator, appeal
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom, training_class
from tests.factories.ratings import another, finished, rated
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("M2")
HERE = "/learn/my-data/"
CORRECT, DELETION, COPY = f"{HERE}correct/", f"{HERE}deletion/", f"{HERE}copy/"
RIGHT = "11010519491231002X"


def _number(who: Account) -> str:
    return people.id_number(int(who.login_name.removeprefix("person")))


def _asked(client: Client, **said: str) -> str:
    answer = client.post(CORRECT, {"field": "name", "wanted": "李晓明", "reason": "同音字录错", **said})
    assert answer.status_code == 302, main_in(answer.content.decode())
    return f"/institution/corrections/{CorrectionRequest.objects.latest('asked_at').pk}/"


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


def test_a_copy_is_asked_for_by_a_button_alone(learner: Client) -> None:
    assert learner.get(COPY).status_code == 405


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"wanted": "110105194912310021"}, "身份证号第 18 位不符，请核对"),
        ({"wanted": "11010519491231002"}, "身份证号应为 18 位，现在是 17 位，请核对"),
        ({"wanted": "1101O519491231002X"}, "身份证号第 5 位应为数字，请核对"),
        ({"wanted": "11010519491331002X"}, "身份证号第 7 至 14 位不是有效的出生日期"),
        ({"field": "name", "wanted": "李4明"}, "姓名只能包含文字"),
        ({"field": "name", "wanted": "李小明"}, "与已登记的信息相同"),
        ({"field": ""}, "请选择其中一项。"),
        ({"wanted": ""}, "请按身份证填写"),
        ({"reason": ""}, "请写明哪里有误和原因"),
        ({"reason": "。。。"}, "请写明哪里有误和原因"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_and_what_was_typed_stays(
    learner: Client, said: dict[str, str], words: str
) -> None:
    typed = {"field": "id_number", "wanted": RIGHT, "reason": "录入时打错", **said}
    answer = learner.post(CORRECT, typed)
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert words in page
    assert typed["wanted"] in page
    assert typed["reason"] in page
    assert not CorrectionRequest.objects.exists()


def test_a_request_waits_until_an_administrator_of_the_institution_decides(
    room: Classroom, learner: Client, second: Client
) -> None:
    request = _asked(learner, field="id_number", wanted=" 110105-19491231-002x ")
    assert "等待处理" in main_of(learner, CORRECT)
    assert request in main_of(second, "/institution/corrections/")
    page = main_of(second, request)
    assert "11**************2X" in page
    assert RIGHT not in page
    shown = main_in(second.post(f"{request}reveal/", {"why": "check"}).content.decode())
    assert RIGHT in shown
    assert _number(room.learner) in shown
    assert second.post(f"{request}decide/", {"decision": "grant", "reason": "已核对身份证"}).status_code == 302
    page = main_of(learner, CORRECT)
    assert "已更正" in page
    assert "已核对身份证" in page
    fresh = Client()
    assert fresh.post("/sign-in/", {"identifier": RIGHT, "password": people.PASSWORD}).status_code == 302
    assert "没有待处理的更正申请" in main_of(second, "/institution/corrections/")


def test_a_corrected_name_is_written_into_the_archives_anew(room: Classroom, learner: Client, second: Client) -> None:
    second.post(f"{_asked(learner)}decide/", {"decision": "grant", "reason": "已核对身份证"})
    told = [each["data"]["learner"]["name"] for each in events_of(room.enrolment.aid) if "learner" in each["data"]]
    assert sorted(told) == ["李小明", "李晓明"]


def test_a_refusal_names_its_reason_and_changes_nothing(room: Classroom, learner: Client, second: Client) -> None:
    request = _asked(learner)
    second.post(f"{request}decide/", {"decision": "refuse", "reason": "与身份证不符"})
    room.learner.refresh_from_db()
    assert room.learner.name == "李小明"
    assert "与身份证不符" in main_of(learner, CORRECT)


def test_a_decision_without_a_reason_is_none(learner: Client, second: Client) -> None:
    request = _asked(learner)
    assert second.post(f"{request}decide/", {"decision": "grant", "reason": " "}).status_code == 400
    assert second.post(f"{request}decide/", {"reason": "已核对"}).status_code == 400
    assert second.post(f"{request}reveal/", {"why": "other"}).status_code == 400
    assert not AuditEntry.objects.filter(action__in=("correction.granted", "identity.revealed")).exists()


def test_a_number_of_somebody_else_is_told_to_who_decides(learner: Client, second: Client, clock: HandClock) -> None:
    taken = _number(people.account(now=clock.now()))
    request = _asked(learner, field="id_number", wanted=taken)
    answer = second.post(f"{request}decide/", {"decision": "grant", "reason": "已核对身份证"})
    assert answer.status_code == 400
    assert "已属于另一个账号" in main_in(answer.content.decode())
    assert "已核对身份证" in main_in(answer.content.decode())


def test_two_who_decide_at_once_decide_once(room: Classroom, learner: Client, second: Client) -> None:
    request = _asked(learner)
    second.post(f"{request}decide/", {"decision": "refuse", "reason": "与身份证不符"})
    again = second.post(f"{request}decide/", {"decision": "grant", "reason": "已核对"}, follow=True)
    assert "刚刚已由他人处理" in again.content.decode()
    room.learner.refresh_from_db()
    assert room.learner.name == "李小明"


def test_requests_are_for_the_administrators_of_the_own_institution(
    room: Classroom, learner: Client, head: Client, clock: HandClock
) -> None:
    request = _asked(learner)
    elsewhere = client_of(administrator(classroom(clock.now()), clock))
    assert elsewhere.get(request).status_code == 404
    assert elsewhere.post(f"{request}decide/", {"decision": "grant", "reason": "已核对"}).status_code == 404
    assert elsewhere.post(f"{request}reveal/", {"why": "check"}).status_code == 404
    assert request not in main_of(elsewhere, "/institution/corrections/")
    for client in (head, learner, supervisor("4401", clock)):
        assert client.get(request).status_code == 403
    assert AuditEntry.objects.filter(action="identity.revealed").count() == 0


def test_an_administrator_who_learns_does_not_decide_about_themselves(room: Classroom, clock: HandClock) -> None:
    both = people.account((Role.LEARNER, None), (Role.INSTITUTION_ADMINISTRATOR, room.institution.pk), now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=both.pk, now=clock.now())
    client = client_of(both)
    request = _asked(client)
    client.post("/profile/roles/", {"role": both.memberships.get(role=Role.INSTITUTION_ADMINISTRATOR).pk})
    assert client.get(request).status_code == 404
    assert request not in main_of(client, "/institution/corrections/")


def _ask(client: Client) -> None:
    assert client.post(DELETION, {"said": "ask", "understood": "yes"}).status_code == 302


def test_deletion_is_explained_and_asked_once(room: Classroom, learner: Client) -> None:
    page = main_of(learner, DELETION)
    for said in ("至少到 2032-06-30", "限制处理", "checkbox"):
        assert said in page
    assert "checked" not in page
    unconfirmed = learner.post(DELETION, {"said": "ask"})
    assert unconfirmed.status_code == 400
    assert "请先勾选这一项" in main_in(unconfirmed.content.decode())
    assert not DeletionRequest.objects.exists()
    _ask(learner)
    assert learner.post(DELETION, {"said": "ask", "understood": "yes"}).status_code == 409
    assert DeletionRequest.objects.count() == 1


def test_who_asked_for_deletion_sees_everything_and_records_nothing_new(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    finished(room.enrolment, clock.now())
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/"
    Page(post_through(learner), f"{lesson}open/").open()
    _ask(learner)
    assert StudySession.objects.get().end_reason == "by_learner"
    for path in ("/learn/", lesson, f"/learn/classes/{room.training_class.pk}/", f"{lesson}test/"):
        assert "您已申请删除，不再记录新的学习" in main_of(learner, path, 403)
    body = {"window": "1" * 32, "take_over": True}
    opened = learner.post(f"{lesson}open/", body, content_type="application/json")
    assert opened.status_code == 403
    assert "请先在「我的个人信息」里撤回申请" in opened.json()["message"]
    rating = learner.post(f"/learn/classes/{room.training_class.pk}/rating/", {"stars": "4", "comment": "讲得清楚"})
    assert rating.status_code == 403
    assert "讲得清楚" in main_in(rating.content.decode())
    assert not CourseRating.objects.exists()
    for path in (HERE, "/learn/records/", "/learn/consents/", "/profile/"):
        assert learner.get(path).status_code == 200
    assert _copy(learner)["删除申请"]


def test_signing_in_and_taking_it_back_is_enough(room: Classroom, learner: Client) -> None:
    _ask(learner)
    again = Client()
    again.post("/sign-in/", {"identifier": room.learner.login_name, "password": people.PASSWORD})
    assert again.post(DELETION, {"said": "withdraw"}).status_code == 302
    assert again.get("/learn/").status_code == 200
    assert again.post(DELETION, {"said": "withdraw"}).status_code == 409
    assert again.post(DELETION, {"said": "something"}).status_code == 400


def test_staff_see_that_processing_is_restricted_instead_of_a_name(
    room: Classroom, learner: Client, head: Client, clock: HandClock
) -> None:
    lesson = f"/learn/classes/{room.training_class.pk}/lessons/{room.lesson.pk}/open/"
    Page(post_through(learner), lesson).open()
    clock.advance(40_000)
    _ask(learner)
    day = f"days/{room.enrolment.pk}/2026-11-24/"
    for path in ("", "days/", day, f"archives/{room.enrolment.pk}/", f"learners/{room.enrolment.pk}/"):
        page = main_of(head, f"/institution/classes/{room.training_class.pk}/{path}")
        assert "已限制处理" in page, path
        assert "李**" not in page, path
    assert "已限制处理" not in main_of(head, f"/institution/classes/{room.training_class.pk}/?q=李")
    reveal = f"learners/{room.enrolment.pk}/reveal/"
    assert head.post(f"/institution/classes/{room.training_class.pk}/{reveal}", {"why": "check"}).status_code == 403
    authority = supervisor("4401", clock)
    shown = authority.post(f"/region/classes/{room.training_class.pk}/{reveal}", {"why": "report"})
    assert "李小明" in main_in(shown.content.decode())


def test_comments_of_who_asked_for_deletion_are_shown_to_nobody(
    room: Classroom, clock: HandClock, client: Client
) -> None:
    place = another(room.training_class, clock.now(), name="赵强")
    rated(place, clock.now(), 2, "实操太少")
    _ask(client_of(place.learner))
    assert "实操太少" not in main_of(client, f"/courses/{room.training_class.course_id}/")
    staff = main_of(client_of(room.head_teacher), f"/institution/classes/{room.training_class.pk}/ratings/")
    assert "赵" not in staff


def test_a_request_that_no_address_names_is_no_page(second: Client) -> None:
    assert second.get(f"/institution/corrections/{UUID(int=7)}/").status_code == 404
