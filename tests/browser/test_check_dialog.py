"""The check's dialog in a real browser: seen at once, not to be closed, pressed by thumb and by keys (clause T2.6)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.checking import StagedCheck
from tests.browser.player import part, paused, play_for, start, until
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound

type Asked = Callable[[Page, StagedCheck], None]

OPEN = "document.querySelector('[data-part=check-dialog]').open"
FOCUS = "document.activeElement.dataset.part || document.activeElement.className"


@pytest.fixture
def stage(signed_in: Callable[..., Page]) -> Iterator[Asked]:
    """Put a check before a page until the test ends."""
    pages: list[Page] = []

    def staged(page: Page, check: StagedCheck) -> None:
        pages.append(page)
        check.stage(page)

    yield staged
    for page in pages:
        page.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def asked(site: Site, stage: Asked) -> Asked:
    """Watch for a moment, then be asked."""

    def asking(page: Page, check: StagedCheck) -> None:
        start(page, site.lesson_url())
        play_for(page, 1)
        stage(page, check)
        until(lambda: page.is_visible(".check-option"), "the question is there")

    return asking


@pytest.mark.clause("T2.6", "T1.2")
@LOOKS
def test_the_check_is_large_and_sound(
    signed_in: Callable[..., Page], login_name: str, asked: Asked, device: dict[str, object]
) -> None:
    page = signed_in(login_name, **device)
    asked(page, StagedCheck())
    assert paused(page)
    assert page.title().startswith("请打卡")
    assert "还剩" in part(page, "check-left")
    heights = [option.bounding_box()["height"] for option in page.query_selector_all(".check-option")]  # type: ignore[index]
    assert len(heights) == 3
    assert min(heights) >= 56
    assert_sound(page)


@pytest.mark.clause("T2.6")
def test_the_check_cannot_be_closed_and_the_picture_cannot_be_started(
    signed_in: Callable[..., Page], login_name: str, asked: Asked
) -> None:
    page = signed_in(login_name)
    asked(page, StagedCheck())
    for _ in range(6):
        page.keyboard.press("Escape")
        assert page.evaluate(OPEN)
    page.evaluate("document.querySelector('[data-part=check-dialog]').close()")
    until(lambda: page.evaluate(OPEN), "the dialog is back")
    page.evaluate("document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press("Escape")
    until(lambda: page.evaluate(OPEN), "the dialog is still there")
    page.evaluate("document.querySelector('video').play()")
    until(lambda: paused(page), "the picture stands still")


@pytest.mark.clause("T2.6")
def test_a_stray_key_presses_nothing_and_number_keys_answer(
    signed_in: Callable[..., Page], login_name: str, asked: Asked
) -> None:
    page = signed_in(login_name)
    check = StagedCheck()
    asked(page, check)
    assert page.evaluate(FOCUS) == "check-text"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert check.answers == []
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "check-option"
    page.wait_for_timeout(300)
    page.keyboard.press("1")
    until(lambda: "再选一次" in part(page, "check-line"), "the page asks again")
    assert "还可以选 1 次" in part(page, "check-line")
    assert page.evaluate(FOCUS) == "check-text"
    page.keyboard.press("2")
    until(lambda: not paused(page), "the picture goes on by itself")
    assert not page.evaluate(OPEN)
    assert "打卡通过" in part(page, "notice")
    assert [answer["choice"] for answer in check.answers] == [0, 1]
    assert all(answer["reaction_ms"] > 0 for answer in check.answers)
    assert not page.title().startswith("请打卡")


@pytest.mark.clause("T2.6")
def test_the_check_leaves_full_screen_and_comes_before_the_picture_after_a_reload(
    site: Site, signed_in: Callable[..., Page], login_name: str, stage: Asked
) -> None:
    page = signed_in(login_name)
    check = StagedCheck()
    start(page, site.lesson_url())
    page.click("[data-part=full-page]")
    until(lambda: page.evaluate("document.fullscreenElement !== null"), "full screen")
    stage(page, check)
    until(lambda: page.is_visible(".check-option"), "the question is there")
    until(lambda: page.evaluate("document.fullscreenElement === null"), "full screen is left")
    assert not page.evaluate("document.documentElement.classList.contains('player-over-page')")
    check.prompt = {**check.prompt, "left_ms": 21_000}
    page.goto(site.lesson_url())
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    page.click("[data-part=cover]")
    until(lambda: page.is_visible(".check-option"), "the question is there again")
    assert paused(page)
    assert int("".join(filter(str.isdigit, part(page, "check-left")))) <= 21
    page.click(".check-option >> nth=1", delay=300)
    until(lambda: not paused(page), "the picture starts")
