"""The video lesson in browsers with other engines than Chromium's: Firefox, and WebKit as Safari has it (clause T6)."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.firefox import Firefox, firefox
from tests.browser.other import OtherPage, is_shown, leave, part, paused, play_for, position, sign_in, start
from tests.browser.player import until
from tests.browser.site import Site, confirmed_ms, credited_ms, draw_check, refused_ms, right_place, session_end
from tests.browser.webkit import WebKit, webkit

TOLERANCE_MS = 2_500
DUE_MS = 3_000
ASKED = "document.querySelectorAll('[data-part=check-dialog][open] .check-option').length"
CAPTIONS = "document.querySelector('video').textTracks[0].mode"
SIZE = "[document.querySelector('video').videoWidth, document.querySelector('video').videoHeight]"
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"
FALSE_ALARMS = {"jumped", "too_fast"}

pytestmark = pytest.mark.clause("T6")


@pytest.fixture(scope="session")
def running_firefox() -> Iterator[Firefox]:
    with firefox() as running:
        yield running


@pytest.fixture(scope="session")
def running_webkit() -> Iterator[WebKit]:
    with webkit() as running:
        yield running


@pytest.fixture(params=["firefox", "webkit"])
def page(request: pytest.FixtureRequest, site: Site, login_name: str) -> Iterator[OtherPage]:
    """Return a page of each browser in turn, on which a learner has signed in through the form."""
    with request.getfixturevalue(f"running_{request.param}").page() as opened:
        sign_in(opened, site, login_name)
        yield opened


def assert_fits(page: OtherPage) -> None:
    scrolled, inner = page.value(WIDTHS)
    assert scrolled <= inner, "the page scrolls sideways"


def test_the_film_plays_and_its_time_is_credited(site: Site, page: OtherPage, login_name: str) -> None:
    start(page, site.lesson_url())
    credited_at_first = part(page, "credited")
    play_for(page, 8)
    width, height = page.value(SIZE)
    assert width > height > 0
    assert part(page, "status-text") == "本窗口正在计时"
    assert not is_shown(page, "notice"), part(page, "notice")
    assert not is_shown(page, "banner"), part(page, "banner")
    assert page.value(CAPTIONS) == "showing"
    assert_fits(page)
    assert part(page, "credited") not in ("", credited_at_first)
    seen_ms = position(page) * 1000
    leave(page)
    assert abs(credited_ms(login_name) - seen_ms) <= TOLERANCE_MS
    assert not FALSE_ALARMS & refused_ms(login_name).keys()
    assert session_end(login_name) == "by_learner"


def test_setting_the_position_leads_back_and_earns_nothing(site: Site, page: OtherPage, login_name: str) -> None:
    start(page, site.lesson_url())
    play_for(page, 3)
    before = position(page)
    page.value("document.querySelector('video').currentTime = 40")
    until(lambda: position(page) < before + 4, "the film went back")
    until(lambda: not paused(page) and position(page) > before + 1, "the film goes on from there")
    seen_ms = position(page) * 1000
    leave(page)
    assert credited_ms(login_name) <= seen_ms + TOLERANCE_MS


def is_heard(page: OtherPage, option: str) -> bool:
    """Press an option as a person does, who presses once more when nothing comes of it: the page takes a press within moments of drawing the question for a stray one."""
    waits = f"document.querySelectorAll('[data-part=check-dialog][open] {option}[aria-disabled=false]').length"
    if page.value(waits):
        time.sleep(0.5)
        page.click(option)
    return not page.value(waits)


def test_a_check_opens_is_answered_and_learning_goes_on(site: Site, page: OtherPage, login_name: str) -> None:
    draw_check(login_name, DUE_MS)
    start(page, site.lesson_url())
    until(lambda: page.value(ASKED), "the check is shown")
    assert paused(page)
    place = right_place(login_name)
    until(lambda: is_heard(page, f".check-option:nth-child({place + 1})"), "the page hears the press")
    until(lambda: not page.value(ASKED) and not paused(page), "the film goes on")
    play_for(page, 1)
    leave(page)
    assert DUE_MS <= confirmed_ms(login_name) <= credited_ms(login_name)


def test_a_phones_width_holds_the_lesson_in_firefox(
    site: Site, running_firefox: Firefox, login_name: str, tmp_path: Path
) -> None:
    with running_firefox.page() as page:
        page.resize(390, 844)
        sign_in(page, site, login_name)
        assert_fits(page)
        start(page, site.lesson_url())
        assert page.value("window.innerWidth") == 390
        assert_fits(page)
        page.screenshot(tmp_path / "lesson-390.png")  # pytest keeps the folders of the last runs
        leave(page)
        assert_fits(page)
