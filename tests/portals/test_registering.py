"""Registering oneself and setting a forgotten password anew, as people do it: plain words, nothing typed is lost (clauses M1, M2)."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from jiangxue.accounts.models import Account
from jiangxue.accounts.queries import account_by_identifier
from jiangxue.accounts.queries.consents import has_agreed
from jiangxue.accounts.queries.persons import person_in_full
from jiangxue.accounts.rules.consents import PURPOSES, Purpose
from jiangxue.kernel.clock import HandClock
from tests.factories import people
from tests.factories.registering import BROKEN, CONTRADICTING, NUMBER, PHONE, SILENT
from tests.portals.clients import main_in, main_of

REGISTER, RECOVER = "/register/", "/recover/"
WHO = {
    "name": "王建国",
    "id_type": "resident",
    "id_number": "１１０１０５１９４９１２３１００２ｘ",
    "phone": "139-0000 2222",
    "agree": "on",
    "keep_phone": "on",
    "version_processing": str(PURPOSES[Purpose.PROCESSING].version),
    "version_phone": "1",
}
SECRETS = {"new_password": people.PASSWORD, "new_password_again": people.PASSWORD}
NEW = "Anders-2027"
MINUTE_MS = 60_000

pytestmark = pytest.mark.usefixtures("db", "clock")


def _page(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status
    return main_in(response.content.decode())


def _code(page: str) -> str:
    found = re.search(r'class="code figure">([0-9]{6})<', page)
    assert found is not None
    return found[1]


def _sent(client: Client, **other: str) -> str:
    return _code(_page(client.post(REGISTER, {**WHO, "step": "send", **other})))


def _finish(client: Client, code: str, **other: str) -> HttpResponse:
    return client.post(REGISTER, {**WHO, **SECRETS, "code": code, "shown_code": code, "step": "finish", **other})


def _registered(client: Client, **other: str) -> Account:
    assert _finish(client, _sent(client, **other), **other).status_code == 302
    account = account_by_identifier(other.get("id_number", NUMBER))
    assert account is not None
    return account


@pytest.mark.clause("M1", "M2")
def test_who_registers_is_signed_in_and_lands_on_home(client: Client) -> None:
    response = client.post(REGISTER, {**WHO, **SECRETS, "code": _sent(client), "step": "finish"}, follow=True)
    assert response.request["PATH_INFO"] == "/learn/"
    assert "注册成功，实名认证已通过（演示核验源）。以后用证件号码登录。" in response.content.decode()
    account = account_by_identifier(NUMBER)
    assert account is not None
    assert person_in_full(account.pk).phone == PHONE
    assert "实名认证" in main_of(client, "/learn/my-data/")


@pytest.mark.clause("M1")
def test_one_wrong_digit_is_named_and_everything_typed_stays(client: Client) -> None:
    page = _page(client.post(REGISTER, {**WHO, "id_number": "110105194912310021", "step": "send"}), 400)
    assert "身份证号第 18 位不符，请核对。" in page
    for typed in ("王建国", "110105194912310021", "139-0000 2222"):
        assert f'value="{typed}"' in page
    assert page.count("checked") == 2


@pytest.mark.clause("M1")
def test_the_same_number_a_second_time_is_refused_with_the_way_to_the_account(client: Client) -> None:
    _registered(client)
    other = Client()
    code = _sent(other, phone="13900003333")
    page = _page(_finish(other, code, phone="13900003333"), 400)
    assert "这个证件已注册过账号。请用证件号直接登录" in page
    assert f'href="{RECOVER}"' in page
    assert 'value="13900003333"' in page
    assert people.PASSWORD not in page
    assert Account.objects.count() == 1


@pytest.mark.clause("M1")
def test_a_stranger_hears_the_same_of_a_number_that_is_registered_and_of_one_that_is_not(client: Client) -> None:
    _registered(client)
    stranger = Client()
    taken = {"name": "李四", "phone": "13900003333"}
    free = {"name": "李四", "phone": "13900004444", "id_number": people.id_number(7)}
    of_taken = _page(_finish(stranger, _sent(stranger, **taken), **taken), 400)
    with override_settings(IDENTITY_SOURCE=CONTRADICTING):
        of_free = _page(_finish(stranger, _sent(stranger, **free), **free), 400)
    for page in (of_taken, of_free):
        assert "姓名和证件号没有通过核验" in page
        assert "已注册过" not in page


def test_the_page_says_who_verifies_and_that_a_demonstration_is_one(client: Client) -> None:
    page = main_of(client, REGISTER)
    assert "姓名和证件号由「演示核验源」核验。" in page
    assert "不是公共核验机构" in page
    sent = _page(client.post(REGISTER, {**WHO, "step": "send"}))
    assert "演示：没有发送短信。" in sent
    with override_settings(IDENTITY_SOURCE=SILENT):
        assert "不是公共核验机构" not in main_of(client, REGISTER)


@pytest.mark.clause("M2")
def test_nothing_is_ticked_beforehand_and_the_text_stands_on_the_page(client: Client) -> None:
    page = main_of(client, REGISTER)
    assert "checked" not in page
    assert "保存多久" in page
    declined = {name: typed for name, typed in WHO.items() if name != "agree"}
    page = _page(client.post(REGISTER, {**declined, "step": "send"}), 400)
    assert "不同意，就不能在本平台学习" in page


@pytest.mark.clause("M2")
def test_the_mobile_number_is_kept_only_for_who_wants_that(client: Client) -> None:
    without = {name: typed for name, typed in WHO.items() if name != "keep_phone"}
    code = _code(_page(client.post(REGISTER, {**without, "step": "send"})))
    client.post(REGISTER, {**without, **SECRETS, "code": code, "step": "finish"})
    account = account_by_identifier(NUMBER)
    assert account is not None
    assert person_in_full(account.pk).phone == ""
    assert not has_agreed(account.pk, Purpose.PHONE)


def test_a_text_that_has_changed_is_asked_again(client: Client) -> None:
    code = _sent(client)
    page = _page(_finish(client, code, version_processing="0"), 409)
    assert "文本刚刚更新" in page
    assert 'name="version_processing" value="2"' in page


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"code": "000000"}, "验证码不对，还可以再试 4 次。"),
        ({"code": ""}, "请填写验证码。"),
        ({"new_password": "kurz"}, "密码"),
        ({"new_password": "王建国2026年", "new_password_again": "王建国2026年"}, "密码"),
        ({"new_password_again": "Anders-2027"}, "两次输入的新密码不一样"),
    ],
)
def test_what_is_wrong_on_the_second_page_is_said_there_and_the_code_still_holds(
    client: Client, other: dict[str, str], said: str
) -> None:
    code = _sent(client)
    page = _page(_finish(client, **{"code": code, **other, "shown_code": code}), 400)  # type: ignore[arg-type]
    assert said in page
    assert _code(page) == code
    for secret in ("Anders-2027", people.PASSWORD):
        assert secret not in page
    assert 'name="name" value="王建国"' in page
    assert _finish(client, code).status_code == 302


def test_going_back_to_mend_keeps_everything_and_the_code(client: Client, clock: HandClock) -> None:
    code = _sent(client)
    page = _page(client.post(REGISTER, {**WHO, "shown_code": code, "step": "back"}))
    assert 'value="王建国"' in page
    clock.advance(MINUTE_MS // 2)
    page = _page(client.post(REGISTER, {**WHO, "shown_code": code, "step": "send"}))
    assert _code(page) == code
    assert re.search(r"已经发出，\d\d:\d\d:\d\d 后可以重新发送", page)
    assert _finish(client, code).status_code == 302


def test_a_code_is_shown_only_where_it_was_sent_by_a_demonstration(client: Client) -> None:
    with override_settings(CODE_SENDER=BROKEN):
        page = _page(client.post(REGISTER, {**WHO, "step": "send", "shown_code": "123456"}), 503)
        assert "短信没有发出去" in page
        assert "123456" not in page
    page = _page(client.post(REGISTER, {**WHO, "step": "finish", "shown_code": "<b>1", "code": "1"}), 400)
    assert "<b>1" not in page


def test_too_many_codes_are_refused_with_the_time(client: Client, clock: HandClock) -> None:
    for _ in range(10):
        _sent(client)
        clock.advance(6 * MINUTE_MS)
    page = _page(client.post(REGISTER, {**WHO, "step": "send"}), 429)
    assert "操作次数太多，请在 11-25 09:00:00 后再试。" in page
    assert 'value="王建国"' in page


def test_a_source_that_is_silent_is_said_and_tried_again(client: Client) -> None:
    with override_settings(IDENTITY_SOURCE=SILENT):
        code = _sent(client)
        response = client.post(REGISTER, {**WHO, **SECRETS, "code": code, "step": "finish"}, follow=True)
        assert "无应答核验源暂时没有回应，稍后会自动再次核验" in response.content.decode()


def test_without_providers_there_is_no_page_and_no_way_to_it(client: Client) -> None:
    for page in ("/sign-in/", "/courses/"):
        assert f'href="{REGISTER}"' in client.get(page).content.decode()
    with override_settings(CODE_SENDER=""):
        assert client.get(REGISTER).status_code == client.get(RECOVER).status_code == 404
        for page in ("/sign-in/", "/courses/"):
            assert f'href="{REGISTER}"' not in client.get(page).content.decode()
    with override_settings(IDENTITY_SOURCE=""):
        assert client.get(REGISTER).status_code == 404
        assert client.get(RECOVER).status_code == 200


def test_who_is_signed_in_does_not_register(client: Client) -> None:
    _registered(client)
    assert client.get(REGISTER).status_code == 302


@pytest.mark.parametrize(
    "odd",
    [
        {"id_type": "library_card"},
        {"name": "\x00"},
        {"id_number": "9" * 500},
        {"phone": "漢" * 400},
        {"version_processing": "x"},
        {"version_phone": "99999999999999999999"},
    ],
)
def test_nonsense_is_refused_in_words(client: Client, odd: dict[str, str]) -> None:
    assert client.post(REGISTER, {**WHO, "step": "send", **odd}).status_code == 400
    assert client.post(REGISTER, {**WHO, **SECRETS, "code": "1", "step": "finish", **odd}).status_code == 400


@pytest.mark.clause("M3")
def test_a_forgotten_password_is_set_anew_and_other_browsers_are_signed_out(client: Client, clock: HandClock) -> None:
    _registered(client)
    clock.advance(MINUTE_MS)
    other = Client()
    code = _code(_page(other.post(RECOVER, {"phone": PHONE, "step": "send"})))
    claim = {"phone": PHONE, "code": code, "number_end": "31002x", "step": "finish"}
    answer = other.post(RECOVER, {**claim, "new_password": NEW, "new_password_again": NEW}, follow=True)
    assert "密码已更换，请用新密码登录。" in answer.content.decode()
    assert client.get("/learn/").status_code == 302
    assert other.post("/sign-in/", {"identifier": PHONE, "password": NEW}).status_code == 302


@pytest.mark.clause("M3")
def test_recovering_looks_the_same_whether_or_not_a_number_is_known(client: Client, clock: HandClock) -> None:
    _registered(client)
    clock.advance(MINUTE_MS)
    stranger, pages = Client(), []
    for phone in (PHONE, "13900009999"):
        sent = _page(stranger.post(RECOVER, {"phone": phone, "step": "send"}))
        claim = {"phone": phone, "code": _code(sent), "number_end": "000000", "step": "finish"}
        wrong = _page(stranger.post(RECOVER, {**claim, "new_password": NEW, "new_password_again": NEW}), 400)
        assert "手机号和证件号对不上，或没有账号登记这个手机号" in wrong
        assert NEW not in wrong
        pages.append([_bare(page, phone) for page in (sent, wrong)])
    assert pages[0] == pages[1]


def _bare(page: str, phone: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(phone, "…"))


@pytest.mark.parametrize("typed", ["", "12900001234", "hello"])
def test_a_wrong_number_to_recover_by_is_said(client: Client, typed: str) -> None:
    page = _page(client.post(RECOVER, {"phone": typed, "step": "send"}), 400)
    assert "手机号" in page
    assert f'value="{typed}"' in page or not typed
