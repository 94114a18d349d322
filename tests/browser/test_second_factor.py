"""The second factor as staff meet it: set up with the key on the page, asked at the next sign-in, and the way in without the phone (clause M3)."""

from base64 import b32decode
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.totp import code_at, step_at
from jiangxue.kernel.viewer import Role
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import assert_sound
from tests.factories import people
from tests.factories.classes import institution

pytestmark = pytest.mark.clause("M3")
WANTED = "/institution/classes/"


@pytest.fixture
def now(site: Site) -> datetime:
    return MachineClock().now()


@pytest.fixture
def teacher(now: datetime) -> Account:
    school = institution()
    return people.account((Role.HEAD_TEACHER, school.pk), now=now - timedelta(days=1), name="王老师")


class Phone:
    """An authenticator app that was given the key which the page shows."""

    def __init__(self, key: str) -> None:
        self._secret = b32decode(key.replace(" ", ""))
        self._step = step_at(MachineClock().now()) - 1

    def code(self) -> str:
        """Return a code that was not typed yet: the present one, or the next where that was."""
        self._step = max(self._step + 1, step_at(MachineClock().now()))
        return code_at(self._secret, self._step)


def test_the_second_factor_is_set_up_used_and_replaced_by_a_recovery_code(
    site: Site, new_page: Callable[[], Page], teacher: Account
) -> None:
    page = new_page()
    _password(page, site, teacher)
    assert "/sign-in/set-up/" in page.url
    assert_sound(page)
    assert page.locator("main .qr svg").is_visible()
    phone = Phone(page.inner_text("main .set-up .code"))
    _type(page, "000000")
    assert "验证码不对" in page.inner_text("main")
    _type(page, phone.code())
    codes = page.locator("main .recovery-codes .code").all_inner_texts()
    assert len(codes) == 10
    assert_sound(page)
    follow(page, "main a.button-main")
    assert page.url == f"{site.url}{WANTED}"
    other = new_page()
    _password(other, site, teacher)
    assert "/sign-in/code/" in other.url
    assert_sound(other)
    other.goto(f"{site.url}{WANTED}")
    assert "/sign-in/code/" in other.url, "the password alone opens nothing"
    _type(other, phone.code())
    assert other.url == f"{site.url}{WANTED}"
    _without_the_phone(new_page, site, teacher, codes[4])


def _without_the_phone(new_page: Callable[[], Page], site: Site, teacher: Account, code: str) -> None:
    """Get in by a recovery code, typed carelessly, which counts once."""
    first, second = new_page(), new_page()
    for page in (first, second):
        _password(page, site, teacher)
        _type(page, code.lower().replace("-", " "))
    assert first.url == f"{site.url}{WANTED}"
    assert "验证码不对" in second.inner_text("main")
    assert_sound(second)


def _password(page: Page, site: Site, who: Account) -> None:
    page.goto(f"{site.url}/sign-in/?next={WANTED}")
    page.fill("[name=identifier]", who.login_name)
    page.fill("[name=password]", people.PASSWORD)
    follow(page, "main button[type=submit]")


def _type(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    follow(page, "main .button-main")
