"""Learners ask for a correction of name or number, administrators of their institution decide (clause M2)."""

from uuid import UUID

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, CorrectionRequest
from jiangxue.audit.models import AuditEntry
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.archives import events_of
from tests.factories.classes import Classroom, classroom
from tests.portals.clients import client_of, main_in, main_of, supervisor

pytestmark = pytest.mark.clause("M2")
CORRECT = "/learn/my-data/correct/"
RIGHT = "11010519491231002X"


def _number(who: Account) -> str:
    return people.id_number(int(who.login_name.removeprefix("person")))


def _asked(client: Client, **said: str) -> str:
    answer = client.post(CORRECT, {"field": "name", "wanted": "李晓明", "reason": "同音字录错", **said})
    assert answer.status_code == 302, main_in(answer.content.decode())
    return f"/institution/corrections/{CorrectionRequest.objects.latest('asked_at').pk}/"


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


@pytest.mark.clause("T8.1")
def test_the_archive_says_under_which_name_it_was_kept_before(
    room: Classroom, learner: Client, second: Client, head: Client, clock: HandClock
) -> None:
    page = f"/institution/classes/{room.training_class.pk}/archives/{room.enrolment.pk}/"
    assert "更正前登记为" not in main_of(head, page)
    clock.advance(60_000)
    second.post(f"{_asked(learner)}decide/", {"decision": "grant", "reason": "已核对证件"})
    said = main_of(head, page)
    assert "更正前登记为" in said
    assert "李**" in said
    assert "李小明" not in said
    assert "李小明" in main_of(learner, f"/learn/classes/{room.training_class.pk}/archive/")


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


def test_a_request_that_no_address_names_is_no_page(second: Client) -> None:
    assert second.get(f"/institution/corrections/{UUID(int=7)}/").status_code == 404
