"""Learning around midnight and around the caps of the day (clauses T2.5, T2.1, T1.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.db.models import Sum

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, from_ms
from jiangxue.learning.models import DayTotal, Segment
from jiangxue.learning.rules.days import day_start_ms
from tests.attacks.checks import passed
from tests.attacks.client import LEAVE, PAUSED, Page, Window
from tests.attacks.conftest import end_in, honest_window, open_url, sealed_ms, way_of
from tests.factories.classes import Classroom, classroom
from tests.factories.policies import set_rule
from tests.hot.harness import Harness

TODAY = date(2026, 11, 25)
MIDNIGHT_MS = day_start_ms(TODAY.toordinal() + 1)


@pytest.fixture
def late_room(hot: Harness, clock: HandClock) -> Classroom:
    """Return the room, ten minutes before midnight, of somebody whose day has 280 s left."""
    clock.at = from_ms(MIDNIGHT_MS - 600_000)
    room = classroom(clock.now(), lesson_ms=3_600_000)
    learned(room, 21_600_000 - 280_000)
    return room


def learned(room: Classroom, ms: int) -> None:
    """Let the room's learner have learned today already."""
    day = DayTotal(learner=room.learner, training_class=room.training_class, day=TODAY, credited_ms=ms, refused_ms={})
    day.save()


@pytest.fixture
def evening(late_room: Classroom, hot: Harness) -> Page:
    page = Page(way_of(late_room.learner, hot), open_url(late_room))
    assert page.open()[0] == 200
    return page


@pytest.fixture
def honest_evening(late_room: Classroom, hot: Harness, clock: HandClock) -> Window:
    window = honest_window(way_of(late_room.learner, hot), open_url(late_room), clock)
    assert window.start()[0] == 200
    return window


def by_day(page: Page) -> list[int]:
    """Return what a page's session credits, by day."""
    days = Segment.objects.filter(session_id=page.session).values("day").annotate(ms=Sum("credited_ms"))
    return [day["ms"] for day in days.order_by("day")]


def end_after_last_check(page: Page, answer: Mapping[str, Any], clock: HandClock) -> str | None:
    """Pass the check that a full day asks, and return why the session ends with the next beat."""
    assert answer["directive"] == {"do": "check"}
    passed(page)
    clock.advance(2_000)
    return end_in(page.beat(page.credited_ms)[1])


@pytest.mark.clause("T2.5", "T2.1")
def test_the_cap_ends_the_session_and_refuses_another_until_midnight(evening: Page, clock: HandClock) -> None:
    for beat in range(1, 11):
        clock.advance(30_000)
        _status, answer = evening.beat(beat * 30_000)
    assert answer["verdict"] == [["provisional", 10_000], ["over_cap", 20_000]]
    assert end_after_last_check(evening, answer, clock) == "cap_reached"
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
    assert by_day(evening) == [280_000, 10_000]


@pytest.mark.clause("T2.5")
def test_time_saved_up_before_midnight_does_not_pass_the_cap_of_the_old_day(evening: Page, clock: HandClock) -> None:
    """The whole cap is learned but 2 s; what is carried over midnight belongs to the day that is full."""
    for beat in range(1, 10):
        clock.advance(30_000)
        evening.beat(beat * 30_000)
    clock.advance(8_000)
    evening.beat(278_000)
    while clock.now() < from_ms(MIDNIGHT_MS - 20_000):
        clock.advance(20_000)
        evening.beat(278_000, idle_ms=10_000, flags=PAUSED)
    clock.at = from_ms(MIDNIGHT_MS - 1_000)
    evening.beat(278_000, idle_ms=0)
    clock.advance(2_000)
    evening.beat(290_000, flags=LEAVE)
    assert sealed_ms(evening) == 281_000
    assert by_day(evening) == [280_000, 1_000]


def test_the_honest_twin_that_learns_over_midnight_has_each_part_on_its_own_day(
    honest_evening: Window, clock: HandClock
) -> None:
    honest_evening.watch(200_000)
    honest_evening.pause()
    while clock.now() < from_ms(MIDNIGHT_MS - 60_000):
        honest_evening.watch(20_000)
    honest_evening.resume()
    before_ms = MIDNIGHT_MS - honest_evening.clock_ms()
    honest_evening.watch(before_ms + 90_000)
    honest_evening.leave()
    assert sealed_ms(honest_evening) == 200_000 + before_ms + 90_000
    assert by_day(honest_evening) == [200_000 + before_ms, 90_000]


@pytest.mark.clause("T2.5")
def test_the_class_has_a_cap_of_its_own(late_room: Classroom, hot: Harness, clock: HandClock) -> None:
    """The person's day has 280 s left, the class's day 25 s."""
    set_rule(late_room, clock.now(), class_day_cap_ms=21_600_000 - 255_000)
    page = Page(way_of(late_room.learner, hot), open_url(late_room))
    assert page.open()[0] == 200
    clock.advance(30_000)
    _status, answer = page.beat(30_000)
    assert end_after_last_check(page, answer, clock) == "cap_reached"
    assert sealed_ms(page) == 25_000


@pytest.mark.clause("T2.5")
def test_the_persons_cap_counts_what_was_learned_in_another_class(
    late_room: Classroom, hot: Harness, clock: HandClock
) -> None:
    elsewhere = classroom(clock.now(), lesson_ms=3_600_000)
    enrol(class_id=elsewhere.training_class.pk, learner_id=late_room.learner.pk, now=clock.now())
    page = Page(way_of(late_room.learner, hot), open_url(elsewhere))
    _status, opened = page.open()
    assert opened["cap_ms"] - opened["day_ms"] == 280_000
    for beat in range(1, 11):
        clock.advance(30_000)
        _status, answer = page.beat(beat * 30_000)
    assert end_after_last_check(page, answer, clock) == "cap_reached"
    assert sealed_ms(page) == 280_000
