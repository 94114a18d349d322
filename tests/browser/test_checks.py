"""A random check-in in a real browser against the real server: passed, missed, come back to, by keyboard, on a phone. Clause T2.6."""

from collections.abc import Callable

import pytest
from django.db.models import F
from playwright.sync_api import Page

from jiangxue.courseware.models import CourseQuestion
from jiangxue.learning.models import Check
from tests.browser.conftest import PHONE
from tests.browser.player import leave, part, paused, position, start, until
from tests.browser.site import Site, confirmed_ms, credited_ms, draw_check, refused_ms, right_place, session_end
from tests.reader import pressed

DUE_MS = 4_000


def is_asked(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('[data-part=check-dialog]').open")) and bool(
        page.locator(".check-dialog .check-option").count()
    )


def options_of(page: Page) -> list[str]:
    return [each.strip() for each in page.locator(".check-option > :last-child").all_inner_texts()]


@pytest.fixture
def asked(site: Site, signed_in: Callable[..., Page], login_name: str) -> Page:
    """Return a phone's page on which a check has just been asked."""
    CourseQuestion.objects.filter(retired_at=None).update(retired_at=F("created_at"))  # those of other tests
    draw_check(login_name, DUE_MS)
    page = signed_in(login_name, **PHONE)
    start(page, site.lesson_url())
    until(lambda: is_asked(page), "the check is shown")
    return page


def press(page: Page, login_name: str) -> None:
    page.locator(".check-option").nth(right_place(login_name)).click()


@pytest.mark.clause("T2.6")
def test_who_answers_goes_on_and_the_minutes_turn_solid(asked: Page, login_name: str) -> None:
    assert paused(asked)
    assert "等待打卡" in part(asked, "status-text")
    assert asked.locator("[data-part=bar] .bar-provisional").count() == 1
    asked.wait_for_timeout(1_000)
    press(asked, login_name)
    until(lambda: not is_asked(asked) and not paused(asked), "the film goes on")
    assert asked.locator("[data-part=bar] .bar-confirmed").count() == 1
    leave(asked)
    assert DUE_MS <= confirmed_ms(login_name) <= credited_ms(login_name)
    settled = Check.objects.get(learner__login_name=login_name)
    assert settled.outcome == "passed"
    assert settled.reaction_ms is not None
    assert abs(settled.reaction_ms - (settled.claimed_reaction_ms or 0)) < 1_000
    asked.goto(asked.url)
    assert "已确认" in (asked.text_content("main") or "")


@pytest.mark.clause("T2.6")
def test_who_reads_what_the_page_says_and_presses_that_goes_on(asked: Page, login_name: str) -> None:
    """This person knows nothing but the words on the screen."""
    place = pressed(part(asked, "check-text"), options_of(asked))
    asked.wait_for_timeout(1_000)  # the page takes a press within moments of the question for a stray one
    asked.locator(".check-option").nth(place).click()
    until(lambda: not is_asked(asked) and not paused(asked), "the film goes on")
    assert Check.objects.get(learner__login_name=login_name).outcome == "passed"


@pytest.mark.clause("T2.6", "T2.1")
def test_who_does_not_answer_is_signed_out_and_told_what_it_costs(asked: Page, login_name: str) -> None:
    credited_before_ms = DUE_MS
    asked.wait_for_url("**/learn/sessions/**", timeout=40_000)
    text = asked.text_content("main") or ""
    assert "未打卡" in text
    assert "没有在限时内完成打卡" in text
    assert "已计入的时间都已保存" not in text
    assert session_end(login_name) == "missed_check"
    assert refused_ms(login_name)["missed_check"] >= credited_before_ms
    assert credited_ms(login_name) == 0


@pytest.mark.clause("T2.6")
def test_a_reload_brings_the_same_question_back_with_less_time(site: Site, asked: Page, login_name: str) -> None:
    question = asked.text_content("[data-part=check-text]")
    asked.wait_for_timeout(2_000)
    asked.reload()
    asked.wait_for_url("**/learn/check/**")
    assert asked.text_content("h1") == question
    asked.wait_for_timeout(500)
    left = asked.text_content("[data-part=left]") or ""
    assert "还剩" in left
    assert int("".join(filter(str.isdigit, left))) <= 13
    press(asked, login_name)
    asked.wait_for_url("**/lessons/**")
    assert "打卡通过" in (asked.text_content("body") or "")
    until(lambda: asked.is_enabled("[data-part=cover]"), "the player is ready")
    assert confirmed_ms(login_name) >= DUE_MS
    asked.click("[data-part=cover]")
    until(lambda: not paused(asked) and position(asked) > DUE_MS / 1000, "the film goes on where it was")


@pytest.mark.clause("T2.6")
def test_it_cannot_be_closed_and_is_answered_by_keyboard_alone(asked: Page, login_name: str) -> None:
    for _ in range(4):
        asked.keyboard.press("Escape")
        asked.wait_for_timeout(200)
        assert is_asked(asked)
    asked.keyboard.press("Enter")
    asked.keyboard.press("Space")
    assert is_asked(asked)
    for _ in range(right_place(login_name) + 1):
        asked.keyboard.press("Tab")
    asked.keyboard.press("Enter")
    until(lambda: not is_asked(asked) and not paused(asked), "the film goes on")
    assert Check.objects.get(learner__login_name=login_name).outcome == "passed"


@pytest.mark.clause("T2.6")
def test_every_page_of_the_learner_leads_to_the_open_check_first(site: Site, asked: Page, login_name: str) -> None:
    for address in ("/learn/", "/learn/records/", f"/learn/classes/{site.class_id}/"):
        other = asked.context.new_page()
        other.goto(f"{site.url}{address}")
        assert other.url.startswith(f"{site.url}/learn/check/")
        other.close()


@pytest.mark.clause("T2.6")
def test_a_blocked_check_is_a_missed_one(site: Site, signed_in: Callable[..., Page], login_name: str) -> None:
    draw_check(login_name, DUE_MS)
    page = signed_in(login_name)
    page.route("**/learn/check/**", lambda route: route.abort())
    start(page, site.lesson_url())
    page.wait_for_url("**/learn/sessions/**", timeout=60_000)
    assert session_end(login_name) == "missed_check"
    assert credited_ms(login_name) == 0
