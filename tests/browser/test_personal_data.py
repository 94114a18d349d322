"""A newcomer decides, learns, looks at what is held, and asks for its deletion; staff look for a reason (clause M2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import MachineClock
from tests.browser.player import follow
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people

pytestmark = pytest.mark.clause("M2")
LONG = "阿依古丽·买买提江·阿卜杜热合曼"


@pytest.fixture
def newcomer(site: Site) -> Account:
    """Return a learner of the class who has not been asked for anything yet."""
    now = MachineClock().now() - timedelta(days=1)
    who = people.undecided(now, name=LONG)
    enrol(class_id=site.class_id, learner_id=who.pk, now=now)
    return who


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


@LOOKS
def test_a_newcomer_decides_and_then_looks_at_what_is_held(
    site: Site, signed_in: Callable[..., Page], newcomer: Account, device: dict[str, object]
) -> None:
    page = signed_in(newcomer.login_name, begins_at="/consents/agree/**", **device)
    assert_sound(page)
    _press(page, "[name=said][value=agree]")
    assert page.inner_text("main").count("请选择同意或不同意") == 2
    assert_sound(page)
    page.check("[name=phone][value=agree]")
    page.check("[name=comments][value=decline]")
    _press(page, "[name=said][value=agree]")
    assert page.url == f"{site.url}/learn/"
    page.click(".menu summary")
    follow(page, ".menu-list a[href='/learn/my-data/']")
    assert "阿**" in page.inner_text("main")
    assert_sound(page)
    _press(page, "form[action$='/reveal/'] button")
    assert LONG in page.inner_text("main")
    assert_sound(page)
    for path in ("consents/", "consents/processing/", "my-data/phone/"):
        page.goto(f"{site.url}/learn/{path}")
        assert_sound(page)


@LOOKS
def test_a_correction_is_asked_for_and_a_copy_taken_away(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: dict[str, object]
) -> None:
    page = signed_in(login_name, **device)
    page.goto(f"{site.url}/learn/my-data/")
    with page.expect_download() as taken:
        page.click("form[action$='/copy/'] button")
    assert taken.value.suggested_filename.startswith("我的个人信息-")
    page.goto(f"{site.url}/learn/my-data/correct/")
    page.check("[name=field][value=id_number]")
    page.fill("[name=wanted]", "110105194912310021")
    page.fill("[name=reason]", "录入时打错")
    _press(page, "main button[type=submit]")
    assert "身份证号第 18 位不符，请核对" in page.inner_text("main")
    assert_sound(page)
    page.fill("[name=wanted]", "11010519491231002X")
    _press(page, "main button[type=submit]")
    assert "等待处理" in page.inner_text("main")
    assert_sound(page)


@LOOKS
def test_deletion_is_asked_for_and_taken_back(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: dict[str, object]
) -> None:
    page = signed_in(login_name, **device)
    page.goto(f"{site.url}/learn/my-data/deletion/")
    _press(page, "[name=said][value=ask]")
    assert "请先勾选这一项" in page.inner_text("main")
    assert_sound(page)
    page.check("[name=understood]")
    _press(page, "[name=said][value=ask]")
    assert_sound(page)
    page.goto(f"{site.url}/learn/")
    assert "不再记录新的学习" in page.inner_text("main")
    assert_sound(page)
    page.goto(f"{site.url}/learn/my-data/deletion/")
    _press(page, "[name=said][value=withdraw]")
    page.goto(f"{site.url}/learn/")
    assert "不再记录新的学习" not in page.inner_text("main")


@LOOKS
def test_staff_look_at_a_learner_for_a_reason(
    site: Site, browser: Browser, newcomer: Account, device: dict[str, object]
) -> None:
    head = TrainingClass.objects.select_related("head_teacher").get(pk=site.class_id).head_teacher
    page = browser.new_context(locale="zh-CN", **device).new_page()
    sign_in(page, site, head.login_name, wanted=f"/institution/classes/{site.class_id}/?q={LONG}")
    place = Enrolment.objects.get(learner=newcomer)
    follow(page, f"main th a[href*='/learners/{place.pk}/']")
    assert LONG not in page.inner_text("main")
    assert_sound(page)
    page.fill("[name=detail]", "核对承诺书")
    _press(page, "main button[type=submit]")
    assert "请选择查看原因" in page.inner_text("main")
    assert page.input_value("[name=detail]") == "核对承诺书"
    assert_sound(page)
    page.check("[name=why][value=check]")
    _press(page, "main button[type=submit]")
    assert LONG in page.inner_text("main")
    assert newcomer.login_name in page.inner_text("main")
    assert_sound(page)
    page.context.close()
