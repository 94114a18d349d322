"""Staff give a code of their phone after the password, whichever role they look through. Clause M3."""

from collections.abc import Callable

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, RecoveryCode, SecondFactor
from jiangxue.accounts.services import second_factor
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.totp import STEP_S, code_at, step_at
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.factories.classes import Classroom, institution
from tests.portals.clients import client_of, main_of

pytestmark = [pytest.mark.clause("M3"), pytest.mark.usefixtures("real_second_factor")]

CODE = "/sign-in/code/"
SET_UP = "/sign-in/set-up/"
ROOM = "/institution/classes/"


@pytest.fixture
def teacher(room: Classroom) -> Account:
    return room.head_teacher


@pytest.fixture
def phone(teacher: Account, clock: HandClock) -> Callable[[], str]:
    """Return the phone of the head teacher, on which the second factor is set up; asked again, it shows the next code."""
    second_factor.begin(teacher)
    secret = reveal_bytes(SecondFactor.objects.get(account=teacher), "secret")

    def show() -> str:
        clock.advance(STEP_S * 1000)
        return code_at(secret, step_at(clock.now()))

    second_factor.set_up(teacher, code=show(), by=Actor(teacher.pk), now=clock.now())
    return show


def test_without_the_code_no_page_of_staff_opens(teacher: Account, phone: Callable[[], str]) -> None:
    client = client_of(teacher)
    for address in (ROOM, "/profile/", "/profile/password/", "/profile/roles/", "/"):
        assert client.get(address).url == f"{CODE}?next={address}"
    assert client.post("/profile/numbers/").url == f"{CODE}?next=/"


def test_the_code_leads_where_one_wanted_to_go(teacher: Account, phone: Callable[[], str]) -> None:
    client = client_of(teacher)
    assert "请输入验证码" in main_of(client, f"{CODE}?next={ROOM}")
    assert client.post(CODE, {"code": phone(), "next": ROOM}).url == ROOM
    assert client.get(ROOM).status_code == 200
    assert AuditEntry.objects.filter(action="second_factor.given", actor_id=teacher.pk, result="done").exists()


def test_a_session_that_was_copied_before_the_code_is_worth_nothing_after_it(
    teacher: Account, phone: Callable[[], str]
) -> None:
    client, copied = client_of(teacher), Client()
    copied.cookies["sessionid"] = client.cookies["sessionid"].value
    assert copied.get(ROOM).url == f"{CODE}?next={ROOM}"
    client.post(CODE, {"code": phone()})
    assert client.get(ROOM).status_code == 200
    assert copied.get(ROOM).url.startswith("/sign-in/?next=")


def test_no_other_site_is_led_to(teacher: Account, phone: Callable[[], str]) -> None:
    assert client_of(teacher).post(CODE, {"code": phone(), "next": "https://evil.example/"}).url == "/"


def test_a_wrong_code_is_said_and_five_lock(teacher: Account, phone: Callable[[], str]) -> None:
    client = client_of(teacher)
    for _ in range(5):
        answer = client.post(CODE, {"code": "000000"})
        assert answer.status_code == 400
        assert "验证码不对" in answer.content.decode()
    answer = client.post(CODE, {"code": phone()})
    assert answer.status_code == 429
    assert "之后再试" in answer.content.decode()
    assert client.get(ROOM).status_code == 302


def test_a_code_given_once_opens_no_second_browser(teacher: Account, phone: Callable[[], str]) -> None:
    code = phone()
    assert client_of(teacher).post(CODE, {"code": code}).status_code == 302
    assert client_of(teacher).post(CODE, {"code": code}).status_code == 400


def test_nothing_typed_is_said(teacher: Account, phone: Callable[[], str]) -> None:
    answer = client_of(teacher).post(CODE, {"code": " "})
    assert answer.status_code == 400
    assert "请输入手机应用显示的六位数字" in answer.content.decode()


def test_whoever_has_none_sets_it_up_first(teacher: Account, clock: HandClock) -> None:
    client = client_of(teacher)
    assert client.get(f"{CODE}?next={ROOM}").url == f"{SET_UP}?next=%2Finstitution%2Fclasses%2F"
    page = main_of(client, SET_UP)
    assert "<svg" in page
    secret = reveal_bytes(SecondFactor.objects.get(account=teacher), "secret")
    assert client.post(SET_UP, {"code": "000000"}).status_code == 400
    answer = client.post(SET_UP, {"code": code_at(secret, step_at(clock.now())), "next": ROOM}).content.decode()
    assert answer.count('class="code"') == 10
    assert f'href="{ROOM}"' in answer
    assert client.get(ROOM).status_code == 200
    assert client.get(SET_UP).url == CODE


def test_the_secret_is_not_shown_once_it_is_set_up(teacher: Account, phone: Callable[[], str]) -> None:
    assert client_of(teacher).get(SET_UP).url == CODE


def test_a_recovery_code_lets_in_once(teacher: Account, clock: HandClock) -> None:
    secret = second_factor.begin(teacher)
    by = Actor(teacher.pk)
    codes = second_factor.set_up(teacher, code=code_at(secret, step_at(clock.now())), by=by, now=clock.now())
    typed = codes[3].lower().replace("-", " ")
    assert client_of(teacher).post(CODE, {"code": typed}).status_code == 302
    assert client_of(teacher).post(CODE, {"code": typed}).status_code == 400
    assert RecoveryCode.objects.filter(account=teacher, used_at=None).count() == 9
    assert AuditEntry.objects.filter(action="recovery_code.used").count() == 1


def test_fresh_recovery_codes_replace_the_old_after_a_code(teacher: Account, phone: Callable[[], str]) -> None:
    client = client_of(teacher)
    client.post(CODE, {"code": phone()})
    old = set(RecoveryCode.objects.values_list("code_index", flat=True))
    assert "10 个恢复码" in main_of(client, "/profile/recovery-codes/")
    assert client.post("/profile/recovery-codes/", {"code": "111111"}).status_code == 400
    assert client.post("/profile/recovery-codes/", {"code": phone()}).content.decode().count('class="code"') == 10
    assert not old & set(RecoveryCode.objects.values_list("code_index", flat=True))


def test_who_learns_beside_working_gives_it_also_for_learning(clock: HandClock, db: None) -> None:
    both = people.account((Role.LEARNER, None), (Role.TEACHER, institution().pk), now=clock.now())
    assert client_of(both).get("/learn/").url == f"{CODE}?next=/learn/"


def test_learners_are_not_asked(room: Classroom) -> None:
    client = client_of(room.learner)
    assert client.get("/learn/").status_code == 200
    assert client.get(CODE).url == "/"


def test_setting_it_up_anew_asks_every_browser_again(teacher: Account, phone: Callable[[], str]) -> None:
    client = client_of(teacher)
    client.post(CODE, {"code": phone()})
    second_factor.forget_second_factor(teacher.pk)
    assert client.get(ROOM).url == f"{CODE}?next={ROOM}"


def test_a_browser_session_of_one_opens_nothing_of_another(
    teacher: Account, phone: Callable[[], str], clock: HandClock
) -> None:
    client = client_of(teacher)
    client.post(CODE, {"code": phone()})
    other = people.account((Role.SUPERVISOR, institution().pk), now=clock.now())
    client.force_login(other)
    assert client.get("/").url == f"{CODE}?next=/"
