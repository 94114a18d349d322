"""What people try in the console and with tabs, in a real browser (clauses T2.2–T2.4)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.player import leave, part, paused, play_for, position, start, until
from tests.browser.site import Site, credited_ms, session_end

TOLERANCE_MS = 1_500


@pytest.mark.clause("T2.3")
def test_setting_the_position_leads_back_and_earns_nothing(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 4)
    before = position(page)
    page.evaluate("document.querySelector('video').currentTime = 25")
    until(lambda: position(page) < before + 4, "the film went back")
    seen_ms = position(page) * 1000
    leave(page)
    assert credited_ms(login_name) <= seen_ms + TOLERANCE_MS


@pytest.mark.clause("T2.4")
def test_setting_the_speed_is_undone_and_earns_no_more_than_the_time(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    started = page.evaluate("performance.now()")
    page.evaluate("document.querySelector('video').playbackRate = 16")
    until(lambda: page.evaluate("document.querySelector('video').playbackRate") == 1, "the speed is normal again")
    play_for(page, 4)
    passed_ms = page.evaluate("performance.now()") - started
    leave(page)
    assert credited_ms(login_name) <= passed_ms + TOLERANCE_MS


@pytest.mark.clause("T2.2")
def test_a_second_tab_asks_and_then_takes_over(site: Site, signed_in: Callable[..., Page], login_name: str) -> None:
    first = signed_in(login_name)
    start(first, site.lesson_url())
    play_for(first, 3)
    second = first.context.new_page()
    second.goto(site.lesson_url())
    until(lambda: second.is_enabled("[data-part=cover]"), "the second tab is ready")
    second.click("[data-part=cover]")
    until(lambda: second.is_visible("[data-part=dialog]"), "the second tab asks")
    assert "正在计时" in part(second, "question")
    second.click("[data-part=take-over]")
    first.wait_for_url("**/learn/sessions/**", timeout=15_000)
    assert "他处学习" in first.content()
    until(lambda: not paused(second), "the second tab plays")
    play_for(second, 3)
    leave(second)
    assert session_end(login_name) == "by_learner"


@pytest.mark.clause("T2.3")
def test_arrow_keys_do_not_lead_ahead(site: Site, signed_in: Callable[..., Page], login_name: str) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 2)
    page.focus("[data-part=seek]")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    page.wait_for_timeout(500)
    assert position(page) < 8
    assert not paused(page)
