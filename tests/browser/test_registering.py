"""Somebody registers themselves on a phone and on a PC, as demo step 2 has it, and sets a forgotten password anew (clauses M1, M2)."""

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import CountedAttempt
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people

pytestmark = pytest.mark.clause("M1", "M2")


def _press(page: Page, step: str) -> None:
    follow(page, f"[name=step][value={step}]")


def _wide(number: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in number.lower())


def _fill(page: Page, site: Site, *, number: str, phone: str) -> None:
    page.goto(f"{site.url}/sign-in/")
    follow(page, "main a[href='/register/']")
    assert_sound(page)
    page.fill("[name=name]", "王建国")
    page.fill("[name=id_number]", number)
    page.fill("[name=phone]", phone)
    page.check("[name=agree]")
    page.check("[name=keep_phone]")


def _secrets(page: Page, password: str) -> None:
    page.fill("[name=code]", page.inner_text(".code"))
    page.fill("[name=new_password]", password)
    page.fill("[name=new_password_again]", password)


@LOOKS
def test_a_wrong_digit_is_named_the_right_number_registers_and_a_second_time_is_refused(
    site: Site, browser: Browser, device: dict[str, object]
) -> None:
    serial = people.newcomer()
    number, phone = people.id_number(serial), f"139{serial:08d}"
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    context = browser.new_context(**device)  # type: ignore[arg-type]
    page = context.new_page()
    _fill(page, site, number=_wide(wrong), phone=phone)
    _press(page, "send")
    assert "身份证号第 18 位不符，请核对" in page.inner_text("main")
    assert page.input_value("[name=id_number]") == _wide(wrong)
    assert page.is_checked("[name=agree]")
    assert_sound(page)
    page.fill("[name=id_number]", _wide(number))
    _press(page, "send")
    assert "演示：没有发送短信" in page.inner_text("main")
    assert_sound(page)
    _secrets(page, people.PASSWORD)
    _press(page, "finish")
    assert page.url == f"{site.url}/learn/"
    assert "实名认证已通过（演示核验源）" in page.inner_text("main")
    page.goto(f"{site.url}/learn/my-data/")
    assert "已通过（演示核验源）" in page.inner_text("main")
    assert_sound(page)
    page.context.clear_cookies()
    _again(page, site, number, f"137{serial:08d}")
    _recover(page, site, number, phone)
    context.close()


def _again(page: Page, site: Site, number: str, phone: str) -> None:
    _fill(page, site, number=number, phone=phone)
    _press(page, "send")
    _secrets(page, people.PASSWORD)
    _press(page, "finish")
    assert "这个证件已注册过账号" in page.inner_text("main")
    assert page.input_value("[name=id_number]") == number
    assert_sound(page)


def _recover(page: Page, site: Site, number: str, phone: str) -> None:
    follow(page, "main a[href='/recover/']")
    assert_sound(page)
    page.fill("[name=phone]", phone)
    _press(page, "send")
    assert "操作次数太多" in page.inner_text("main")
    assert_sound(page)
    CountedAttempt.objects.all().delete()  # as if the minute between two codes were over
    _press(page, "send")
    assert_sound(page)
    page.fill("[name=number_end]", number[-6:].lower())
    _secrets(page, "Anders-2027")
    _press(page, "finish")
    assert "密码已更换" in page.inner_text("main")
    page.fill("[name=identifier]", phone)
    page.fill("[name=password]", "Anders-2027")
    follow(page, "main form [type=submit]")
    assert page.url == f"{site.url}/learn/"
