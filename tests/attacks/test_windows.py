"""Several windows of one person (clause T2.2)."""

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.conftest import PageFor, sealed_ms
from tests.attacks.page import Page

LEAVE = 16


@pytest.mark.clause("T2.2")
def test_a_second_window_is_asked_before_it_takes_over(opened: Page, page_for: PageFor, clock: HandClock) -> None:
    clock.advance(5_000)
    status, answer = page_for().open()
    assert status == 409
    assert answer["error"] == "already_learning"
    assert "09:00" in answer["message"]


@pytest.mark.clause("T2.2")
def test_after_a_takeover_the_first_window_earns_nothing(opened: Page, page_for: PageFor, clock: HandClock) -> None:
    clock.advance(20_000)
    second = page_for()
    assert second.open(take_over=True)[0] == 200
    clock.advance(30_000)
    status, answer = opened.beat(50_000)
    assert status == 410
    assert answer["directive"]["reason"] == "superseded"
    second.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 0
    assert sealed_ms(second) == 30_000


@pytest.mark.clause("T2.2")
def test_two_windows_that_take_over_from_each_other_earn_no_more_than_one(page_for: PageFor, clock: HandClock) -> None:
    pages = [page_for(), page_for(lesson=1)]
    sessions = []
    for turn in range(20):
        page = pages[turn % 2]
        page.open(take_over=True)
        clock.advance(10_000)
        page.beat(page.credited_ms + 10_000 * (turn // 2 + 1))
        sessions.append(Page(page.post, page.open_url, session=page.session))
    pages[1].beat(100_000, flags=LEAVE)
    assert sum(sealed_ms(page) for page in sessions) <= 200_000


@pytest.mark.clause("T2.2")
def test_a_window_that_has_gone_silent_is_taken_over_without_asking(
    opened: Page, page_for: PageFor, clock: HandClock
) -> None:
    clock.advance(60_000)
    assert page_for().open()[0] == 200


def test_the_honest_twin_that_reloads_its_page_is_not_asked(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    before = sealed_ms(opened)
    clock.advance(1_000)
    status, answer = opened.open()
    assert status == 200
    assert answer["position_ms"] == 30_000
    assert before == 0


@pytest.mark.clause("T5")
def test_the_honest_twin_goes_on_in_another_browser_where_it_was(
    opened: Page, page_for: PageFor, clock: HandClock
) -> None:
    clock.advance(30_000)
    opened.beat(30_000, flags=LEAVE)
    second = page_for()
    _status, answer = second.open()
    assert answer["position_ms"] == 30_000
    clock.advance(30_000)
    second.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) + sealed_ms(second) == 60_000
