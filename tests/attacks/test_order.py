"""Beats replayed, numbered anew, chained falsely, computed ahead, sent too often; and networks that lose answers (clause T0)."""

from dataclasses import replace

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.client import EVENT, LEAVE, PAUSED, Page, Window
from tests.attacks.conftest import kept, sealed_ms
from tests.attacks.networks import Flaky


@pytest.mark.clause("T0")
def test_a_replayed_beat_gets_its_old_answer_and_earns_nothing_again(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    first = opened.beat(30_000)
    for _ in range(5):
        clock.advance(5_000)
        assert opened.ask(opened.last_body) == first
    assert kept(opened) == 1
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_a_replayed_beat_of_earlier_is_out_of_step(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    old = opened.last_body
    clock.advance(30_000)
    opened.beat(60_000)
    clock.advance(30_000)
    status, answer = opened.ask(old)
    assert (status, answer["error"]) == (409, "resync")
    assert answer["n"] == 2
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T0")
@pytest.mark.parametrize("n", [1, 3, 4, 2**31 - 1])
def test_a_repeated_or_skipped_number_is_out_of_step(opened: Page, clock: HandClock, n: int) -> None:
    """The second beat must be number 2; a reused number with another body is no retry."""
    clock.advance(30_000)
    opened.beat(30_000)
    clock.advance(30_000)
    assert opened.ask(opened.signed({**opened.body(60_000), "n": n}))[0] == 409
    assert kept(opened) == 1
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T0")
@pytest.mark.parametrize("field", ["prev", "nonce"])
def test_a_forged_predecessor_or_nonce_is_out_of_step(opened: Page, clock: HandClock, field: str) -> None:
    clock.advance(30_000)
    good = opened.body(30_000)
    assert opened.ask(opened.signed({**good, field: "ab" * (len(good[field]) // 2)}))[0] == 409
    assert not kept(opened)
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_beats_computed_ahead_lack_the_nonce_of_the_answer_between(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    first = opened.body(30_000)
    ahead = replace(opened, n=1, tag=first["mac"][:32])
    seconds = [ahead.body(60_000), replace(ahead, nonce="0" * 16).body(60_000)]
    assert opened.send(first)[0] == 200
    clock.advance(30_000)
    assert [opened.ask(second)[0] for second in seconds] == [409, 409]
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_beats_closer_than_two_seconds_are_refused_and_lose_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(1_000)
    assert opened.beat(1_000) == (429, {"error": "too_often"})
    assert opened.headers["retry-after"] == "2"
    clock.advance(1_000)
    opened.beat(2_000, flags=LEAVE)
    assert sealed_ms(opened) == 2_000


@pytest.mark.clause("T0")
def test_the_sixth_event_within_ten_seconds_is_refused(opened: Page, clock: HandClock) -> None:
    for number in range(5):
        clock.advance(100)
        assert opened.beat(100 * number, flags=EVENT)[0] == 200
    clock.advance(100)
    assert opened.beat(600, flags=EVENT)[0] == 429
    opened.beat(600, flags=LEAVE)
    assert sealed_ms(opened) == 600


def test_the_honest_twin_that_fidgets_loses_nothing_that_it_watched(honest: Window) -> None:
    """Ten pauses of half a second within as many seconds: half of the events are refused as too often."""
    for _ in range(10):
        honest.watch(500)
        honest.pause()
        honest.watch(500)
        honest.resume()
    honest.watch(20_000)
    honest.leave()
    assert sealed_ms(honest) == 25_000


@pytest.mark.parametrize("lost", ["beats", "answers"])
def test_the_honest_twin_on_a_network_that_loses_half_of_them_earns_all_of_it(honest: Window, lost: str) -> None:
    honest.post = Flaky(honest.post, lost, every=2)
    honest.watch(60_000)
    honest.pause()
    honest.watch(20_000)
    honest.resume()
    honest.watch(60_000)
    honest.leave()
    assert sealed_ms(honest) == honest.position_ms >= 120_000


def test_the_honest_twin_whose_answer_is_lost_does_not_claim_its_pause_twice(honest: Window, clock: HandClock) -> None:
    """The beat with 10 s of pause was judged, its answer lost three times over; the 409 shows the page that it was."""
    honest.watch(20_000)
    network = Flaky(honest.post, "answers", every=1)
    honest.pause()
    honest.watch(10_000)
    honest.post = network
    honest.resume()
    honest.post = network.post
    honest.watch(30_000)
    honest.leave()
    assert 49_000 < sealed_ms(honest) == honest.position_ms


@pytest.mark.clause("T2.1")
def test_the_ending_beat_sent_again_gets_the_same_answer(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    status, answer = opened.beat(30_000, flags=LEAVE | PAUSED)
    assert answer["directive"]["do"] == "sign_out"
    assert opened.ask(opened.last_body) == (status, answer)
    assert opened.beat(30_000)[0] == 410
    assert sealed_ms(opened) == 30_000
    status, again = opened.ask(opened.last_body)
    assert (status, again["directive"]) == (410, answer["directive"])
