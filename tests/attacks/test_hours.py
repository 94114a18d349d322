"""Learning before, at and after the hours of the day in which a class counts time. Clause T2.1."""

from datetime import datetime, time, timedelta

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.zone import LEARNING_ZONE
from tests.attacks.checks import figures, learn, passed, sweep
from tests.attacks.client import Page
from tests.attacks.conftest import PageFor, WindowFor, end_in, sealed_ms
from tests.conftest import MORNING
from tests.factories.classes import Classroom, classroom
from tests.factories.policies import set_rule
from tests.hot.harness import Harness

EVENING = datetime.combine(MORNING.date(), time(23), LEARNING_ZONE)


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    """Return a class that counts from 06:00 to 23:00."""
    found = classroom(clock.now(), lesson_ms=7_200_000)
    set_rule(found, clock.now() - timedelta(days=1), hours_from_min=6 * 60, hours_until_min=23 * 60)
    return found


@pytest.mark.clause("T2.1")
@pytest.mark.parametrize(
    ("at", "status"), [("05:59", 403), ("06:00", 200), ("22:59", 200), ("23:00", 403), ("02:00", 403)]
)
def test_a_lesson_opens_within_the_hours_and_at_no_other_time(
    room: Classroom, page_for: PageFor, clock: HandClock, at: str, status: int
) -> None:
    clock.at = datetime.combine(MORNING.date(), time.fromisoformat(at), LEARNING_ZONE)
    found, answer = page_for().open()
    assert found == status
    if status == 403:
        assert answer["error"] == "out_of_hours"
        assert "06:00" in answer["message"]


@pytest.mark.clause("T2.1")
def test_nothing_is_paid_after_the_hours(room: Classroom, page_for: PageFor, clock: HandClock) -> None:
    clock.at = EVENING - timedelta(seconds=40)
    page = page_for()
    page.open()
    clock.advance(30_000)
    page.beat(30_000)
    clock.advance(30_000)
    status, answer = page.beat(60_000)
    assert (status, end_in(answer)) == (410, "out_of_hours")
    assert sealed_ms(page) == 30_000


@pytest.mark.clause("T2.1", "T2.6")
def test_the_honest_twin_is_asked_once_more_before_the_hours_end_and_loses_nothing_but_that(
    room: Classroom, window_for: WindowFor, clock: HandClock
) -> None:
    clock.at = EVENING - timedelta(minutes=10)
    window = window_for()
    window.start()
    window.watch(700_000)
    assert window.why == "out_of_hours"
    sweep()
    credited_ms, confirmed_ms, missed_ms = figures(room.learner)
    last_word_ms = 3_000 + 2_000  # that long before the end, or the least time between two beats earlier
    assert credited_ms >= 600_000 - window.reads_ms - last_word_ms
    assert confirmed_ms >= 600_000 - 60_000
    assert missed_ms == 0


@pytest.mark.clause("T2.6")
def test_the_last_check_of_the_hours_comes_once(room: Classroom, page_for: PageFor, clock: HandClock) -> None:
    clock.at = EVENING - timedelta(seconds=150)
    page: Page = page_for()
    page.open()
    assert learn(page, clock, 60_000)["directive"] == {"do": "go_on"}
    assert learn(page, clock, 30_000)["directive"] == {"do": "check"}
    passed(page)
    assert learn(page, clock, 30_000)["directive"] == {"do": "go_on"}
