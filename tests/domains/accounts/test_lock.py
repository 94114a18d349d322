"""Five wrong passwords within half an hour lock a sign-in for half an hour."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.accounts.rules.lock import ATTEMPTS, LOCK, WINDOW, locked_until
from tests.conftest import MORNING

MINUTE = timedelta(minutes=1)
_OFFSETS = st.lists(st.integers(0, 120), max_size=12).map(sorted)


def _failures(*minutes: float) -> list[datetime]:
    return [MORNING + minute * MINUTE for minute in minutes]


@pytest.mark.clause("M3")
def test_four_failures_lock_nothing() -> None:
    assert locked_until(_failures(0, 0, 0, 0), MORNING) is None


@pytest.mark.clause("M3")
def test_the_fifth_locks_for_half_an_hour_from_then() -> None:
    failures = _failures(0, 1, 2, 3, 4)
    assert locked_until(failures, MORNING + 4 * MINUTE) == MORNING + 34 * MINUTE


def test_the_lock_holds_as_long_as_it_says() -> None:
    """Also when the first of the failures is half an hour old already."""
    failures = _failures(0, 1, 2, 3, 4)
    almost = MORNING + 34 * MINUTE - timedelta(microseconds=1)
    assert locked_until(failures, almost) == MORNING + 34 * MINUTE
    assert locked_until(failures, MORNING + 34 * MINUTE) is None


def test_one_more_failure_after_a_lock_does_not_lock_again_at_once() -> None:
    assert locked_until(_failures(0, 1, 2, 3, 4, 34), MORNING + 34 * MINUTE) is None


def test_five_more_failures_after_a_lock_lock_again() -> None:
    failures = _failures(0, 1, 2, 3, 4, 35, 36, 37, 38, 39)
    assert locked_until(failures, MORNING + 40 * MINUTE) == MORNING + 69 * MINUTE


def test_failures_spread_over_more_than_half_an_hour_lock_nothing() -> None:
    assert locked_until(_failures(0, 10, 20, 25, 30), MORNING + 30 * MINUTE) is None


@given(_OFFSETS, st.integers(0, 200))
def test_a_lock_ends_at_most_half_an_hour_after_the_last_failure(minutes: list[int], now: int) -> None:
    failures = _failures(*minutes)
    until = locked_until(failures, MORNING + now * MINUTE)
    if until is not None:
        assert len(failures) >= ATTEMPTS
        assert MORNING + now * MINUTE < until == failures[-1] + LOCK
        assert failures[-1] - failures[-ATTEMPTS] < WINDOW
