"""A clock that ran a day ahead and was set back pays no day twice (clause T2.5)."""

from datetime import timedelta

import pytest

from jiangxue.kernel.clock import HandClock, from_ms, learning_day
from jiangxue.learning.models import DayTotal
from jiangxue.learning.rules.days import day_start_ms
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.attacks.client import LEAVE
from tests.attacks.conftest import sealed_ms
from tests.factories.classes import classroom
from tests.hot.conftest import opened_page
from tests.hot.harness import Harness


@pytest.mark.clause("T2.5")
def test_what_a_clock_that_ran_ahead_credited_to_tomorrow_counts_against_tomorrows_cap(
    hot: Harness, clock: HandClock
) -> None:
    room = classroom(clock.now(), lesson_ms=3_600_000)
    tomorrow = learning_day(clock.now()) + timedelta(days=1)
    DayTotal.objects.create(
        learner=room.learner,
        training_class=room.training_class,
        day=tomorrow,
        credited_ms=TimePolicy().day_cap_ms - 5_000,
        refused_ms={},
    )
    clock.at = from_ms(day_start_ms(tomorrow.toordinal()) - 10_000)
    page = opened_page(room, room.learner, hot, clock)
    clock.advance(30_000)
    _status, answer = page.beat(30_000)
    assert answer["verdict"] == [["provisional", 10_000], ["provisional", 5_000], ["over_cap", 15_000]]
    page.beat(30_000, flags=LEAVE)
    assert sealed_ms(page) == 15_000
