"""The reader of a document in a real browser: pages in order, each for its time, while somebody looks."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import PHONE
from tests.browser.player import leave, part, until
from tests.browser.reading import PAGE_MS, next_is_open, open_book, page_number, reading_class, turn
from tests.browser.site import Site, confirmed_ms, credited_ms, draw_check, right_place
from tests.browser.test_looks import LOOKS, assert_sound


@pytest.mark.clause("T1.1", "T1.3", "T5")
def test_a_reader_turns_pages_one_by_one_earns_their_time_and_goes_on_later(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    open_book(page, reading.url)
    assert "第 1 页，共 3 页" in part(page, "spoken")
    assert not next_is_open(page)
    assert "秒可翻页" in part(page, "next-left")
    turn(page)
    assert page_number(page) == 2
    time.sleep(2)
    leave(page)
    assert PAGE_MS + 1_000 <= credited_ms(reading.login_name) <= 2 * PAGE_MS

    page.goto(reading.url)
    until(lambda: "从第 2 页继续" in part(page, "cover-label"), "the place is remembered")


@pytest.mark.clause("T2.3")
def test_a_page_opens_only_when_the_one_before_is_full(site: Site, signed_in: Callable[..., Page]) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    open_book(page, reading.url)
    page.click("[data-part=next]", force=True)
    page.keyboard.press("ArrowRight")
    page.fill("[data-part=number]", "3")
    page.keyboard.press("Enter")
    until(lambda: "前一页学满后" in part(page, "notice"), "the page says why")
    assert page_number(page) == 1


def test_standing_on_a_full_page_earns_nothing_and_says_so(site: Site, signed_in: Callable[..., Page]) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    open_book(page, reading.url)
    until(lambda: "本页已学满" in part(page, "status-text"), "the time of the page is full")
    time.sleep(4)
    leave(page)
    assert abs(credited_ms(reading.login_name) - PAGE_MS) <= 500


def test_a_finished_page_may_be_read_again_and_left_at_once(site: Site, signed_in: Callable[..., Page]) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    open_book(page, reading.url)
    turn(page)
    page.keyboard.press("ArrowLeft")
    until(lambda: page_number(page) == 1, "the page before lies open")
    assert "您已学过" in part(page, "status-text")
    page.keyboard.press("ArrowRight")
    until(lambda: page_number(page) == 2, "the page lies open again")


def test_the_page_grows_and_its_text_can_be_read(site: Site, signed_in: Callable[..., Page]) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    open_book(page, reading.url)
    before = page.locator("[data-part=sheet]").bounding_box()
    for _ in range(3):
        page.click("[data-part=larger]")
    after = page.locator("[data-part=sheet]").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["width"] / before["width"] - 3) < 0.05
    page.click("[data-part=words]")
    assert page.is_visible("[data-part=page-text]")
    assert "触电" in part(page, "page-text")


def _touch(page: Page, *steps: tuple[str, list[tuple[float, float]]]) -> None:
    """Let fingers do something on the glass: each step is a kind of touch and where the fingers are then."""
    glass = page.context.new_cdp_session(page)
    for kind, fingers in steps:
        points = [{"x": x, "y": y, "id": place} for place, (x, y) in enumerate(fingers)]
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(30)
    glass.detach()


def test_a_finger_turns_pages_two_fingers_enlarge_and_a_double_tap_brings_back(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name, **PHONE)
    open_book(page, reading.url)
    turn(page)
    box = page.locator("[data-part=desk]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    _touch(page, ("touchStart", [(x - 80, y)]), ("touchMove", [(x, y)]), ("touchMove", [(x + 80, y)]), ("touchEnd", []))
    until(lambda: page_number(page) == 1, "the page before lies open")

    narrow = page.locator("[data-part=sheet]").bounding_box()
    _touch(
        page,
        ("touchStart", [(x - 30, y), (x + 30, y)]),
        ("touchMove", [(x - 50, y), (x + 50, y)]),
        ("touchMove", [(x - 60, y), (x + 60, y)]),
        ("touchEnd", []),
    )
    wide = page.locator("[data-part=sheet]").bounding_box()
    assert narrow is not None
    assert wide is not None
    assert abs(wide["width"] / narrow["width"] - 2) < 0.1
    _touch(page, ("touchStart", [(x + 80, y)]), ("touchMove", [(x, y)]), ("touchMove", [(x - 80, y)]), ("touchEnd", []))
    assert page_number(page) == 1
    _touch(page, *[("touchStart", [(x, y)]), ("touchEnd", [])] * 2)
    back = page.locator("[data-part=sheet]").bounding_box()
    assert back is not None
    assert abs(back["width"] - narrow["width"]) < 2


def test_a_page_that_is_held_back_comes_by_itself_with_the_next_answer(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name)
    held = {"back": True}

    def gate(route: Route) -> None:
        if held["back"]:
            route.fulfill(status=403, body='{"error": "not_released"}', content_type="application/json")
        else:
            route.continue_()

    page.route("**/pages/0002.*", gate)
    open_book(page, reading.url)
    turn(page)
    until(lambda: "还没有开放" in part(page, "sheet-words"), "the page says what it waits for")
    assert "正在计时" not in part(page, "status-text")
    held["back"] = False
    until(lambda: page.locator(".reader-image").count() == 1, "the page comes by itself")
    until(lambda: "正在计时" in part(page, "status-text"), "it counts")


def assert_sound_by_day_and_night(page: Page) -> None:
    for colours in ("light", "dark"):
        page.emulate_media(color_scheme=colours)
        assert_sound(page)


@pytest.mark.clause("T1.2")
@LOOKS
def test_the_page_of_a_document_is_sound(site: Site, signed_in: Callable[..., Page], device: dict[str, object]) -> None:
    reading = reading_class(site)
    page = signed_in(reading.login_name, **device)
    page.goto(reading.url)
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    assert_sound_by_day_and_night(page)
    page.click("[data-part=cover]")
    until(lambda: page.locator(".reader-image").count() == 1, "the page lies open")
    assert_sound_by_day_and_night(page)
    until(lambda: next_is_open(page), "the time of the page is full")
    page.click("[data-part=words]")
    assert_sound_by_day_and_night(page)


@pytest.mark.clause("T2.6")
def test_a_check_comes_between_the_pages_and_the_reader_goes_on_where_they_were(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    reading = reading_class(site)
    draw_check(reading.login_name, 3_000)
    page = signed_in(reading.login_name, **PHONE)
    open_book(page, reading.url)
    page.click("[data-part=full-page]")
    until(lambda: page.locator(".check-dialog .check-option").count() > 0, "the check is shown")
    assert "等待打卡" in part(page, "status-text")
    page.wait_for_timeout(1_000)
    page.locator(".check-option").nth(right_place(reading.login_name)).click()
    until(lambda: not page.is_visible(".check-dialog"), "the check is passed")
    assert page_number(page) == 1
    turn(page)
    leave(page)
    assert confirmed_ms(reading.login_name) >= 3_000
    assert credited_ms(reading.login_name) >= PAGE_MS - 500
