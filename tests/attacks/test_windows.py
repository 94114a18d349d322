"""Several windows of one person (clause T2.2)."""

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.conftest import PageFor, WindowFor, end_in, sealed_ms


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
    assert end_in(answer) == "superseded"
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
    assert sum(sealed_ms(page) for page in sessions) == 200_000


@pytest.mark.clause("T2.2")
def test_a_window_that_has_gone_silent_is_taken_over_without_asking(
    opened: Page, page_for: PageFor, clock: HandClock
) -> None:
    clock.advance(60_000)
    assert page_for().open()[0] == 200


@pytest.mark.clause("T2.2")
def test_the_key_of_a_replaced_session_is_worth_nothing_even_before_anybody_noticed(
    opened: Page, page_for: PageFor, clock: HandClock
) -> None:
    """Two devices send by turns; the older one goes on as if nothing had happened."""
    clock.advance(20_000)
    second = page_for()
    second.open(take_over=True)
    for turn in range(1, 4):
        clock.advance(10_000)
        assert opened.beat(20_000 + 10_000 * turn)[0] == 410
        assert second.beat(10_000 * turn)[0] == 200
    second.beat(30_000, flags=LEAVE)
    assert (sealed_ms(opened), sealed_ms(second)) == (0, 30_000)


def test_the_honest_twin_that_reloads_its_page_is_not_asked(honest: Window) -> None:
    honest.watch(40_000)
    honest.report()
    before = Page(honest.post, honest.open_url, session=honest.session)
    honest.sleep(1_000)
    status, answer = honest.start()
    assert status == 200
    assert answer["position_ms"] == 40_000
    honest.watch(30_000)
    honest.leave()
    assert (sealed_ms(before), sealed_ms(honest)) == (40_000, 30_000)


@pytest.mark.clause("T2.2")
def test_the_honest_twin_that_is_asked_and_takes_over_loses_only_the_time_of_asking(
    honest: Window, window_for: WindowFor
) -> None:
    honest.watch(40_000)
    honest.report()
    phone = window_for()
    assert phone.start()[0] == 409
    phone.sleep(3_000)
    assert phone.start(take_over=True)[0] == 200
    phone.watch(30_000)
    phone.leave()
    honest.report()
    assert honest.why == "superseded"
    assert (sealed_ms(honest), sealed_ms(phone)) == (40_000, 30_000)


@pytest.mark.clause("T5")
def test_the_honest_twin_goes_on_in_another_browser_where_it_was(honest: Window, window_for: WindowFor) -> None:
    honest.watch(30_000)
    honest.leave()
    second = window_for()
    assert second.start()[1]["position_ms"] == 30_000
    second.watch(30_000)
    second.leave()
    assert sealed_ms(honest) + sealed_ms(second) == 60_000
