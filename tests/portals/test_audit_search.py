"""The audit administrator searches the audit, goes through it page by page, and reads one entry (clause M3)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import REFUSED, Actor, record
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.portals.clients import client_of, main_of, text_of

pytestmark = pytest.mark.clause("M3")


@pytest.fixture
def somebody(db: None, clock: HandClock) -> Account:
    return people.account((Role.REVIEWER, None), now=clock.now(), name="欧阳海燕")


@pytest.fixture
def auditor(somebody: Account, clock: HandClock) -> Client:
    """Return the browser of the audit administrator, with three acts on two days."""
    client = client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))
    by = Actor(somebody.pk, Role.REVIEWER, "192.0.2.1")
    record("course.taken_down", by=by, at=clock.now(), about=("course", 7), reason="画面有误")
    record("sign_in", by=Actor(address="192.0.2.2"), at=clock.now(), result=REFUSED)
    record("class.opened", by=Actor(somebody.pk), at=clock.now() + timedelta(days=1), about=("class", 5))
    return client


def acts(client: Client, query: str, status: int = 200) -> list[str]:
    """Return the acts that a search finds, without those by which the people came to be."""
    page = main_of(client, f"/operator/audit/?{query}", status)
    found = re.findall(r'<td data-label="操作">(?:<span>)?([^<]+)', page)
    return [each for each in found if each != "建立账号"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["开班", "登录", "下架课程"]),
        ("action=sign_in", ["登录"]),
        ("role=reviewer", ["下架课程"]),
        ("kind=course&number=7", ["下架课程"]),
        ("kind=class", ["开班"]),
        ("result=refused", ["登录"]),
        ("address=192.0.2.1", ["下架课程"]),
        ("since=2026-11-25", ["开班"]),
        ("until=2026-11-24", ["登录", "下架课程"]),
        ("since=2026-11-24&until=2026-11-25", ["开班", "登录", "下架课程"]),
        ("since=0001-01-01&until=9999-12-31", ["开班", "登录", "下架课程"]),
    ],
)
def test_it_is_searched_by_whatever_an_entry_says(auditor: Client, query: str, found: list[str]) -> None:
    assert sorted(acts(auditor, query)) == sorted(found)


def test_a_person_is_found_by_the_login_name_or_the_number_of_the_account(auditor: Client, somebody: Account) -> None:
    assert acts(auditor, f"who={somebody.login_name}") == ["开班", "下架课程"]
    assert acts(auditor, f"who=%20{somebody.login_name.upper()}") == ["开班", "下架课程"]
    assert acts(auditor, f"who={somebody.pk}") == ["开班", "下架课程"]


def test_a_part_of_a_login_name_finds_nobody_and_says_so(auditor: Client, somebody: Account) -> None:
    page = main_of(auditor, f"/operator/audit/?who={somebody.login_name[:-1]}x", 400)
    assert "没有这个登录名的账号" in page
    assert f'value="{somebody.login_name[:-1]}x"' in page, "what was typed is kept"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-11-25&until=2026-11-24", "截止日期早于起始日期"),
        ("number=7", "请选择这个编号属于哪类对象"),
        ("since=yesterday", "输入一个有效的日期"),
        ("address=somewhere", "请填写完整的网络地址"),
        ("action=nothing", "选择一个有效的选项"),
        ("number=%00&kind=class", "不允许"),
    ],
)
def test_what_cannot_be_looked_for_is_said_at_its_field(auditor: Client, query: str, said: str) -> None:
    page = main_of(auditor, f"/operator/audit/?{query}", 400)
    assert said in page
    assert not re.findall(r'<td data-label="操作">', page)


def test_a_number_beyond_all_accounts_finds_nothing(auditor: Client) -> None:
    assert acts(auditor, f"who={'9' * 40}") == []


def test_a_search_that_finds_nothing_says_what_to_do(auditor: Client) -> None:
    page = main_of(auditor, "/operator/audit/?kind=class&number=99")
    assert "没有符合条件的记录" in page


def test_further_conditions_are_folded_until_one_is_chosen(auditor: Client) -> None:
    assert '<details class="filter-more">' in main_of(auditor, "/operator/audit/?action=sign_in")
    assert '<details class="filter-more" open>' in main_of(auditor, "/operator/audit/?role=reviewer")


def test_pages_go_on_with_the_same_search(auditor: Client, clock: HandClock) -> None:
    for number in range(120):
        record("role.chosen", by=Actor(9), at=clock.now(), about=("account", number))
    seen, address = [], "/operator/audit/?action=role.chosen"
    for _ in range(3):
        page = main_of(auditor, address)
        seen += re.findall(r"账号 (\d+)</td>", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/operator/audit/{older[1].replace('&amp;', '&')}" if older else ""
    assert len(seen) == len(set(seen)) == 120
    assert not address
    newer = re.search(r'rel="prev" href="([^"]+)"', page)
    assert newer
    assert "action=role.chosen" in newer[1]
    back = main_of(auditor, f"/operator/audit/{newer[1].replace('&amp;', '&')}")
    assert len(re.findall(r"账号 (\d+)</td>", back)) == 50


@pytest.mark.parametrize("place", ["x", "1-", "-1", "99999999999999999999-1", "1-99999999999999999999"])
def test_a_place_that_is_none_shows_the_newest(auditor: Client, place: str) -> None:
    assert acts(auditor, f"older={place}")[0] == "开班"


def test_an_entry_leads_to_all_of_its_account_and_its_object(auditor: Client, somebody: Account) -> None:
    entry = AuditEntry.objects.get(action="course.taken_down")
    page = main_of(auditor, f"/operator/audit/{entry.pk}/")
    for said in ("下架课程", "欧**", f"账号 {somebody.pk}", "审核员", "课程 7", "192.0.2.1", "画面有误"):
        assert said in page
    assert "欧阳" not in page
    for address in (f"?who={somebody.pk}", "?kind=course&amp;number=7", "?address=192.0.2.1"):
        assert f'href="/operator/audit/{address}"' in page


@pytest.mark.parametrize("address", ["/operator/audit/", "/operator/audit/1/", "/operator/audit/days/"])
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.LEARNER, Role.REVIEWER])
def test_no_other_administrator_sees_any_of_it(auditor: Client, clock: HandClock, role: Role, address: str) -> None:
    text_of(client_of(people.account((role, None), now=clock.now())), address, 403)


def test_an_entry_that_is_not_there_is_not_found(auditor: Client) -> None:
    text_of(auditor, "/operator/audit/999999/", 404)
    text_of(auditor, f"/operator/audit/{'9' * 30}/", 404)
