"""Staff who have forgotten their password get a link from a colleague and give their own second factor; no colleague gets in by it. Clause M3; decision 0047."""

import re

import pytest
from django.test import Client

from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.services import change_password
from jiangxue.accounts.services.staff import end_role
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.models import Organisation
from tests.factories import people
from tests.factories.appeals import administrator
from tests.factories.classes import Classroom
from tests.factories.phones import code_of
from tests.portals.clients import client_of, main_of
from tests.portals.told import open_all, sentences

pytestmark = pytest.mark.clause("M3")

STAFF = "/institution/staff/"
WHY = {"reason": "忘记密码，已电话核实"}
FRESH = "Wintergruen#88"
CHOSEN = {"new_password": FRESH, "new_password_again": FRESH}


@pytest.fixture
def desk(principal: Account) -> Client:
    return client_of(principal)


@pytest.fixture
def head(room: Classroom) -> Account:
    """Return somebody whose second factor is set up."""
    code_of(client_of(room.head_teacher))
    return room.head_teacher


def code(of: Account) -> str:
    return code_of(client_of(of))


def at(of: Account, act: str = "password") -> str:
    return f"{STAFF}roles/{of.memberships.get(organisation__isnull=False).pk}/{act}/"


def made(desk: Client, of: Account) -> str:
    """Return the path of the link that a colleague makes."""
    page = desk.post(at(of), WHY).content.decode()
    found = re.search(r'href="http://testserver(/set-password/[^"]+)"', page)
    assert found, page
    return found[1]


def may_sign_in(who: Account, password: str) -> bool:
    return Client().post("/sign-in/", {"identifier": who.login_name, "password": password}).status_code == 302


def test_a_link_and_the_own_second_factor_set_a_new_password_once(
    desk: Client, head: Account, real_second_factor: None, principal: Account
) -> None:
    code_of(desk)
    assert desk.post("/sign-in/code/", {"code": code_of(desk)}).status_code == 302
    elsewhere = client_of(head)
    link, own = made(desk, head), Client()
    page = own.get(link).content.decode()
    assert head.login_name in page
    assert head.name not in page
    assert own.post(link, {**CHOSEN, "code": code(head)}).url == "/"
    assert own.get("/institution/classes/").status_code == 200, "signed in, and the second factor given"
    assert elsewhere.get("/institution/classes/").status_code == 302
    assert (may_sign_in(head, FRESH), may_sign_in(head, people.PASSWORD)) == (True, False)
    assert "链接已失效" in Client().post(link, {**CHOSEN, "code": code(head)}).content.decode()
    acts = AuditEntry.objects.filter(object_kind="account", object_id=str(head.pk), result="done")
    assert acts.get(action="password.link_made").reason == WHY["reason"]
    assert acts.get(action="password.link_made").actor_id == principal.pk
    assert acts.get(action="password.set_by_link").actor_id == head.pk


@pytest.mark.parametrize(("typed", "said"), [("000000", "验证码不对"), ("", "请输入手机应用显示的六位数字")])
def test_the_link_alone_sets_nothing(desk: Client, head: Account, typed: str, said: str) -> None:
    link = made(desk, head)
    answer = Client().post(link, {**CHOSEN, "code": typed})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert may_sign_in(head, people.PASSWORD)


def test_codes_on_links_are_counted_apart_so_that_a_leaked_one_locks_nobody_out(
    desk: Client, head: Account, real_second_factor: None
) -> None:
    code_of(desk)
    desk.post("/sign-in/code/", {"code": code_of(desk)})
    links, right = [made(desk, head) for _ in range(2)], code(head)
    ends = [Client().post(links[number % 2], {**CHOSEN, "code": "000000"}).status_code for number in range(11)]
    assert ends == [400] * 10 + [429]
    assert Client().post(links[0], {**CHOSEN, "code": right}).status_code == 429
    assert may_sign_in(head, people.PASSWORD)
    assert client_of(head).post("/sign-in/code/", {"code": right}).status_code == 302
    refused = AuditEntry.objects.filter(action="password.set_by_link", result="refused")
    assert set(refused.values_list("actor_id", "object_id")) == {(None, str(head.pk))}


def test_a_weak_password_spends_neither_link_nor_code(desk: Client, head: Account) -> None:
    link, right = made(desk, head), code(head)
    weak = {"new_password": "12345678", "new_password_again": "12345678", "code": right}
    assert Client().post(link, weak).status_code == 400
    assert Client().post(link, {**CHOSEN, "code": right}).status_code == 302


