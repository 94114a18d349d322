"""Silence and then a claim, hidden pages, idle lies, many short sessions, server clocks that step (clauses T2.1, T2.3)."""

from datetime import timedelta

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from jiangxue.learning.services.ending import end_overdue
from tests.attacks.client import ENDED, HIDDEN, LEAVE, PAUSED, Page, Window
from tests.attacks.conftest import PageFor, WindowFor, end_in, sealed_ms
from tests.attacks.networks import Outage
from tests.factories.classes import Classroom


@pytest.mark.clause("T2.1")
def test_a_claim_after_two_minutes_of_silence_earns_one_minute(opened: Page, clock: HandClock) -> None:
    clock.advance(120_000)
    _status, answer = opened.beat(120_000)
    assert answer["verdict"] == [["provisional", 60_000], ["silent", 60_000]]
    opened.beat(120_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T2.1")
def test_a_claim_after_three_minutes_of_silence_finds_the_session_ended(opened: Page, clock: HandClock) -> None:
    clock.advance(180_000)
    status, answer = opened.beat(180_000)
    assert status == 410
    assert end_in(answer) == "silent"
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.1")
def test_silence_needs_no_beat_to_end_a_session(opened: Page, clock: HandClock) -> None:
    due_at = clock.now()
    clock.advance(600_000)
    end_overdue(clock=clock)
    session = StudySession.objects.get(pk=opened.session)
    assert session.end_reason == "silent"
    assert (session.closed_at - due_at).total_seconds() == 180


@pytest.mark.clause("T2.1")
def test_a_queue_of_beats_made_up_during_an_outage_earns_no_more_than_one_fresh_beat(
    opened: Page, clock: HandClock
) -> None:
    """Four beats of 30 s each, sent together when the network is back, each one answered in time for the next."""
    clock.advance(120_000)
    statuses = [opened.beat(position)[0] for position in (30_000, 60_000, 90_000, 120_000)]
    assert statuses == [200, 429, 429, 429]
    clock.advance(2_000)
    opened.beat(42_000, flags=LEAVE)
    assert sealed_ms(opened) == 42_000


def test_its_honest_twin_sends_one_fresh_beat_and_is_paid_a_minute(honest: Window, clock: HandClock) -> None:
    network = Outage(honest.post)
    honest.post = network
    honest.watch(20_000)
    honest.report()
    network.is_out = True
    honest.watch(120_000)
    network.is_out = False
    honest.watch(20_000)
    honest.leave()
    assert 20_000 + 60_000 + 5_000 <= sealed_ms(honest) <= 20_000 + 60_000 + 20_000
    assert honest.position_ms == honest.credited_ms


def test_the_honest_twin_that_lost_the_network_for_three_quarters_of_a_minute_loses_nothing(honest: Window) -> None:
    network = Outage(honest.post)
    honest.post = network
    honest.watch(20_000)
    honest.report()
    network.is_out = True
    honest.watch(45_000)
    network.is_out = False
    honest.watch(60_000)
    honest.leave()
    assert sealed_ms(honest) == honest.position_ms >= 125_000


@pytest.mark.clause("T2.1")
def test_a_hidden_page_that_says_so_earns_only_what_was_in_front(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    _status, answer = opened.beat(10_000, idle_ms=20_000, flags=HIDDEN)
    assert answer["verdict"] == [["provisional", 10_000], ["hidden", 20_000]]
    opened.beat(10_000, flags=LEAVE)
    assert sealed_ms(opened) == 10_000


@pytest.mark.clause("T2.1")
def test_a_hidden_page_whose_sound_plays_on_earns_only_what_was_in_front(opened: Page, clock: HandClock) -> None:
    """The position moves on behind another window; the page says that it was hidden."""
    clock.advance(30_000)
    opened.beat(30_000, idle_ms=20_000, flags=HIDDEN | LEAVE)
    assert sealed_ms(opened) == 10_000


def test_the_honest_twin_that_is_hidden_for_a_while_earns_what_it_saw(honest: Window) -> None:
    honest.watch(30_000)
    honest.pause(HIDDEN)
    honest.watch(50_000)
    honest.resume()
    honest.watch(30_000)
    honest.leave()
    assert sealed_ms(honest) == 60_000


@pytest.mark.clause("T2.3")
def test_a_lie_about_idleness_earns_no_more_than_position_and_time_allow(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(10_000, idle_ms=0)
    assert opened.credited_ms == 10_000
    clock.advance(30_000)
    opened.beat(55_000, idle_ms=0, flags=LEAVE)
    assert sealed_ms(opened) == 50_000


@pytest.mark.clause("T2.3")
def test_a_hidden_page_that_claims_to_be_in_front_earns_what_a_patient_script_earns(
    opened: Page, clock: HandClock
) -> None:
    """What nothing stops (docs/trust.md): the position moves at 1×, nobody looks. It takes as long as watching does."""
    for second in (30, 60, 90):
        clock.advance(30_000)
        opened.beat(second * 1_000, idle_ms=0)
    opened.beat(90_000, flags=LEAVE)
    assert sealed_ms(opened) == 90_000


@pytest.mark.clause("T2.3")
def test_a_lie_about_idleness_in_a_pause_is_worth_ten_seconds_of_haste_once(opened: Page, clock: HandClock) -> None:
    """The pause is not admitted and then made up for by playing fast: only the carry's ceiling is left of it."""
    clock.advance(60_000)
    opened.beat(0, idle_ms=0)
    for position_ms in (10_000, 20_000, 30_000, 34_000):
        clock.advance(5_000)
        opened.beat(position_ms, idle_ms=0)
    opened.beat(34_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T2.1")
def test_ten_minutes_of_pause_sign_out(opened: Page, clock: HandClock) -> None:
    for _ in range(19):
        clock.advance(30_000)
        status, _answer = opened.beat(0, idle_ms=30_000, flags=PAUSED)
        assert status == 200
    clock.advance(30_000)
    status, answer = opened.beat(0, idle_ms=30_000, flags=PAUSED)
    assert (status, end_in(answer)) == (410, "idle")
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.3")
def test_many_short_sessions_earn_no_more_than_the_time_that_passed(page_for: PageFor, clock: HandClock) -> None:
    started_at = clock.now()
    page, total_ms = page_for(), 0
    for _ in range(25):
        _status, answer = page.open()
        clock.advance(3_000)
        page.beat(answer["reached_ms"] + 8_000, flags=LEAVE)
        total_ms += sealed_ms(page)
    assert 0 < total_ms <= (clock.now() - started_at).total_seconds() * 1000


def test_the_honest_twin_that_comes_and_goes_earns_what_it_watched(window_for: WindowFor) -> None:
    window, total_ms = window_for(), 0
    for _ in range(10):
        window.start()
        window.watch(3_000)
        window.leave()
        total_ms += sealed_ms(window)
    assert total_ms == 30_000


@pytest.mark.clause("T2.3")
def test_saying_ended_does_not_finish_a_lesson(opened: Page, clock: HandClock) -> None:
    clock.advance(5_000)
    _status, answer = opened.beat(180_000, flags=ENDED)
    assert answer["directive"] == {"do": "go_to", "position_ms": 0}
    opened.beat(180_000, flags=LEAVE)
    assert sealed_ms(opened) == 0


def test_the_honest_twin_finishes_a_lesson_and_is_signed_out(honest: Window) -> None:
    honest.watch(200_000)
    assert honest.why == "finished"
    assert sealed_ms(honest) == 180_000


@pytest.mark.clause("T2.1")
def test_a_class_that_closes_pays_nothing_after_its_end(room: Classroom, page_for: PageFor, clock: HandClock) -> None:
    clock.at = room.training_class.term.closes_at - timedelta(seconds=50)
    page = page_for()
    assert page.open()[0] == 200
    clock.advance(30_000)
    page.beat(30_000)
    clock.advance(30_000)
    status, answer = page.beat(60_000)
    assert (status, end_in(answer)) == (410, "class_closed")
    assert sealed_ms(page) == 30_000
    assert page.open()[0] == 403


@pytest.mark.clause("T2.1")
def test_the_honest_twin_that_learns_to_the_end_of_its_class_loses_three_seconds_at_most(
    room: Classroom, window_for: WindowFor, clock: HandClock
) -> None:
    clock.at = room.training_class.term.closes_at - timedelta(seconds=100)
    window = window_for()
    window.start()
    window.watch(150_000)
    assert window.why == "class_closed"
    assert 97_000 <= sealed_ms(window) <= 100_000


@pytest.mark.clause("T2.3")
def test_a_server_clock_that_steps_back_and_forth_pays_nothing_twice(
    opened: Page, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    assert "clock_stepped_back" not in caplog.text
    clock.advance(-3_600_000)
    assert opened.beat(60_000)[1]["credited_ms"] == 30_000
    assert "clock_stepped_back" in caplog.text
    clock.advance(30_000)
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T2.3")
def test_time_saved_up_is_not_spent_while_the_servers_clock_is_back(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(20_000)
    clock.advance(-5_000)
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 20_000


@pytest.mark.clause("T2.3")
def test_a_server_clock_that_is_swung_to_and_fro_pays_no_more_than_it_moved_forward(
    opened: Page, clock: HandClock
) -> None:
    """What it moves forward is paid, at most a minute at a time: an operator who turns the clock must be caught otherwise."""
    position_ms = forward_ms = 0
    for step_ms in (20_000, -15_000, 20_000, -40_000, 170_000, -170_000, 30_000):
        clock.advance(step_ms)
        forward_ms += min(60_000, max(0, step_ms))
        position_ms += max(0, step_ms)
        opened.beat(position_ms)
    opened.beat(position_ms, flags=LEAVE)
    assert sealed_ms(opened) <= forward_ms


def test_the_honest_twin_whose_servers_clock_steps_back_once_loses_one_beats_time_at_most(
    honest: Window, clock: HandClock
) -> None:
    page_ms = honest.clock_ms
    honest.watch(60_000)
    honest.report()
    clock.advance(-3_600_000)
    honest.clock_ms = lambda: page_ms() + 3_600_000
    honest.watch(90_000)
    honest.leave()
    assert sealed_ms(honest) >= 150_000 - 36_000
