"""Playing faster, jumping ahead, drifting: 倍速, 拖动 (clauses T2.3, T2.4)."""

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.client import EVENT, LEAVE, Page, Window
from tests.attacks.conftest import end_in, sealed_ms


def play(page: Page, clock: HandClock, *, beats: int, speed_percent: int, obey: bool = False) -> int:
    """Play in beats of 30 s at a speed; `obey` goes back where the server says. Return the media position reached."""
    position_ms = 0
    for _ in range(beats):
        clock.advance(30_000)
        position_ms += 30_000 * speed_percent // 100
        _status, answer = page.beat(position_ms)
        if obey and answer["directive"]["do"] == "go_to":
            position_ms = answer["directive"]["position_ms"]
    page.beat(position_ms, flags=LEAVE)
    return position_ms


@pytest.mark.clause("T2.4")
def test_sixteen_times_the_speed_earns_nothing(opened: Page, clock: HandClock) -> None:
    play(opened, clock, beats=1, speed_percent=1600)
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.4")
def test_twice_the_speed_earns_nothing(opened: Page, clock: HandClock) -> None:
    play(opened, clock, beats=3, speed_percent=200, obey=True)
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.4")
def test_a_slow_drift_at_one_and_a_tenth_earns_less_than_the_time_that_passed(opened: Page, clock: HandClock) -> None:
    """Every other beat is a jump by then, and costs its whole stretch."""
    play(opened, clock, beats=5, speed_percent=110, obey=True)
    assert sealed_ms(opened) == 90_000


def test_the_honest_twin_at_normal_speed_earns_all_of_it(honest: Window) -> None:
    honest.watch(150_000)
    honest.leave()
    assert sealed_ms(honest) == 150_000


def test_the_honest_twin_at_three_quarters_earns_what_was_seen(opened: Page, clock: HandClock) -> None:
    seen_ms = play(opened, clock, beats=4, speed_percent=75)
    assert sealed_ms(opened) == seen_ms == 90_000


@pytest.mark.clause("T2.3")
def test_a_jump_costs_the_stretch_and_leads_back(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    clock.advance(10_000)
    _status, answer = opened.beat(150_000, flags=EVENT)
    assert answer["verdict"] == [["jumped", 10_000]]
    assert answer["directive"] == {"do": "go_to", "position_ms": 30_000}
    clock.advance(10_000)
    opened.beat(40_000, flags=LEAVE)
    assert sealed_ms(opened) == 40_000


@pytest.mark.clause("T2.1", "T2.3")
def test_the_fifth_jump_within_ten_minutes_signs_out(opened: Page, clock: HandClock) -> None:
    for _ in range(5):
        clock.advance(5_000)
        _status, answer = opened.beat(170_000)
    assert answer["directive"]["do"] == "sign_out"
    assert end_in(answer) == "repeated_refusals"
    assert sealed_ms(opened) == 0


def test_the_honest_twin_that_seeks_back_and_on_again_earns_what_it_saw_for_the_first_time(honest: Window) -> None:
    honest.watch(60_000)
    honest.seek(30_000)
    honest.watch(60_000)
    honest.leave()
    assert sealed_ms(honest) == 90_000


def test_the_honest_twin_that_slips_forward_puts_the_picture_back_and_loses_nothing(honest: Window) -> None:
    honest.watch(60_000)
    honest.seek(120_000)
    honest.watch(40_000)
    honest.leave()
    assert sealed_ms(honest) == 100_000


def test_the_honest_twin_that_goes_back_before_its_beat_was_due_keeps_what_it_had_watched(honest: Window) -> None:
    honest.watch(20_000)
    honest.seek(0)
    honest.leave()
    assert sealed_ms(honest) == 20_000


@pytest.mark.clause("T2.3")
def test_repeating_what_was_seen_earns_nothing_and_costs_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(40_000)
    opened.beat(40_000)
    clock.advance(30_000)
    _status, answer = opened.beat(30_000)
    assert answer["verdict"] == [["repeat", 20_000]]
    assert answer["credited_ms"] == 40_000
    clock.advance(30_000)
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T2.3")
def test_time_saved_up_by_standing_still_pays_ten_seconds_at_most(opened: Page, clock: HandClock) -> None:
    """A minute stands still without being called idle; then as much as possible is claimed at once."""
    for _ in range(2):
        clock.advance(30_000)
        opened.beat(0)
    clock.advance(5_000)
    opened.beat(20_000, flags=LEAVE)
    assert sealed_ms(opened) == 15_000


@pytest.mark.clause("T2.3")
def test_a_jump_costs_what_was_saved_up_as_well(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(0)
    clock.advance(2_000)
    opened.beat(100_000)
    clock.advance(2_000)
    opened.beat(10_000, flags=LEAVE)
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.3")
def test_nothing_is_paid_beyond_the_end_of_the_lesson(opened: Page, clock: HandClock) -> None:
    for beat in range(1, 8):
        clock.advance(30_000)
        opened.beat(beat * 30_000)
    opened.beat(240_000, flags=LEAVE)
    assert sealed_ms(opened) == 180_000


@pytest.mark.clause("T2.3")
def test_a_flood_of_small_claims_earns_no_more_than_the_time_that_passed(opened: Page, clock: HandClock) -> None:
    """The first prototype paid 140 s for 6 s, because it allowed a tolerance for each beat."""
    position_ms = 0
    for _ in range(600):
        clock.advance(10)
        position_ms += 250
        opened.beat(position_ms, flags=EVENT)
    clock.advance(2_000)
    opened.beat(position_ms, flags=LEAVE)
    assert sealed_ms(opened) <= 8_000
