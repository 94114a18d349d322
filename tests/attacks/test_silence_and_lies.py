"""Silence and then a claim, hidden pages, idle lies, many short sessions, server clocks that step (clauses T2.1, T2.3)."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from jiangxue.kernel.clock import HandClock, from_ms
from jiangxue.learning.models import DayTotal, Segment, StudySession
from jiangxue.learning.rules.days import day_start_ms
from jiangxue.learning.services.ending import end_overdue
from tests.attacks.conftest import PageFor, sealed_ms
from tests.attacks.page import Page, post_through
from tests.factories.classes import classroom
from tests.hot.harness import Harness

HIDDEN, PAUSED, LEAVE, ENDED = 1, 2, 16, 32


@pytest.mark.clause("T2.1")
def test_a_claim_after_two_minutes_of_silence_earns_one_minute(opened: Page, clock: HandClock) -> None:
    clock.advance(120_000)
    _status, answer = opened.beat(120_000)
    assert answer["verdict"] == [["provisional", 60_000], ["silent", 60_000]]


@pytest.mark.clause("T2.1")
def test_a_claim_after_three_minutes_of_silence_finds_the_session_ended(opened: Page, clock: HandClock) -> None:
    clock.advance(180_000)
    status, answer = opened.beat(180_000)
    assert status == 410
    assert answer["directive"]["reason"] == "silent"
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T2.1")
def test_silence_needs_no_beat_to_end_a_session(opened: Page, clock: HandClock) -> None:
    due_at = clock.now()
    clock.advance(600_000)
    end_overdue(clock=clock)
    session = StudySession.objects.get(pk=opened.session)
    assert session.end_reason == "silent"
    assert (session.closed_at - due_at).total_seconds() == 180


def test_the_honest_twin_that_lost_the_network_for_a_minute_loses_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(60_000)
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.clause("T2.1")
def test_a_hidden_page_that_says_so_earns_only_what_was_in_front(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    _status, answer = opened.beat(10_000, idle_ms=20_000, flags=HIDDEN)
    assert answer["verdict"] == [["provisional", 10_000], ["hidden", 20_000]]


@pytest.mark.clause("T2.3")
def test_a_lie_about_idleness_earns_no_more_than_position_and_time_allow(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(10_000, idle_ms=0)
    assert opened.credited_ms == 10_000
    clock.advance(30_000)
    opened.beat(60_000, idle_ms=0, flags=LEAVE)
    assert sealed_ms(opened) <= 60_000


@pytest.mark.clause("T2.1")
def test_ten_minutes_of_pause_sign_out(opened: Page, clock: HandClock) -> None:
    for _ in range(19):
        clock.advance(30_000)
        status, _answer = opened.beat(0, idle_ms=30_000, flags=PAUSED)
        assert status == 200
    clock.advance(30_000)
    status, answer = opened.beat(0, idle_ms=30_000, flags=PAUSED)
    assert (status, answer["directive"]["reason"]) == (410, "idle")


@pytest.mark.clause("T2.3")
def test_many_short_sessions_earn_no_more_than_the_time_that_passed(page_for: PageFor, clock: HandClock) -> None:
    started_at = clock.now()
    page, total_ms = page_for(), 0
    for turn in range(30):
        page.open()
        clock.advance(3_000)
        page.beat(page.credited_ms + 8_000 + 3_000 * turn, flags=LEAVE)
        total_ms += sealed_ms(page)
    assert total_ms <= (clock.now() - started_at).total_seconds() * 1000


@pytest.mark.clause("T2.3")
def test_saying_ended_does_not_finish_a_lesson(opened: Page, clock: HandClock) -> None:
    clock.advance(5_000)
    _status, answer = opened.beat(180_000, flags=ENDED)
    assert answer["directive"] == {"do": "go_to", "position_ms": 0}


def test_the_honest_twin_finishes_a_lesson_and_is_signed_out(opened: Page, clock: HandClock) -> None:
    for second in (30, 60, 90, 120, 150):
        clock.advance(30_000)
        opened.beat(second * 1_000)
    clock.advance(30_000)
    _status, answer = opened.beat(180_000, flags=ENDED)
    assert answer["directive"]["reason"] == "finished"
    assert sealed_ms(opened) == 180_000


@pytest.mark.clause("T2.3")
def test_a_server_clock_that_steps_back_and_forth_pays_nothing_twice(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    clock.advance(-3_600_000)
    assert opened.beat(60_000)[1]["credited_ms"] == 30_000
    clock.advance(30_000)
    opened.beat(60_000, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


TODAY = date(2026, 11, 25)
MIDNIGHT_MS = day_start_ms(TODAY.toordinal() + 1)


@pytest.fixture
def evening(hot: Harness, clock: HandClock) -> Page:
    """Return a page opened ten minutes before midnight by somebody whose day has 280 s left."""
    clock.at = from_ms(MIDNIGHT_MS - 600_000)
    room = classroom(clock.now(), lesson_ms=3_600_000)
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=TODAY,
        credited_ms=21_600_000 - 280_000,
        refused_ms={},
    )
    client = Client()
    client.force_login(room.learner)
    url = reverse("learner:open", args=(room.training_class.pk, room.lesson.pk))
    page = Page(post_through(client, hot), url)
    assert page.open()[0] == 200
    return page


@pytest.mark.clause("T2.5", "T2.1")
def test_the_cap_ends_the_session_and_refuses_another_until_midnight(evening: Page, clock: HandClock) -> None:
    for beat in range(1, 11):
        clock.advance(30_000)
        _status, answer = evening.beat(beat * 30_000)
    assert answer["directive"]["reason"] == "cap_reached"
    assert answer["verdict"] == [["provisional", 10_000], ["over_cap", 20_000]]
    assert sealed_ms(evening) == 280_000
    assert evening.open()[0] == 403
    clock.at = from_ms(MIDNIGHT_MS)
    assert evening.open()[0] == 200


@pytest.mark.clause("T2.5", "T1.3")
def test_a_stretch_over_midnight_is_split_exactly_and_each_part_keeps_its_days_cap(
    evening: Page, clock: HandClock
) -> None:
    """270 s are learned, then a pause until 20 s before midnight, then one beat of 30 s over midnight."""
    for beat in range(1, 10):
        clock.advance(30_000)
        evening.beat(beat * 30_000)
    while clock.now() < from_ms(MIDNIGHT_MS - 40_000):
        clock.advance(30_000)
        evening.beat(270_000, idle_ms=30_000, flags=PAUSED)
    clock.at = from_ms(MIDNIGHT_MS - 20_000)
    evening.beat(270_000, idle_ms=30_000, flags=PAUSED)
    clock.advance(30_000)
    _status, answer = evening.beat(300_000)
    assert answer["verdict"] == [["provisional", 10_000], ["over_cap", 10_000], ["provisional", 10_000]]
    evening.beat(300_000, flags=LEAVE)
    assert sealed_ms(evening) == 290_000
    credited = Segment.objects.filter(session_id=evening.session).order_by("day").values_list("credited_ms", flat=True)
    assert list(credited) == [280_000, 10_000]
