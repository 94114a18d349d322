"""How much of a pool of server time one beat earns, and on which learning days. Clauses T2.3, T2.4, T2.5."""

import msgspec

from jiangxue.learning.rules.days import balance_of, cut_at_midnight, left_of_day_ms
from jiangxue.learning.rules.shapes import Claim, Running
from jiangxue.policies.rules.time_policy import TimePolicy


class Earning(msgspec.Struct, frozen=True):
    """What a claim amounts to before the caps of the day are asked; milliseconds."""

    pool_start_ms: int
    now_ms: int
    gap_ms: int
    jumped: bool
    silent_ms: int
    idle_ms: int
    earn_ms: int
    want_ms: int


class Credit(msgspec.Struct, frozen=True):
    """A credited piece of server time; it lies in one learning day."""

    day: int
    start_ms: int
    end_ms: int


def earning(running: Running, claim: Claim, policy: TimePolicy, now_ms: int) -> Earning:
    """Weigh a claim against server time: 0 <= want <= earn <= gap + carry, and nothing for a jump or a clock that stepped back."""
    gap_ms = max(0, now_ms - running.beat_at_ms)
    ahead_ms = max(0, claim.claimed_position_ms - running.reached_ms)
    jumped = ahead_ms > gap_ms + running.carry_ms + policy.jump_ms
    counted_gap_ms = min(gap_ms, policy.max_gap_ms)
    idle_ms = min(claim.claimed_idle_ms, counted_gap_ms + running.carry_ms)
    earn_ms = counted_gap_ms + running.carry_ms - idle_ms
    worthless = jumped or now_ms < running.beat_at_ms
    want_ms = 0 if worthless else min(ahead_ms, earn_ms, running.length_ms - running.reached_ms)
    return Earning(
        pool_start_ms=now_ms - gap_ms - running.carry_ms,
        now_ms=now_ms,
        gap_ms=gap_ms,
        jumped=jumped,
        silent_ms=gap_ms - counted_gap_ms,
        idle_ms=idle_ms,
        earn_ms=earn_ms,
        want_ms=want_ms,
    )


def credits_by_day(running: Running, earned: Earning, policy: TimePolicy) -> list[Credit]:
    """Give the wanted time to the earliest server time first, each learning day within its own caps."""
    floor_day = running.balances[0].day
    left_ms = {b.day: left_of_day_ms(b, policy) for b in running.balances}
    want_ms = earned.want_ms
    found = []
    for cut_day, start_ms, end_ms in cut_at_midnight(earned.pool_start_ms, earned.now_ms):
        day = max(cut_day, floor_day)
        room_ms = left_ms.get(day, left_of_day_ms(balance_of(running, day), policy))
        credit_ms = min(want_ms, end_ms - start_ms, room_ms)
        if credit_ms > 0:
            found.append(Credit(day, start_ms, start_ms + credit_ms))
            want_ms -= credit_ms
            left_ms[day] = room_ms - credit_ms
    return found
