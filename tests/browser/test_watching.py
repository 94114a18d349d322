"""The learner's way in a real browser: watch and earn, leave and resume, on another browser too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.player import follow, leave, part, paused, play_for, position, start, until
from tests.browser.site import Site, credited_ms, refused_ms, session_end


@pytest.mark.clause("T1.3", "T5", "T2.1")
def test_a_learner_watches_earns_leaves_and_goes_on_in_another_browser(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 8)
    assert "正在计时" in part(page, "status-text")
    watched_ms = position(page) * 1000
    leave(page)
    credited = credited_ms(login_name)
    assert watched_ms - 1_500 <= credited <= watched_ms + 1_500
    assert "您已签退" in page.content()
    assert session_end(login_name) == "by_learner"

    other = signed_in(login_name)
    assert "继续学习" in other.content()
    other.click("main a.button-main")
    until(lambda: other.is_enabled("[data-part=cover]"), "the player is ready")
    other.click("[data-part=cover]")
    until(lambda: not paused(other) and position(other) > 1, "the film plays")
    assert abs(position(other) * 1000 - credited) < 2_000


@pytest.mark.clause("T1.3")
def test_pausing_does_not_count_and_says_so(site: Site, signed_in: Callable[..., Page], login_name: str) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 4)
    page.keyboard.press("Space")
    until(lambda: paused(page), "the film stands still")
    seen_ms = position(page) * 1000
    page.wait_for_timeout(5_000)
    leave(page)
    assert abs(credited_ms(login_name) - seen_ms) < 1_500
    assert refused_ms(login_name)["paused"] > 3_000


@pytest.mark.clause("T1.3", "T2.1")
def test_closing_the_page_keeps_what_was_learned_and_signs_out(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 5)
    seen_ms = position(page) * 1000
    page.close(run_before_unload=False)
    until(lambda: session_end(login_name) == "by_learner", "the session has ended")
    assert abs(credited_ms(login_name) - seen_ms) < 1_500


@pytest.mark.clause("T1.2")
def test_the_records_show_the_day_the_lesson_and_the_reason(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url())
    play_for(page, 3)
    leave(page)
    page.goto(f"{site.url}/learn/records/")
    follow(page, "main a[href*='/learn/records/20']")
    text = page.text_content("main") or ""
    assert "主动签退" in text
    assert "待确认" in text
