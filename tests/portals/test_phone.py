"""The learner's own mobile number: proved by a code, kept with the password and the consent, and nobody else's is told (clauses M1, M2)."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom
from tests.portals.clients import client_of, main_in, main_of

PHONE = "/learn/my-data/phone/"


def _sent(browser: Client, typed: str) -> str:
    """Have a code sent to a number and return it."""
    page = main_in(browser.post(PHONE, {"phone": typed, "version": "1", "step": "send"}).content.decode())
    found = re.search(r'class="code figure">([0-9]{6})<', page)
    return found[1] if found else ""


def _kept(browser: Client, typed: str, **other: str) -> HttpResponse:
    """Enter a number with the code that came to it and the password."""
    proof = {"code": _sent(browser, typed), "password": people.PASSWORD, "version": "1", "step": "finish"}
    return browser.post(PHONE, {"phone": typed, **proof, **other})


@pytest.mark.clause("M1")
def test_a_number_typed_in_any_form_is_kept_and_signs_in(room: Classroom, learner: Client) -> None:
    assert _kept(learner, "１３９-0000 1234").url == "/learn/consents/"
    assert "139****1234" in main_of(learner, PHONE)
    fresh = Client()
    assert fresh.post("/sign-in/", {"identifier": "13900001234", "password": people.PASSWORD}).status_code == 302
    assert AuditEntry.objects.filter(action="phone.changed", actor_id=room.learner.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"), [("12900001234", "手机号应为 11 位"), ("1390000123", "手机号应为 11 位"), ("", "请填写手机号")]
)
def test_no_code_goes_to_what_is_no_number(learner: Client, typed: str, said: str) -> None:
    answer = learner.post(PHONE, {"phone": typed, "version": "1", "step": "send"})
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert said in page
    assert f'value="{typed}"' in page or not typed


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"code": "000000"}, "验证码不对"),
        ({"code": ""}, "请填写验证码"),
        ({"phone": "13900009999"}, "这个验证码已失效"),
        ({"password": "wrong-password-1"}, "当前密码不对"),
        ({"version": "0"}, "文本刚刚更新"),
    ],
)
def test_what_is_wrong_with_the_proof_is_said_and_the_number_stays_typed(
    learner: Client, other: dict[str, str], said: str
) -> None:
    answer = _kept(learner, "13900001234", **other)
    page = main_in(answer.content.decode())
    assert answer.status_code == 400
    assert said in page
    assert f'value="{other.get("phone", "13900001234")}"' in page
    assert people.PASSWORD not in page
    assert not AuditEntry.objects.filter(action="phone.changed").exists()


@pytest.mark.clause("M1")
def test_a_number_of_somebody_else_is_refused_to_nobody_but_its_holder(
    room: Classroom, learner: Client, clock: HandClock
) -> None:
    other = people.account(now=clock.now())
    taken = f"138{int(other.login_name.removeprefix('person')):08d}"
    sent = learner.post(PHONE, {"phone": taken, "version": "1", "step": "send"})
    assert sent.status_code == 200
    assert "已被另一个账号使用" not in main_in(sent.content.decode())
    clock.advance(60_000)
    answer = _kept(learner, taken)
    assert answer.status_code == 400
    assert "已被另一个账号使用" in main_in(answer.content.decode())


def test_guessing_the_password_of_the_number_locks_as_the_sign_in_does(learner: Client) -> None:
    code = _sent(learner, "13900001234")
    proof = {"phone": "13900001234", "code": code, "version": "1", "step": "finish"}
    for _ in range(5):
        learner.post(PHONE, {**proof, "password": "wrong-password-1"})
    assert "09:30" in main_in(learner.post(PHONE, {**proof, "password": people.PASSWORD}).content.decode())


def test_agreeing_to_keep_a_number_that_is_gone_asks_for_it(room: Classroom, learner: Client) -> None:
    learner.post("/learn/consents/phone/", {"said": "decline", "version": "1"})
    assert learner.post("/learn/consents/phone/", {"said": "agree", "version": "1"}).url == PHONE
    assert not has_agreed(room.learner.pk, Purpose.PHONE)
    _kept(learner, "13900001234")
    assert has_agreed(room.learner.pk, Purpose.PHONE)


def test_somebody_without_an_identity_number_keeps_no_mobile_number(room: Classroom, clock: HandClock) -> None:
    who = people.account((Role.LEARNER, None), now=clock.now())
    who.identity.delete()
    answer = client_of(who).post(PHONE, {"phone": "13900001234", "version": "1", "step": "send"})
    assert answer.status_code == 400
    assert "没有登记身份证号" in main_in(answer.content.decode())


@override_settings(CODE_SENDER="")
def test_where_nobody_sends_codes_no_number_is_asked_for(learner: Client) -> None:
    assert learner.get(PHONE).status_code == 404
    assert PHONE not in main_of(learner, "/learn/my-data/")
