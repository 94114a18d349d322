"""Divide a pool of server time into credited, refused and carried time, without rest. Clauses T2.1–T2.5, T1.3.

After every judgement credited + refused + carry = time since the opening; tests/rules/test_judge_properties.py holds it to that.
"""

from collections import deque
from collections.abc import Sequence

from msgspec.structs import replace

from jiangxue.learning.rules.checks import Cleared, is_due, until_face_after
from jiangxue.learning.rules.credit import Credit, Earning, credits_by_day, earning
from jiangxue.learning.rules.days import balance_of, day_of, shares_by_day
from jiangxue.learning.rules.reasons import ABOVE_A_CHECK, REFUSAL_AT_END, EndReason, Reason
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Judgement, Running, Stretch
from jiangxue.policies.rules.time_policy import TimePolicy

_STANDING = Flag.PAUSED | Flag.HIDDEN
_IDLE_REASONS = ((Flag.TOO_FAST, Reason.TOO_FAST), (Flag.HIDDEN, Reason.HIDDEN), (Flag.PAUSED, Reason.PAUSED))


def judge(running: Running, claim: Claim, policy: TimePolicy, now_ms: int) -> Judgement:
    """Judge one beat: what it earns, what is refused and why, and the session after it. Nothing is earned while a check is open."""
    if running.asked_at_ms is not None:
        return _waiting(running, claim, policy, now_ms)
    earned = earning(running, claim, policy, now_ms)
    credited = credits_by_day(running, earned, policy)
    credit_ms = sum(credit.end_ms - credit.start_ms for credit in credited)
    asks = is_due(running, claim, policy, [(c.day, c.end_ms - c.start_ms) for c in credited], now_ms)
    uncredited = _uncredited(earned, credited)
    carry_ms = 0 if asks else _carry(earned, uncredited, policy)
    reached_ms = running.reached_ms + credit_ms
    rest_reason = _reason_for_rest(claim, running, reached_ms)
    amounts = _refusals(earned, claim, credit_ms, carry_ms, rest_reason)
    refused = _fill(_without_tail(uncredited, carry_ms), amounts)
    stretches = _in_order(credited, refused)
    after = replace(
        running,
        beat_at_ms=now_ms,
        carry_ms=carry_ms,
        carry_reason=rest_reason,
        reached_ms=reached_ms,
        balances=_balances(running, credited, now_ms, carry_ms),
        paused_since_ms=_paused_since(running, claim, now_ms),
        jumped_at_ms=_recent(running.jumped_at_ms, now_ms, policy.jumps_window_ms, happened=earned.jumped),
        event_at_ms=_recent(running.event_at_ms, now_ms, policy.event_window_ms, happened=Flag.EVENT in claim.flags),
        **_counted_down(running, policy, credit_ms, now_ms),
        asked_at_ms=now_ms if asks else None,
    )
    return Judgement(after, stretches, shares_by_day(stretches, running.balances[0].day))


def _counted_down(running: Running, policy: TimePolicy, credit_ms: int, now_ms: int) -> dict[str, int | None]:
    """Return what credit does to the check to come; sessions from before there were checks have none, and count nothing."""
    if running.until_check_ms is None:
        return {}
    return {
        "until_check_ms": max(0, running.until_check_ms - credit_ms),
        "provisional_ms": running.provisional_ms + credit_ms,
        "until_face_ms": until_face_after(running, policy, credit_ms, now_ms),
    }


def _waiting(running: Running, claim: Claim, policy: TimePolicy, now_ms: int) -> Judgement:
    """Refuse the time since the last judgement because a check is open; nothing was carried into it, nothing is carried on."""
    after = replace(
        _after_pending(running, now_ms),
        paused_since_ms=_paused_since(running, claim, now_ms),
        event_at_ms=_recent(running.event_at_ms, now_ms, policy.event_window_ms, happened=Flag.EVENT in claim.flags),
    )
    return _pending(running, after, now_ms)


def judge_cleared(running: Running, cleared: Cleared) -> Judgement:
    """Judge what lies between the last judgement and a check's outcome, after which the session goes on."""
    at_ms = max(cleared.at_ms, running.beat_at_ms)
    after = replace(
        _after_pending(running, at_ms),
        paused_since_ms=None,
        until_check_ms=cleared.until_check_ms,
        provisional_ms=cleared.provisional_ms,
        until_face_ms=cleared.until_face_ms,
        asked_at_ms=None,
    )
    return _pending(running, after, at_ms)


def _after_pending(running: Running, at_ms: int) -> Running:
    return replace(running, beat_at_ms=at_ms, balances=_balances(running, [], at_ms, 0))


def _pending(running: Running, after: Running, at_ms: int) -> Judgement:
    waited = Stretch(running.beat_at_ms, at_ms, Reason.CHECK_PENDING)
    stretches = (waited,) if waited.ms > 0 else ()
    return Judgement(after, stretches, shares_by_day(stretches, running.balances[0].day))


def judge_end(running: Running, reason: EndReason, end_ms: int) -> Judgement:
    """Judge what is left at the end of a session: the whole pool is refused, and nothing is carried any further."""
    end_ms = max(end_ms, running.beat_at_ms)
    carried = Stretch(running.beat_at_ms - running.carry_ms, running.beat_at_ms, running.carry_reason)
    refused = REFUSAL_AT_END[reason]
    if running.asked_at_ms is not None and refused not in ABOVE_A_CHECK:
        refused = Reason.CHECK_PENDING
    since = Stretch(running.beat_at_ms, end_ms, refused)
    stretches = tuple(stretch for stretch in (carried, since) if stretch.ms > 0)
    after = replace(running, beat_at_ms=end_ms, carry_ms=0)
    return Judgement(after, stretches, shares_by_day(stretches, running.balances[0].day))


