"""Instants, milliseconds and learning days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.clock import HandClock, MachineClock, from_ms, learning_day, monotonic_ms, to_ms
from jiangxue.learning.rules.days import day_of

_INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.integers(0, 2**42))
def test_milliseconds_and_instants_turn_into_each_other(at_ms: int) -> None:
    assert to_ms(from_ms(at_ms)) == at_ms


@given(_INSTANTS)
def test_an_instant_loses_less_than_a_millisecond_and_never_gains(at: datetime) -> None:
    assert timedelta(0) <= at - from_ms(to_ms(at)) < timedelta(milliseconds=1)


def test_the_zone_of_an_instant_does_not_change_its_milliseconds() -> None:
    at = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=8)))
    assert to_ms(at) == to_ms(datetime(2026, 11, 24, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 24, 15, 59, 59, 999_999, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), date(2026, 11, 25)),
    ],
)
def test_a_learning_day_begins_at_midnight_in_shanghai(at: datetime, day: date) -> None:
    assert learning_day(at) == day


@given(_INSTANTS)
def test_the_rules_and_the_calendar_agree_on_the_learning_day(at: datetime) -> None:
    """The rules reckon with a fixed offset, because they may ask no table of zones."""
    assert date.fromordinal(day_of(to_ms(at))) == learning_day(at)


def test_a_hand_clock_stands_until_it_is_moved() -> None:
    clock = HandClock(datetime(2026, 11, 24, tzinfo=UTC))
    assert clock.now() == clock.now()
    assert clock.advance(1500) == clock.now() == datetime(2026, 11, 24, 0, 0, 1, 500_000, tzinfo=UTC)
    assert clock.advance(-1500) == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_machine_says_its_time_with_a_zone() -> None:
    assert MachineClock().now().utcoffset() == timedelta(0)


def test_durations_do_not_run_back() -> None:
    assert monotonic_ms() <= monotonic_ms()
