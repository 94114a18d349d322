"""Takes a picture of every page, at phone and desktop width; run by `make screens`, no part of the tests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F
from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import CourseQuestion, Lesson
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import DayTotal
from jiangxue.organisations.models import Organisation, Region
from jiangxue.project.env import REPOSITORY
from tests.browser.checking import StagedCheck
from tests.browser.conftest import PHONE
from tests.browser.player import leave, play_for, start, until
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.factories import people
from tests.factories.questions import DRAFT, editor, question

FOLDER = REPOSITORY / "screens"
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
RECOMPUTED = ("institution-class", "region-class")
DEVICES = pytest.mark.parametrize("device", [("390", PHONE), ("1440", DESKTOP)], ids=["390", "1440"])


def shoot(page: Page, name: str, width: str) -> None:
    """Keep a picture of the whole page."""
    page.wait_for_timeout(300)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)


@DEVICES
def test_before_the_sign_in(site: Site, browser: Browser, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    page = browser.new_context(locale="zh-CN", **options).new_page()
    page.goto(f"{site.url}/sign-in/")
    shoot(page, "sign-in", width)
    page.fill("[name=identifier]", "13800000001")
    page.fill("[name=password]", "wrong-password-1")
    page.click("main button[type=submit]")
    shoot(page, "sign-in-wrong", width)
    for _ in range(5):
        page.fill("[name=password]", "wrong-password-1")
        page.click("main button[type=submit]")
    shoot(page, "sign-in-locked", width)
    page.goto(f"{site.url}/recover/")
    shoot(page, "recover", width)
    page.goto(f"{site.url}/register/")
    page.fill("[name=name]", "王建国")
    page.fill("[name=id_number]", "110105194912310021")
    page.fill("[name=phone]", f"139{len(width):08d}")
    page.check("[name=agree]")
    page.click("[name=step][value=send]")
    shoot(page, "register-wrong", width)
    page.fill("[name=id_number]", "11010519491231002X")
    page.click("[name=step][value=send]")
    shoot(page, "register-code", width)
    page.goto(f"{site.url}/no-such-page/")
    shoot(page, "not-found", width)


@DEVICES
def test_the_learner(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    page = signed_in(login_name, **options)
    shoot(page, "home-new", width)
    page.goto(f"{site.url}/learn/records/")
    shoot(page, "records-empty", width)
    page.goto(site.lesson_url())
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    shoot(page, "lesson-ready", width)
    start(page, site.lesson_url())
    play_for(page, 8)
    shoot(page, "lesson-playing", width)
    second = page.context.new_page()
    start_second(second, site)
    shoot(second, "lesson-asking", width)
    second.close()
    page.bring_to_front()
    page.click("[data-part=toggle]")
    page.wait_for_timeout(4_000)
    shoot(page, "lesson-paused", width)
    leave(page)
    shoot(page, "signed-out", width)
    for name, address in {
        "home": "/learn/",
        "class": f"/learn/classes/{site.class_id}/",
        "records": "/learn/records/",
        "profile": "/profile/",
        "password": "/profile/password/",
    }.items():
        page.goto(site.url + address)
        shoot(page, name, width)
    page.goto(f"{site.url}/learn/records/")
    page.click("main a[href*='/learn/records/20']")
    shoot(page, "record-day", width)


@DEVICES
def test_the_check(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    page = signed_in(login_name, **options)
    start(page, site.lesson_url())
    play_for(page, 4)
    StagedCheck().stage(page)
    until(lambda: page.is_visible(".check-option"), "the question is there")
    shoot(page, "lesson-check", width)
    page.keyboard.press("1")
    page.wait_for_timeout(500)
    shoot(page, "lesson-check-again", width)
    page.keyboard.press("2")
    until(lambda: not page.is_visible("[data-part=check-dialog]"), "the check is passed")
    shoot(page, "lesson-check-passed", width)
    page.unroute_all(behavior="ignoreErrors")


def start_second(page: Page, site: Site) -> None:
    """Press play in a second tab, which then asks."""
    page.goto(site.lesson_url())
    until(lambda: page.is_enabled("[data-part=cover]"), "the second tab is ready")
    page.click("[data-part=cover]")
    until(lambda: page.is_visible("[data-part=dialog]"), "the second tab asks")


@DEVICES
def test_staff_and_officials(site: Site, browser: Browser, device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    now = MachineClock().now() - timedelta(days=1)
    school = Organisation.objects.get(kind=Organisation.Kind.INSTITUTION)
    region, _ = Region.objects.get_or_create(code="4401", defaults={"name": "广州市"})
    authority, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.AUTHORITY, name="广州市人力资源和社会保障局", region=region
    )
    for name, roles, address in (
        (
            "institution-classes",
            [(Role.INSTITUTION_ADMINISTRATOR, school.pk), (Role.TEACHER, school.pk)],
            "/institution/classes/",
        ),
        ("institution-class", [(Role.INSTITUTION_ADMINISTRATOR, school.pk)], f"/institution/classes/{site.class_id}/"),
        ("region", [(Role.SUPERVISOR, authority.pk)], "/region/"),
        ("region-class", [(Role.SUPERVISOR, authority.pk)], f"/region/classes/{site.class_id}/"),
        ("audit", [(Role.AUDIT_ADMINISTRATOR, None)], "/operator/audit/"),
        ("state", [(Role.SYSTEM_ADMINISTRATOR, None)], "/operator/state/"),
        ("forbidden", [(Role.REVIEWER, None)], "/operator/audit/"),
        ("roles", [(Role.REVIEWER, None), (Role.LEARNER, None)], "/profile/roles/"),
    ):
        account = people.account(*roles, now=now, name="欧阳慧敏")
        if name == "region-class":
            DayTotal.objects.filter(training_class=site.class_id).update(credited_ms=F("credited_ms") + 60_000)
        page = signed_in_as(account, site, browser, options, address)
        shoot(page, name, width)
        if name in RECOMPUTED:
            recompute(page, name, width)
        page.context.close()


def signed_in_as(account: Account, site: Site, browser: Browser, options: dict[str, object], address: str) -> Page:
    """Sign somebody in and go to a page."""
    page = browser.new_context(locale="zh-CN", **options).new_page()
    sign_in(page, site, account.login_name, wanted=address)
    return page


@DEVICES
def test_rules(site: Site, browser: Browser, device: tuple[str, dict[str, object]]) -> None:
    """The region locks a cap; the institution is refused what cannot be."""
    width, options = device
    now = MachineClock().now() - timedelta(days=1)
    school = Organisation.objects.get(kind=Organisation.Kind.INSTITUTION)
    region, _ = Region.objects.get_or_create(code="4401", defaults={"name": "广州市"})
    authority, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.AUTHORITY, name="广州市人力资源和社会保障局", region=region
    )
    system, official, principal = (
        people.account((role, of), now=now, name="欧阳慧敏")
        for role, of in (
            (Role.SYSTEM_ADMINISTRATOR, None),
            (Role.SUPERVISOR, authority.pk),
            (Role.INSTITUTION_ADMINISTRATOR, school.pk),
        )
    )
    page = signed_in_as(system, site, browser, options, "/operator/rules/")
    shoot(page, "rules-platform", width)
    page.click("main a.button-main")
    page.click("details summary >> nth=-1")
    shoot(page, "rules-platform-form", width)
    set_for_the_region(signed_in_as(official, site, browser, options, "/region/rules/new/"), width, "later")
    set_for_the_region(signed_in_as(official, site, browser, options, "/region/rules/new/"), width, "now")
    page = signed_in_as(principal, site, browser, options, "/institution/rules/new/")
    set_own(page, {"check_mean_ms": "30", "day_cap_ms": "330"})
    page.fill("[name=reason]", "试行")
    page.click("main button[value=preview]")
    shoot(page, "rules-institution-wrong", width)
    page.goto(f"{site.url}/institution/rules/")
    shoot(page, "rules-institution", width)
    page.goto(f"{site.url}/institution/classes/{site.class_id}/rules/")
    shoot(page, "rules-class", width)


def set_for_the_region(page: Page, width: str, begins: str) -> None:
    """Make a version for the region that locks its cap, at once or for the day after tomorrow."""
    cap = "300" if begins == "now" else "240"
    cap = cap if width == "390" else f"{int(cap) - 30}"
    set_own(page, {"day_cap_ms": cap, "class_day_cap_ms": cap, "check_mean_ms": "10"}, lock="day_cap_ms")
    page.fill("[name=reason]", "按粤人社规〔2026〕12 号文，缩短每日时长，增加打卡")
    page.check(f"[name=begins][value={begins}]")
    if begins == "later":
        day = MachineClock().now() + timedelta(days=2 if width == "390" else 3)
        page.fill("[name=begins_at]", day.strftime("%Y-%m-%dT08:00"))
    page.click("main button[value=preview]")
    shoot(page, f"rules-region-preview-{begins}", width)
    page.click("main button[value=save]")
    shoot(page, f"rules-region-{begins}", width)


def set_own(page: Page, values: dict[str, str], *, lock: str = "") -> None:
    """Fill in own values of a form of rules."""
    for name, value in values.items():
        page.check(f"[name='{name}-from'][value=own]")
        page.fill(f"[name={name}]", value)
    if lock:
        page.check(f"[name={lock}-lock]")


def recompute(page: Page, name: str, width: str) -> None:
    """Have the class judged again, and look while it is and when it has been; the region finds a meddled day."""
    page.click("form[action$='/recompute/'] button")
    shoot(page, f"{name}-recomputing", width)
    until(lambda: (page.reload(), page.is_visible("form[action$='/recompute/']"))[1], "the report is there")
    shoot(page, f"{name}-recomputed", width)


@DEVICES
def test_staff_who_keep_the_questions_of_a_course(
    site: Site, browser: Browser, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now() - timedelta(days=1)
    lesson = Lesson.objects.select_related("module__course__institution").get(pk=site.lesson_ids[0])
    CourseQuestion.objects.filter(retired_at=None).update(retired_at=F("created_at"))  # those of the other width
    keeper = editor(lesson.module.course.institution, now)
    page = browser.new_context(locale="zh-CN", **options).new_page()
    sign_in(page, site, keeper.login_name, wanted="/institution/courses/")
    shoot(page, "courses", width)
    page.click("main th a")
    shoot(page, "course", width)
    page.click("main .row-link")
    shoot(page, "questions-empty", width)
    asked = [question(lesson, keeper, now, text) for text in (DRAFT.text, "多大的电流，是必须记住的界线？")]
    add_one(page, width)
    for name, address in {
        "question": f"/institution/questions/{asked[0].pk}/",
        "question-retire": f"/institution/questions/{asked[0].pk}/retire/",
        "course-asked": f"/institution/courses/{lesson.module.course_id}/",
    }.items():
        page.goto(site.url + address)
        shoot(page, name, width)


def add_one(page: Page, width: str) -> None:
    """Add a question, wrongly at first."""
    page.fill("[name=text]", "装设接地线，先接哪一端？")
    page.fill("[name=option_0]", "先接导体端，后接接地端")
    page.fill("[name=option_1]", "先接导体端，后接接地端")
    page.click("#add button[type=submit]")
    shoot(page, "questions-wrong", width)
    page.fill("[name=option_1]", "先接接地端，后接导体端")
    page.check("[name=right][value='1']")
    page.click("#add button[type=submit]")
    shoot(page, "questions", width)
