"""The whole way from a roster in Excel to the first minute: an institution applies, its supervisor approves, a learner promises and learns (clauses T7, C1, C3, C5)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.enrolment.models import ClassOpening, TrainingClass
from jiangxue.kernel.clock import MachineClock
from tests.browser.applying import (
    Row,
    corrected,
    office_with_film,
    persons,
    send_roster,
    with_errors,
    write_the_class,
    write_the_exams,
    write_the_plan,
)
from tests.browser.conftest import Enter
from tests.browser.player import follow, leave, play_for, start, until
from tests.browser.site import Site, credited_ms
from tests.browser.test_looks import assert_sound
from tests.factories import people
from tests.factories.openings import Office

OWN = "/institution/openings/"
PASSWORD = "Dengdai-2026"


@pytest.fixture
def now() -> datetime:
    return MachineClock().now()


@pytest.fixture
def of(site: Site, testrun_uid: str, now: datetime) -> Office:
    return office_with_film(testrun_uid, now - timedelta(minutes=1))


@pytest.mark.clause("T7", "C1", "C3", "C5")
def test_from_a_roster_with_errors_to_the_first_minute(
    site: Site, new_page: Callable[[], Page], entering: Enter, of: Office, now: datetime
) -> None:
    rows = persons(3)
    opening = _applied_for(entering(of.head_teacher, OWN), of, rows, now)
    administrator = entering(of.administrator, f"{OWN}{opening.pk}/")
    _hand_in(administrator)
    _approve(entering(of.supervisor, "/region/openings/"), opening)
    taught = _open(administrator, opening)
    assert taught.enrolments.count() == 3
    page = new_page()
    _come_for_the_first_time(page, site, rows[0])
    _learn(page, site, taught, rows[0])


def _applied_for(page: Page, of: Office, rows: list[Row], now: datetime) -> ClassOpening:
    """Let the head teacher write all of an application; the file is mended where the page says that it is wrong."""
    assert_sound(page)
    write_the_class(page, of, "电工冬季班", now)
    assert_sound(page)
    write_the_plan(page, of, now)
    write_the_exams(page, now)
    assert_sound(page)
    follow(page, "main a[href$='/roster-file/']")
    send_roster(page, with_errors(rows))
    _see_the_errors(page, rows)
    follow(page, "main .actions a[href$='/roster-file/']")
    send_roster(page, corrected(rows))
    assert_sound(page)
    follow(page, "main button[value=confirm]")
    assert "名册已保存：新增 3 人，修改 0 人，不变 0 人。" in page.inner_text("body")
    opening = ClassOpening.objects.get(institution=of.institution)
    assert opening.roster.count() == 3
    return opening


def _see_the_errors(page: Page, rows: list[Row]) -> None:
    shown = page.inner_text("main")
    assert "有 2 行需修改" in shown
    assert "第 18 位" in shown
    assert "末几位已经丢失，无法还原" in shown
    assert rows[0][1] not in shown
    assert_sound(page)
    with page.expect_download() as marked:
        page.click("main a:has-text('标注')")
    assert marked.value.suggested_filename.endswith(".xlsx")


def _hand_in(page: Page) -> None:
    assert_sound(page)
    follow(page, "main a.button-large")
    assert_sound(page)
    page.fill("[name=password]", "wrong")
    follow(page, "main button.button-large")
    assert "密码不正确" in page.inner_text("main")
    page.fill("[name=password]", people.PASSWORD)
    follow(page, "main button.button-large")
    assert "正在等待" in page.inner_text("main") or "待审批" in page.inner_text("main")


def _approve(page: Page, opening: ClassOpening) -> None:
    assert_sound(page)
    follow(page, f"main a[href$='/openings/{opening.pk}/']")
    assert "检查没有发现问题" in page.inner_text("main")
    assert_sound(page)
    page.fill("[name=approval_no]", "穗人社培〔2026〕118号")
    follow(page, "main button[value=approve]")
    assert_sound(page)


def _open(page: Page, opening: ClassOpening) -> TrainingClass:
    page.reload()
    assert_sound(page)
    follow(page, f"main form[action$='/{opening.pk}/open/'] button")
    until(lambda: TrainingClass.objects.filter(opening=opening).exists(), "the class is open")
    page.reload()
    follow(page, "main .notice-ok a")
    assert "电工冬季班" in page.inner_text("main")
    assert_sound(page)
    return TrainingClass.objects.get(opening=opening)


def _learn(page: Page, site: Site, taught: TrainingClass, who: Row) -> None:
    """Let somebody promise before the first lesson, and learn."""
    page.goto(f"{site.url}/learn/classes/{taught.pk}/")
    assert_sound(page)
    lesson = page.get_attribute("main a[href*='/lessons/']", "href")
    page.goto(f"{site.url}{lesson}")
    assert "/promise/" in page.url
    assert_sound(page)
    follow(page, "main button.button-main")
    assert page.url == f"{site.url}{lesson}"
    start(page, page.url)
    play_for(page, 4)
    leave(page)
    assert_sound(page)
    learner = taught.enrolments.get(learner__name=who[0]).learner
    assert 0 < credited_ms(learner.login_name) < 60_000


def _come_for_the_first_time(page: Page, site: Site, who: Row) -> None:
    """Let somebody of the roster set a password by the phone that stands there, sign in and agree."""
    page.goto(f"{site.url}/sign-in/")
    follow(page, "main a[href='/recover/']")
    page.fill("[name=phone]", who[2])
    follow(page, "[name=step][value=send]")
    page.fill("[name=code]", page.inner_text(".code"))
    page.fill("[name=number_end]", who[1][-6:])
    page.fill("[name=new_password]", PASSWORD)
    page.fill("[name=new_password_again]", PASSWORD)
    follow(page, "[name=step][value=finish]")
    page.fill("[name=identifier]", who[1])
    page.fill("[name=password]", PASSWORD)
    follow(page, "main form [type=submit]")
    assert "/learn/consents/agree/" in page.url
    assert_sound(page)
    for optional in page.locator("main form fieldset.choices").all():
        optional.locator("input").last.check()
    follow(page, "main button[value=agree]")
    assert "/learn/consents/agree/" not in page.url
