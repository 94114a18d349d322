"""An editor makes a course in a real browser: begins it, fills it in, puts it in order by hand and keyboard, hands it in (clauses C2, M6)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.kernel.clock import MachineClock
from tests.browser.conftest import PHONE
from tests.browser.editing import TITLES, desk_on_site, editor_page
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, LOOKS, assert_sound
from tests.factories.courses import Desk, submitted
from tests.portals.courses import titles

PAGES = (
    "",
    "edit/facts/",
    "edit/plan/",
    "edit/assessment/",
    "edit/lecturers/",
    "edit/licences/",
    "outline/",
    "preview/",
    "submit/",
    "versions/",
    "papers/",
)


@pytest.mark.clause("C2")
def test_a_course_is_begun_and_its_occupation_is_found_by_typing(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, **DESKTOP)
    page.goto(f"{site.url}/institution/courses/new/")
    page.fill("[name=title]", "低压电工复训")
    page.click("main .button-main")
    expect(page.locator("h1")).to_have_text("低压电工复训")
    page.get_by_role("link", name="还没有选职业").click()
    page.fill("#id_occupation_search", "电工")
    page.get_by_role("option", name="电工").first.click()
    page.select_option("[name=level]", "four")
    page.fill("[name=goals]", "会停电、验电")
    page.locator(".actions .button-main").click()
    expect(page.locator(".messages")).to_contain_text("已保存")
    begun = Course.objects.latest("pk")
    assert (begun.occupation_id, begun.level, begun.goals) == ("6-31-01-03", "four", "会停电、验电")


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-part=said]")).to_contain_text(words)


def handle(page: Page, title: str):
    return page.get_by_role("button", name=f"移动{title}", exact=True)


def order(at: Desk) -> list[int]:
    """Return the places that the lessons had at first, in the order of now."""
    return [TITLES.index(title) for title in titles(at)[0]]


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_lessons_are_moved_by_keyboard(site: Site, signed_in: Callable[..., Page], device: dict[str, object]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", **device)
    handle(page, TITLES[0]).focus()
    page.keyboard.press("Space")
    said(page, f"已拿起{TITLES[0]}")
    page.keyboard.press("ArrowDown")
    said(page, "第 2 位，共 3 位")
    page.keyboard.press("ArrowDown")
    expect(handle(page, TITLES[0])).to_be_focused()
    page.keyboard.press("Space")
    said(page, "顺序已保存")
    assert order(at) == [1, 2, 0]
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    said(page, "已回到原处")
    page.reload()
    assert order(at) == [1, 2, 0]
    assert_sound(page)


def test_a_lesson_is_dragged_by_its_handle(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", **DESKTOP)
    start, end = handle(page, TITLES[2]).bounding_box(), handle(page, TITLES[0]).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 12, end["y"] + 30, steps=8)
    page.mouse.move(end["x"] + 12, end["y"] + 8, steps=4)
    page.mouse.up()
    said(page, "顺序已保存")
    assert order(at) == [2, 0, 1]


def test_a_lesson_is_dragged_by_a_finger(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", **PHONE)
    start, end = handle(page, TITLES[2]).bounding_box(), handle(page, TITLES[0]).bounding_box()
    assert start is not None
    assert end is not None
    touch = page.context.new_cdp_session(page)

    def send(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", start["x"] + 12, start["y"] + 12)
    for part in range(1, 9):
        send("touchMove", start["x"] + 12, start["y"] + 12 + (end["y"] - start["y"]) * part / 8)
    send("touchEnd", 0, 0)
    said(page, "顺序已保存")
    assert order(at) == [2, 0, 1]


def test_an_outline_that_was_changed_elsewhere_is_not_overwritten(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", **DESKTOP)
    at.lessons[1].knowledge.all()
    gone = at.lessons[1]
    gone.module = None
    gone.save()
    handle(page, TITLES[0]).focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    said(page, "大纲刚被他人或您的另一窗口改动")
    assert order(at) == [0, 2]


def test_a_lost_line_is_said_and_tried_again(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", **DESKTOP)
    page.context.set_offline(True)
    handle(page, TITLES[0]).focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    said(page, "连不上服务器")
    page.context.set_offline(False)
    page.click("[data-part=again]")
    said(page, "顺序已保存")
    assert order(at) == [1, 0, 2]


def test_without_script_buttons_move_lessons_and_add_rows(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, "outline/", java_script_enabled=False, **DESKTOP)
    with page.expect_navigation():
        page.get_by_role("button", name=f"下移{TITLES[0]}", exact=True).click()
    assert order(at) == [1, 0, 2]
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/edit/lecturers/")
    page.fill("[name=row-1-name]", "李秀英")
    with page.expect_navigation():
        page.get_by_role("button", name="再加一行").click()
    assert page.input_value("[name=row-1-name]") == "李秀英"
    page.fill("[name=row-2-name]", "赵明")
    with page.expect_navigation():
        page.locator("[name=row-2-name]").press("Enter")
    assert list(at.course.lecturers.order_by("position").values_list("name", flat=True)) == ["王建国", "李秀英", "赵明"]


@pytest.mark.clause("M6")
def test_a_course_is_handed_in_and_taken_back(site: Site, signed_in: Callable[..., Page]) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, **PHONE)
    page.get_by_role("link", name="送审").click()
    page.get_by_role("button", name="送审第 1 版").click()
    expect(page.locator(".messages")).to_contain_text("第 1 版已送审")
    version = CourseVersion.objects.get(course=at.course)
    expect(page.locator(".hash")).to_have_text(version.sha256)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/edit/facts/")
    assert page.locator("[name=title]").is_disabled()
    page.get_by_role("link", name="撤回送审").click()
    page.get_by_role("button", name="撤回送审").click()
    expect(page.locator(".messages")).to_contain_text("第 1 版已撤回")


@pytest.mark.clause("T1.2")
@LOOKS
def test_the_pages_of_the_editor_are_sound(
    site: Site, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    at = desk_on_site()
    page = editor_page(site, signed_in, at, **device)
    lesson = f"{site.url}/institution/lessons/{at.lessons[0].pk}/"
    others = [f"{lesson}{rest}" for rest in ("", "preview/", "replace/", "remove/")]
    for address in [*(f"{site.url}/institution/courses/{at.course.pk}/{rest}" for rest in PAGES), *others]:
        page.goto(address)
        assert_sound(page)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/edit/plan/")
    page.fill("[name=online_hours]", "x")
    follow(page, ".actions .button-main")
    assert_sound(page)
    version = submitted(at, MachineClock().now())
    for address in (f"versions/{version.pk}/", f"courses/{at.course.pk}/", f"courses/{at.course.pk}/edit/licences/"):
        page.goto(f"{site.url}/institution/{address}")
        assert_sound(page)
    page.goto(f"{site.url}/institution/courses/")
    assert_sound(page)
