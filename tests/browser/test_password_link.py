"""A teacher who has forgotten the password gets a link from the administrator and gets in with it and their phone (clause M3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import assert_sound
from tests.factories import people
from tests.factories.classes import institution

pytestmark = pytest.mark.clause("M3")
FRESH = "Wintergruen#88"


@pytest.fixture
def colleagues(site: Site) -> tuple[Account, Account]:
    school, since = institution(), MachineClock().now() - timedelta(days=1)
    administrator = people.account((Role.INSTITUTION_ADMINISTRATOR, school.pk), now=since, name="郑校长")
    return administrator, people.account((Role.TEACHER, school.pk), now=since, name="欧阳静怡")


def test_a_forgotten_password_is_set_by_a_link_and_the_phone(
    site: Site,
    colleagues: tuple[Account, Account],
    signed_in: Callable[..., Page],
    new_page: Callable[[], Page],
    device: dict[str, object],
) -> None:
    administrator, teacher = colleagues
    signed_in(teacher.login_name, begins_at="/**", **device)
    desk = signed_in(administrator.login_name, begins_at="/**", **device)
    desk.goto(f"{site.url}/institution/staff/")
    assert_sound(desk)
    held = teacher.memberships.get().pk
    follow(desk, f"main a[href$='/staff/roles/{held}/password/']")
    assert_sound(desk)
    follow(desk, "main .button-main")
    assert "请写明理由" in desk.inner_text("main")
    assert_sound(desk)
    desk.fill("[name=reason]", "忘记密码，已电话核实")
    follow(desk, "main .button-main")
    assert "链接已生成" in desk.inner_text("main")
    assert desk.locator("main .qr svg").is_visible()
    assert_sound(desk)
    link = desk.inner_text("main .fresh-link a")
    _opened_by_its_owner(new_page(), site, link)
    again = new_page()
    again.goto(link)
    assert "链接已失效" in again.inner_text("main")
    assert_sound(again)


def _opened_by_its_owner(page: Page, site: Site, link: str) -> None:
    page.goto(link)
    assert_sound(page)
    page.fill("[name=new_password]", FRESH)
    page.fill("[name=new_password_again]", FRESH)
    page.fill("[name=code]", "000000")
    follow(page, "main .button-main")
    assert "验证码不对" in page.inner_text("main")
    assert_sound(page)
    page.goto(link)
    while not page.locator("main .notice-demo .code").count():  # used at the sign-in of this half minute
        page.wait_for_timeout(1_000)
        page.goto(link)
    page.fill("[name=new_password]", FRESH)
    page.fill("[name=new_password_again]", FRESH)
    page.fill("[name=code]", page.inner_text("main .notice-demo .code"))
    follow(page, "main .button-main")
    assert page.url.startswith(f"{site.url}/institution/")
    assert "密码已修改" in page.inner_text("body")
