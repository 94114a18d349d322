"""When a session ends and what becomes of the rest of its time, case by case (docs/rules/effective-time.md, opening and closing)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiangxue.learning.rules.closing import RENEWAL_MS, closing_after, due_closing, is_complete
from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.learning.rules.directives import LAST_WORD_MS, before_end_ms, longest_wait_ms, next_beat_ms
from jiangxue.learning.rules.judge import judge, judge_end
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.resume import resume_position_ms
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy

NOON_MS = day_start_ms(739_944) + 12 * 3_600_000
POLICY = TimePolicy()
FAR_MS = NOON_MS + 86_400_000


def running(**facts: object) -> Running:
    """Return a session at noon, heard just now; `facts` replace its state."""
    usual = {"carry_ms": 0, "reached_ms": 40_000, "length_ms": 3_600_000}
    return Running(NOON_MS, **{**usual, "balances": (DayBalance(day_of(NOON_MS), 0, 0),), **facts})


def paused(of: Running, flags: Flag, idle_ms: int, gap_ms: int = 30_000) -> Running:
    return judge(of, Claim(of.reached_ms, idle_ms, flags), POLICY, of.beat_at_ms + gap_ms).running


@pytest.mark.clause("T2.1")
@pytest.mark.parametrize("flag", [Flag.PAUSED, Flag.HIDDEN])
def test_a_page_that_stands_still_by_its_own_word_is_due_to_end_ten_minutes_after_it_began_to(flag: Flag) -> None:
    still = paused(paused(running(), flag, 29_000), flag, 30_000)
    assert still.paused_since_ms == NOON_MS + 1_000
    assert due_closing(still, TimePolicy(silent_close_ms=600_000), FAR_MS, None, None) == (
        NOON_MS + 601_000,
        EndReason.IDLE,
    )


def test_a_page_that_stood_still_for_a_part_of_the_time_goes_on() -> None:
    assert paused(running(), Flag.PAUSED, 26_999).paused_since_ms is None
    assert paused(running(), Flag.PAUSED, 27_000).paused_since_ms is not None
    assert paused(running(), Flag.TOO_FAST, 30_000).paused_since_ms is None


def test_nobody_stands_still_since_before_the_last_beat() -> None:
    assert paused(running(), Flag.PAUSED, 2**53 - 1).paused_since_ms == NOON_MS


@pytest.mark.clause("T2.1")
def test_jumps_are_forgotten_after_ten_minutes() -> None:
    jumping = Claim(3_000_000, 0, Flag.NONE)
    after = judge(running(jumped_at_ms=(NOON_MS - 590_000,)), jumping, POLICY, NOON_MS + 10_000).running
    assert after.jumped_at_ms == (NOON_MS + 10_000,)
    after = judge(running(jumped_at_ms=(NOON_MS - 589_999,)), jumping, POLICY, NOON_MS + 10_000).running
    assert after.jumped_at_ms == (NOON_MS - 589_999, NOON_MS + 10_000)


def test_a_clock_that_steps_back_leaves_no_jump_or_event_in_the_future() -> None:
    ahead = running(jumped_at_ms=(NOON_MS,), event_at_ms=(NOON_MS,))
    after = judge(ahead, Claim(0, 0, Flag.NONE), POLICY, NOON_MS - 60_000).running
    assert (after.jumped_at_ms, after.event_at_ms) == ((), ())


def test_nothing_is_due_before_the_last_beat_and_nothing_ends_before_it() -> None:
    assert due_closing(running(), POLICY, NOON_MS - 5_000, None, None) == (NOON_MS, EndReason.CLASS_CLOSED)
    ended = judge_end(running(carry_ms=4_000), EndReason.CLASS_CLOSED, NOON_MS - 5_000)
    assert [(stretch.start_ms, stretch.end_ms) for stretch in ended.stretches] == [(NOON_MS - 4_000, NOON_MS)]
    assert ended.running.beat_at_ms == NOON_MS


def test_a_rule_that_is_over_gives_a_minute_to_open_again() -> None:
    assert due_closing(running(), POLICY, FAR_MS, NOON_MS + 1_000, None) == (
        NOON_MS + 1_000 + RENEWAL_MS,
        EndReason.REOPENED,
    )


REFUSED_AT_END = {
    EndReason.BY_LEARNER: Reason.PAUSED,
    EndReason.FINISHED: Reason.LESSON_FULL,
    EndReason.SILENT: Reason.SILENT,
    EndReason.IDLE: Reason.PAUSED,
    EndReason.MISSED_CHECK: Reason.CHECK_PENDING,
    EndReason.FAILED_FACE: Reason.CHECK_PENDING,
    EndReason.MAINTENANCE: Reason.CHECK_PENDING,
    EndReason.SUPERSEDED: Reason.OTHER_WINDOW,
    EndReason.REOPENED: Reason.SILENT,
    EndReason.CAP_REACHED: Reason.OVER_CAP,
    EndReason.OUT_OF_HOURS: Reason.OUT_OF_HOURS,
    EndReason.CLASS_CLOSED: Reason.CLASS_CLOSED,
    EndReason.REPEATED_REFUSALS: Reason.JUMPED,
    EndReason.TAKEN_DOWN: Reason.PAUSED,
    EndReason.FACE_REMOVED: Reason.PAUSED,
    EndReason.PASSWORD_CHANGED: Reason.SILENT,
}


@pytest.mark.clause("T1.3", "T2.1")
@pytest.mark.parametrize("reason", EndReason)
def test_the_time_since_the_last_beat_is_refused_for_what_ended_the_session(reason: EndReason) -> None:
    ended = judge_end(running(), reason, NOON_MS + 7_000)
    assert [(stretch.reason, stretch.ms) for stretch in ended.stretches] == [(REFUSED_AT_END[reason], 7_000)]


@pytest.mark.clause("T1.3")
@pytest.mark.parametrize(
    ("position_ms", "reason"), [(0, Reason.REPEAT), (40_000, Reason.PAUSED), (3_600_000, Reason.LESSON_FULL)]
)
def test_what_was_carried_is_refused_for_what_it_was_not_wanted_for(position_ms: int, reason: Reason) -> None:
    reached_ms = 3_600_000 if reason is Reason.LESSON_FULL else 40_000
    after = judge(running(reached_ms=reached_ms), Claim(position_ms, 0, Flag.NONE), POLICY, NOON_MS + 8_000).running
    ended = judge_end(after, EndReason.BY_LEARNER, NOON_MS + 8_000)
    assert [(stretch.reason, stretch.ms) for stretch in ended.stretches] == [(reason, 8_000)]


@pytest.mark.clause("T1.3")
@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        (Flag.TOO_FAST | Flag.HIDDEN | Flag.PAUSED, Reason.TOO_FAST),
        (Flag.HIDDEN | Flag.PAUSED, Reason.HIDDEN),
        (Flag.PAUSED, Reason.PAUSED),
        (Flag.NONE, Reason.PAUSED),
    ],
)
def test_idle_time_is_refused_by_the_first_that_the_page_names(flags: Flag, reason: Reason) -> None:
    found = judge(running(), Claim(60_000, 10_000, flags), POLICY, NOON_MS + 30_000)
    assert [(stretch.reason, stretch.ms) for stretch in found.stretches] == [(None, 20_000), (reason, 10_000)]


@pytest.mark.clause("T5")
def test_a_lesson_is_complete_at_99_percent_and_begins_anew_then() -> None:
    assert not is_complete(989, 1_000, POLICY)
    assert is_complete(990, 1_000, POLICY)
    assert resume_position_ms(989_999, 1_000_000, POLICY) == 989_999
    assert resume_position_ms(990_000, 1_000_000, POLICY) == 0


@pytest.mark.clause("T2.1")
def test_who_leaves_has_left_whatever_else_ends_the_session() -> None:
    full = DayBalance(day_of(NOON_MS), POLICY.day_cap_ms, POLICY.day_cap_ms)
    found = judge(running(balances=(full,)), Claim(70_000, 0, Flag.LEAVE), POLICY, NOON_MS + 30_000)
    assert closing_after(found, Claim(70_000, 0, Flag.LEAVE), POLICY) is EndReason.BY_LEARNER
    assert closing_after(found, Claim(70_000, 0, Flag.NONE), POLICY) is EndReason.CAP_REACHED


@pytest.mark.clause("T2.3")
@pytest.mark.parametrize(("beyond_ms", "jumped"), [(5_000, False), (5_001, True)])
def test_a_claim_is_a_jump_beyond_gap_and_carry_and_five_seconds(beyond_ms: int, *, jumped: bool) -> None:
    carrying = running(carry_ms=6_000)
    claim = Claim(40_000 + 30_000 + 6_000 + beyond_ms, 0, Flag.NONE)
    found = judge(carrying, claim, POLICY, NOON_MS + 30_000)
    assert found.credited_ms == (0 if jumped else 36_000)


@pytest.mark.clause("T2.3")
@pytest.mark.parametrize("idle_ms", [36_000, 36_001, 2**53 - 1])
def test_idle_time_takes_the_gap_and_the_carry_and_no_more(idle_ms: int) -> None:
    found = judge(running(carry_ms=6_000), Claim(60_000, idle_ms, Flag.PAUSED), POLICY, NOON_MS + 30_000)
    assert [(stretch.reason, stretch.ms) for stretch in found.stretches] == [(Reason.PAUSED, 36_000)]
    assert found.running.carry_ms == 0


@pytest.mark.clause("T2.1")
@example(LAST_WORD_MS + 31_000, [(0.5, 0)] * 9)
@given(
    st.integers(2_000, 200_000).map(lambda spare_ms: LAST_WORD_MS + spare_ms),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 1_000)), min_size=9, max_size=9),
)
def test_whoever_learns_to_a_known_end_is_heard_within_the_last_three_seconds(
    left_ms: int, beats: list[tuple[float, int]]
) -> None:
    """Each beat is drawn anew and comes up to a second late."""
    for chance, late_ms in beats:
        next_ms = before_end_ms(next_beat_ms(POLICY, chance), left_ms, POLICY)
        assert POLICY.min_beat_ms <= next_ms <= longest_wait_ms(POLICY)
        if next_ms + late_ms > left_ms:
            break
        left_ms -= next_ms + late_ms
    assert left_ms <= LAST_WORD_MS
