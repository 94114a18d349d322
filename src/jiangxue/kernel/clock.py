"""The one place that asks the machine for the time; everywhere else time is an argument."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from jiangxue.kernel.zone import LEARNING_ZONE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_US = timedelta(microseconds=1)


class Clock(Protocol):
    """Something that knows the time: the database in production, a hand-set clock in tests."""

    def now(self) -> datetime:
        """Return the present as an aware UTC datetime."""


class MachineClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the machine's present, aware, in UTC."""
        return datetime.now(UTC)


class HandClock:
    """A clock that stands still until it is set: for tests and for replaying history."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return the time the clock was last set to."""
        return self.at

    def advance(self, milliseconds: int) -> datetime:
        """Move the clock by `milliseconds` (negative: back) and return the new time."""
        self.at += timedelta(milliseconds=milliseconds)
        return self.at


def monotonic_ms() -> int:
    """Return milliseconds for measuring durations within this process; not a time of day."""
    return time.monotonic_ns() // 1_000_000


def to_ms(at: datetime) -> int:
    """Return whole milliseconds since 1970-01-01 UTC, rounded down."""
    return (at - _EPOCH) // _MS


def from_ms(at_ms: int) -> datetime:
    """Return the aware UTC datetime of `at_ms` milliseconds since 1970-01-01 UTC."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def to_us(at: datetime) -> int:
    """Return the microseconds since 1970-01-01 UTC, which is as exact as the database keeps an instant."""
    return (at - _EPOCH) // _US


def from_us(at_us: int) -> datetime:
    """Return the aware UTC datetime of `at_us` microseconds since 1970-01-01 UTC."""
    return _EPOCH + timedelta(microseconds=at_us)


def learning_day(at: datetime) -> date:
    """Return the calendar day of Asia/Shanghai to which an instant's learning belongs."""
    return at.astimezone(LEARNING_ZONE).date()