def _uncredited(earned: Earning, credited: Sequence[Credit]) -> list[tuple[int, int]]:
    pieces = []
    at_ms = earned.pool_start_ms
    for credit in credited:
        if at_ms < credit.start_ms:
            pieces.append((at_ms, credit.start_ms))
        at_ms = credit.end_ms
    if at_ms < earned.now_ms:
        pieces.append((at_ms, earned.now_ms))
    return pieces


def _carry(earned: Earning, uncredited: Sequence[tuple[int, int]], policy: TimePolicy) -> int:
    """Carry what was not wanted, as far as it lies in one piece that ends now: the next pool must be unbroken."""
    if earned.jumped or not uncredited:
        return 0
    last_start_ms, last_end_ms = uncredited[-1]
    tail_ms = last_end_ms - last_start_ms if last_end_ms == earned.now_ms else 0
    return min(policy.max_carry_ms, earned.earn_ms - earned.want_ms, tail_ms)


def _refusals(
    earned: Earning, claim: Claim, credit_ms: int, carry_ms: int, rest_reason: Reason
) -> list[tuple[Reason, int]]:
    """Return refused amounts in the order of the rule's table; they sum to the pool less credit and carry."""
    pool_ms = earned.now_ms - earned.pool_start_ms
    if earned.jumped:
        return [(Reason.JUMPED, pool_ms)]
    over_ms = earned.want_ms - credit_ms
    rest_ms = pool_ms - credit_ms - carry_ms - over_ms - earned.silent_ms - earned.idle_ms
    idle_reason = next((reason for flag, reason in _IDLE_REASONS if flag in claim.flags), Reason.PAUSED)
    return [
        (Reason.OVER_CAP, over_ms),
        (Reason.SILENT, earned.silent_ms),
        (idle_reason, earned.idle_ms),
        (rest_reason, rest_ms),
    ]


def _reason_for_rest(claim: Claim, running: Running, reached_ms: int) -> Reason:
    """Say why time was not wanted: all is learned, it was seen before, the page of a document counts no more, or nothing moved."""
    if reached_ms >= running.length_ms:
        return Reason.LESSON_FULL
    if claim.claimed_position_ms < reached_ms:
        return Reason.REPEAT
    is_full = running.page_ms and reached_ms and reached_ms % running.page_ms == 0
    return Reason.PAGE_FULL if is_full else Reason.PAUSED


def _without_tail(pieces: Sequence[tuple[int, int]], tail_ms: int) -> list[tuple[int, int]]:
    if not tail_ms:
        return list(pieces)
    start_ms, end_ms = pieces[-1]
    kept = [*pieces[:-1], (start_ms, end_ms - tail_ms)]
    return [piece for piece in kept if piece[0] < piece[1]]


def _fill(pieces: Sequence[tuple[int, int]], amounts: Sequence[tuple[Reason, int]]) -> list[Stretch]:
    """Lay refused amounts into the uncredited pieces, both in order; sizes agree by construction."""
    found: list[Stretch] = []
    queue = deque((reason, ms) for reason, ms in amounts if ms > 0)
    for start_ms, end_ms in pieces:
        at_ms = start_ms
        while at_ms < end_ms:
            reason, ms = queue.popleft()
            taken_ms = min(end_ms - at_ms, ms)
            found.append(Stretch(at_ms, at_ms + taken_ms, reason))
            at_ms += taken_ms
            if taken_ms < ms:
                queue.appendleft((reason, ms - taken_ms))
    return found


def _in_order(credited: Sequence[Credit], refused: Sequence[Stretch]) -> tuple[Stretch, ...]:
    pieces = [Stretch(credit.start_ms, credit.end_ms, None) for credit in credited]
    return tuple(sorted([*pieces, *refused], key=lambda stretch: stretch.start_ms))


def _balances(running: Running, credited: Sequence[Credit], now_ms: int, carry_ms: int) -> tuple[DayBalance, ...]:
    """Book the credits, and keep the days that the next pool may still touch."""
    floor_day = running.balances[0].day
    first_day = max(floor_day, day_of(now_ms - carry_ms))
    days = {b.day for b in running.balances} | {max(floor_day, day_of(now_ms))} | {c.day for c in credited}
    booked = []
    for day in sorted(day for day in days if day >= first_day):
        balance = balance_of(running, day)
        earned_ms = sum(credit.end_ms - credit.start_ms for credit in credited if credit.day == day)
        booked.append(DayBalance(day, balance.person_ms + earned_ms, balance.class_ms + earned_ms))
    return tuple(booked)


def _paused_since(running: Running, claim: Claim, now_ms: int) -> int | None:
    """Say since when the page has stood still by its own word: idle for at least nine tenths of the time since the last beat."""
    gap_ms = now_ms - running.beat_at_ms
    if not claim.flags & _STANDING or claim.claimed_idle_ms * 10 < gap_ms * 9:
        return None
    if running.paused_since_ms is not None:
        return running.paused_since_ms
    return max(running.beat_at_ms - running.carry_ms, now_ms - claim.claimed_idle_ms)


def _recent(times_ms: tuple[int, ...], now_ms: int, window_ms: int, *, happened: bool) -> tuple[int, ...]:
    kept = tuple(at_ms for at_ms in times_ms if now_ms - window_ms < at_ms <= now_ms)
    return (*kept, now_ms) if happened else kept
