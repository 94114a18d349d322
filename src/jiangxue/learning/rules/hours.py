"""The hours of the day in which a class counts time (可学时段). Clause T2.1."""

from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.policies.rules.time_policy import DAY_MIN, MINUTE_MS, TimePolicy


def hours_of_day(policy: TimePolicy, at_ms: int) -> tuple[int, int]:
    """Return from when to when time counts on the learning day of an instant; a whole day may be followed by another."""
    midnight_ms = day_start_ms(day_of(at_ms))
    return midnight_ms + policy.hours_from_min * MINUTE_MS, midnight_ms + policy.hours_until_min * MINUTE_MS


def hours_end_ms(policy: TimePolicy, at_ms: int) -> int | None:
    """Return when the hours in which an instant lies end; None where they do not, because they go on over midnight."""
    if policy.hours_until_min == DAY_MIN and policy.hours_from_min == 0:
        return None
    return hours_of_day(policy, at_ms)[1]


def is_in_hours(policy: TimePolicy, at_ms: int) -> bool:
    """Say whether time counts at an instant."""
    begins_ms, ends_ms = hours_of_day(policy, at_ms)
    return begins_ms <= at_ms < ends_ms