def test_who_has_no_second_factor_gets_no_link_for_it_would_be_the_account(
    desk: Client, head: Account, room: Classroom, clock: HandClock
) -> None:
    """Not even by two colleagues: the second may be an account that the first has invited."""
    other = client_of(administrator(room, clock))
    assert other.post(at(head, "second-factor"), WHY).status_code == 302
    answer = desk.post(at(head), WHY)
    assert (answer.status_code, "没有设置第二因子" in answer.content.decode()) == (400, True)
    assert at(head) not in main_of(desk, STAFF)
    assert AuditEntry.objects.get(action="password.link_made").result == "refused"
    learner = room.learner
    Membership.objects.create(account=learner, role=Role.TEACHER, organisation=room.institution)
    assert desk.post(at(learner), WHY).status_code == 400


def test_whom_it_is_about_reads_of_each_step(desk: Client, head: Account) -> None:
    link = made(desk, head)
    assert "重设密码的链接" in sentences(head)
    assert Client().post(link, {**CHOSEN, "code": code(head)}).status_code == 302
    assert desk.post(at(head, "second-factor"), WHY).status_code == 302
    head.refresh_from_db()
    told = {"password.link_made", "password.set_by_link", "second_factor.reset"}
    assert open_all(head) == dict.fromkeys(told, "/profile/")


def test_a_link_falls_with_what_it_was_made_for(desk: Client, head: Account, room: Classroom, clock: HandClock) -> None:
    other = client_of(administrator(room, clock))
    link = made(desk, head)
    assert other.post(at(head, "second-factor"), WHY).status_code == 302
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", "W10:1:1", "A" * 400])
def test_a_link_that_nobody_made_is_over(desk: Client, head: Account, wrong: str) -> None:
    link = made(desk, head)
    for forged in {f"/set-password/{wrong or 'a:b:c'}/", f"{link[:-2]}{'A' if link[-2] != 'A' else 'B'}/"}:
        answer = Client().post(forged, {**CHOSEN, "code": code(head)})
        assert (answer.status_code, "链接已失效" in answer.content.decode()) == (404, True)


def test_a_link_holds_for_a_day_and_as_long_as_its_maker_may_make_it(
    desk: Client, principal: Account, head: Account, room: Classroom, clock: HandClock
) -> None:
    link = made(desk, head)
    clock.advance(86_400_000 - 1)
    assert Client().get(link).status_code == 200
    successor = administrator(room, clock)
    held = principal.memberships.get(role=Role.INSTITUTION_ADMINISTRATOR)
    end_role(held.pk, viewer=people.viewer(successor), needed_for=[], by=PROGRAM, now=clock.now())
    assert Client().get(link).status_code == 404
    younger = made(client_of(successor), head)
    clock.advance(86_400_000)
    assert Client().get(younger).status_code == 404


def test_a_link_is_over_for_a_closed_account_and_a_changed_password(
    desk: Client, head: Account, clock: HandClock
) -> None:
    link = made(desk, head)
    change_password(head, password=FRESH, by=PROGRAM, now=clock.now())
    assert Client().get(link).status_code == 404
    fresh = made(desk, head)
    Account.objects.filter(pk=head.pk).update(is_active=False)
    assert Client().get(fresh).status_code == 404


def test_not_for_oneself_nor_for_who_works_elsewhere_nor_without_a_reason(
    desk: Client, principal: Account, room: Classroom, clock: HandClock
) -> None:
    assert desk.post(at(principal), WHY).status_code == 400
    code_of(client_of(room.head_teacher))
    assert desk.post(at(room.head_teacher), {"reason": " "}).status_code == 400
    other = Organisation.objects.create(kind="institution", name="另一所学校", region=room.institution.region)
    both = people.account((Role.TEACHER, room.institution.pk), (Role.TEACHER, other.pk), now=clock.now())
    held = both.memberships.get(organisation=room.institution)
    answer = desk.post(f"{STAFF}roles/{held.pk}/password/", WHY)
    assert (answer.status_code, "其他单位" in answer.content.decode()) == (400, True)
    stranger = people.account((Role.TEACHER, other.pk), now=clock.now())
    assert desk.get(at(stranger)).status_code == desk.post(at(stranger), WHY).status_code == 404
    assert not AuditEntry.objects.filter(action="password.link_made", result="done").exists()


def test_the_list_of_staff_offers_it_for_colleagues_alone(desk: Client, principal: Account, head: Account) -> None:
    page = main_of(desk, STAFF)
    assert at(head) in page
    assert at(principal) not in page
