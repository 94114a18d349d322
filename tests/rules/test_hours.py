"""The hours of the day in which a class counts time. Clause T2.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.days import DAY_MS, day_of, day_start_ms
from jiangxue.learning.rules.hours import hours_end_ms, hours_of_day, is_in_hours
from jiangxue.policies.rules.time_policy import DAY_MIN, MINUTE_MS, TimePolicy

MIDNIGHT_MS = day_start_ms(739_944)
moments = st.integers(0, 10 * DAY_MS).map(lambda ms: MIDNIGHT_MS + ms)
hours = st.tuples(st.integers(0, DAY_MIN - 1), st.integers(1, DAY_MIN)).filter(lambda pair: pair[0] < pair[1])


@pytest.mark.clause("T2.1")
@given(moments, hours)
def test_an_instant_is_within_the_hours_until_they_end(at_ms, pair):
    policy = TimePolicy(hours_from_min=pair[0], hours_until_min=pair[1])
    begins_ms, ends_ms = hours_of_day(policy, at_ms)
    assert day_of(begins_ms) == day_of(at_ms) == day_of(ends_ms - 1)
    assert ends_ms - begins_ms == (pair[1] - pair[0]) * MINUTE_MS
    assert is_in_hours(policy, at_ms) == (begins_ms <= at_ms < ends_ms)
    if pair != (0, DAY_MIN):
        assert hours_end_ms(policy, at_ms) == ends_ms


@given(moments)
def test_without_hours_time_counts_at_any_time_and_over_midnight(at_ms):
    assert is_in_hours(TimePolicy(), at_ms)
    assert hours_end_ms(TimePolicy(), at_ms) is None
