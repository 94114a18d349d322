"""Learning days: where midnight cuts server time, and what the caps of a day leave. Clause T2.5."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from jiangxue.learning.rules.shapes import DayBalance, DayCap, DayShare, Running, Stretch
from jiangxue.policies.rules.time_policy import TimePolicy

DAY_MS = 86_400_000
_SHANGHAI_OFFSET_MS = 8 * 3_600_000
_ORDINAL_OF_1970 = 719_163


def day_of(at_ms: int) -> int:
    """Return the learning day (proleptic ordinal, Asia/Shanghai, UTC+8 without daylight saving since 1991) of an instant."""
    return _ORDINAL_OF_1970 + (at_ms + _SHANGHAI_OFFSET_MS) // DAY_MS


def day_start_ms(day: int) -> int:
    """Return the instant at which a learning day begins."""
    return (day - _ORDINAL_OF_1970) * DAY_MS - _SHANGHAI_OFFSET_MS


def cut_at_midnight(start_ms: int, end_ms: int) -> Iterator[tuple[int, int, int]]:
    """Yield `(day, start, end)` for each learning day that `[start, end)` touches, in order."""
    while start_ms < end_ms:
        day = day_of(start_ms)
        cut_ms = min(end_ms, day_start_ms(day + 1))
        yield day, start_ms, cut_ms
        start_ms = cut_ms


def balance_of(running: Running, day: int) -> DayBalance:
    """Return what `day` already holds; a day that is not listed held nothing when the session was opened, and nothing since."""
    return next((b for b in running.balances if b.day == day), DayBalance(day, 0, 0))


def balance_today(running: Running) -> DayBalance:
    """Return what the learning day of the last judgement holds; the day never moves back, whatever the clock does."""
    return balance_of(running, max(day_of(running.beat_at_ms), running.balances[0].day))


def binding_cap(balance: DayBalance, policy: TimePolicy) -> DayCap:
    """Return the cap of that day that leaves less; where both leave the same it is the person's, for then no class pays more."""
    person = DayCap(policy.day_cap_ms, balance.person_ms)
    in_class = DayCap(policy.class_day_cap_ms, balance.class_ms, of_class=True)
    return min(person, in_class, key=lambda cap: cap.left_ms)


def left_of_day_ms(balance: DayBalance, policy: TimePolicy) -> int:
    """Return how much more the two caps let this person earn on that day; the smaller remainder rules."""
    return binding_cap(balance, policy).left_ms


def shares_by_day(stretches: Iterable[Stretch], floor_day: int) -> tuple[DayShare, ...]:
    """Divide stretches among learning days; nothing falls before `floor_day`, because the day never moves back."""
    by_day: defaultdict[int, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        for day, start_ms, end_ms in cut_at_midnight(stretch.start_ms, stretch.end_ms):
            by_day[max(day, floor_day)].append(Stretch(start_ms, end_ms, stretch.reason))
    return tuple(DayShare(day, tuple(pieces)) for day, pieces in sorted(by_day.items()))
