"""When checks are asked, how long they wait, and what holds while one is open (docs/rules/effective-time.md). Clause T2.6."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.checks import (
    STALL_MS,
    CheckKind,
    Cleared,
    answer_by_ms,
    drawn_ms,
    kind_for,
    needs_review,
    stall,
    voided_ms,
    was_interrupted,
)
from jiangxue.learning.rules.closing import due_closing
from jiangxue.learning.rules.days import day_of, left_of_day_ms
from jiangxue.learning.rules.judge import judge, judge_cleared, judge_end
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Running
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.rules.test_judge_properties import forward, openings, policies, run, steps

POLICY = TimePolicy()
NOON_MS = 1_795_579_200_000
FAR_MS = NOON_MS + 10**9
chances = st.floats(0, 1, exclude_max=True)


def running(**facts: object) -> Running:
    values = {"until_check_ms": 900_000, "provisional_ms": 0, **facts}
    return Running(NOON_MS, 0, 0, 3_600_000, (DayBalance(day_of(NOON_MS), 0, 0),), **values)  # type: ignore[arg-type]


@pytest.mark.clause("T2.6")
@given(st.integers(0, 1_800_000), st.integers(0, 1_800_000), st.integers(0, 1_800_000), chances)
def test_a_check_is_drawn_within_its_bounds(least_ms, more_ms, most_ms, chance):
    mean_ms = max(60_000, least_ms + more_ms)
    policy = TimePolicy(check_least_ms=least_ms, check_mean_ms=mean_ms, check_most_ms=mean_ms + most_ms)
    assert max(1, least_ms) <= drawn_ms(policy, chance) <= mean_ms + most_ms


@pytest.mark.clause("T2.6")
@given(st.floats(0.001, 0.7), st.floats(0.001, 0.7))
def test_the_draw_has_no_memory(first, second):
    """Waiting for a share of all checks, then for a share of those left, takes as long as both waits from the start."""
    policy = TimePolicy(check_most_ms=7_200_000)
    both = 1 - (1 - first) * (1 - second)
    assert drawn_ms(policy, both) == pytest.approx(drawn_ms(policy, first) + drawn_ms(policy, second), abs=3)


@pytest.mark.clause("T2.6")
def test_half_of_all_checks_come_within_ten_and_a_half_minutes_and_all_within_twenty_five() -> None:
    assert drawn_ms(POLICY, 0.5) == int(900_000 * math.log(2))
    assert drawn_ms(POLICY, 0.999_999) == 1_500_000


@pytest.mark.clause("T2.6")
@given(chances, st.booleans())
def test_every_kind_has_its_share(chance, has_questions):
    kind = kind_for(POLICY, chance, has_questions=has_questions)
    share = chance * (4 if has_questions else 3)
    expected = CheckKind.CONFIRM if share < 2 else CheckKind.SIMPLE_QUESTION
    assert kind is (CheckKind.COURSE_QUESTION if share >= 3 else expected)


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize(
    ("shown_after_ms", "waits_ms"), [(None, 180_000), (0, 60_000), (100_000, 160_000), (150_000, 180_000)]
)
def test_a_check_waits_a_minute_from_being_shown_and_three_from_being_asked(
    shown_after_ms: int | None, waits_ms: int
) -> None:
    shown_ms = None if shown_after_ms is None else NOON_MS + shown_after_ms
    assert answer_by_ms(NOON_MS, shown_ms, POLICY) == NOON_MS + waits_ms


@pytest.mark.clause("T2.6")
def test_the_beat_that_reaches_the_draw_asks_and_carries_nothing() -> None:
    judged = judge(running(until_check_ms=20_000), Claim(25_000, 0, Flag.NONE), POLICY, NOON_MS + 30_000)
    assert judged.credited_ms == 25_000
    assert judged.running.asked_at_ms == NOON_MS + 30_000
    assert (judged.running.until_check_ms, judged.running.carry_ms, judged.running.provisional_ms) == (0, 0, 25_000)


@pytest.mark.clause("T2.6")
def test_a_beat_short_of_the_draw_asks_nothing() -> None:
    judged = judge(running(until_check_ms=20_001), Claim(20_000, 0, Flag.NONE), POLICY, NOON_MS + 20_000)
    assert judged.running.asked_at_ms is None
    assert judged.running.until_check_ms == 1


@pytest.mark.clause("T2.6", "T2.5")
@pytest.mark.parametrize(("provisional_ms", "asks"), [(0, False), (1, True)])
def test_a_full_day_asks_a_last_check_if_anything_is_provisional(provisional_ms: int, asks: bool) -> None:
    full = (DayBalance(day_of(NOON_MS), POLICY.day_cap_ms, 0),)
    before = running(provisional_ms=provisional_ms)
    judged = judge(
        Running(NOON_MS, 0, 0, 3_600_000, full, until_check_ms=900_000, provisional_ms=before.provisional_ms),
        Claim(30_000, 0, Flag.NONE),
        POLICY,
        NOON_MS + 30_000,
    )
    assert (judged.running.asked_at_ms is not None) is asks
    assert judged.running.until_check_ms == 900_000


@pytest.mark.clause("T2.6")
def test_nothing_is_asked_of_somebody_for_whom_no_check_was_drawn() -> None:
    before = Running(NOON_MS, 0, 0, 30_000, (DayBalance(day_of(NOON_MS), 0, 0),))
    assert judge(before, Claim(30_000, 0, Flag.ENDED), POLICY, NOON_MS + 30_000).running.asked_at_ms is None


@pytest.mark.clause("T2.6")
@given(openings, policies, steps)
def test_nothing_is_credited_while_a_check_is_open_and_no_beat_closes_it(opening, policy, todo):
    before = opening
    for judgement in run(opening, policy, todo):
        if before.asked_at_ms is not None:
            assert judgement.credited_ms == 0
            assert {stretch.reason for stretch in judgement.stretches} <= {Reason.CHECK_PENDING}
            assert judgement.running.asked_at_ms == before.asked_at_ms
        before = judgement.running


@pytest.mark.clause("T2.6")
@given(openings, policies, steps)
def test_provisional_time_grows_and_the_counter_falls_by_credit_alone(opening, policy, todo):
    before = opening
    for judgement in run(opening, policy, todo):
        after = judgement.running
        counts = before.until_check_ms is not None
        assert after.provisional_ms == before.provisional_ms + (judgement.credited_ms if counts else 0)
        if before.until_check_ms is not None:
            assert after.until_check_ms == max(0, before.until_check_ms - judgement.credited_ms)
        before = after


@pytest.mark.clause("T2.6")
@given(openings, policies, steps)
def test_a_check_is_asked_when_it_is_due_or_before_an_end_and_at_no_other_time(opening, policy, todo):
    before = opening
    for step, judgement in zip(todo, run(opening, policy, todo), strict=True):
        after = judgement.running
        if before.asked_at_ms is None and after.asked_at_ms is not None:
            full = left_of_day_ms(after.balances[-1], policy) == 0
            assert after.until_check_ms == 0 or (after.provisional_ms and (full or Flag.ENDED in step.claim.flags))
            assert after.asked_at_ms == after.beat_at_ms
            assert after.carry_ms == 0
        if after.asked_at_ms is None and after.until_check_ms is not None and Flag.LEAVE not in step.claim.flags:
            assert after.until_check_ms > 0
        before = after


@pytest.mark.clause("T2.6", "T1.3")
@given(openings, policies, steps, forward, st.sampled_from(EndReason))
def test_a_settled_check_leaves_every_millisecond_with_one_verdict(opening, policy, todo, wait_ms, reason):
    judgements = run(opening, policy, todo)
    last = judgements[-1].running if judgements else opening
    if last.asked_at_ms is None:
        return
    cleared = judge_cleared(last, Cleared(last.beat_at_ms + wait_ms, 700_000, 0))
    ended = judge_end(cleared.running, reason, cleared.running.beat_at_ms + 5_000)
    stretches = [s for judgement in [*judgements, cleared, ended] for s in judgement.stretches]
    assert sum(s.ms for s in stretches) == last.beat_at_ms + wait_ms + 5_000 - opening.beat_at_ms
    assert (cleared.running.asked_at_ms, cleared.running.until_check_ms) == (None, 700_000)
    assert (cleared.running.provisional_ms, cleared.running.carry_ms) == (0, 0)


@pytest.mark.clause("T2.6", "T2.1")
def test_an_open_check_ends_the_session_when_it_expires_and_wins_a_tie_with_silence() -> None:
    waiting = running(asked_at_ms=NOON_MS)
    assert due_closing(waiting, POLICY, FAR_MS, None, NOON_MS + 180_000) == (NOON_MS + 180_000, EndReason.MISSED_CHECK)
    assert due_closing(waiting, POLICY, FAR_MS, None, NOON_MS + 60_000) == (NOON_MS + 60_000, EndReason.MISSED_CHECK)


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("reason", EndReason)
def test_time_at_an_open_check_is_refused_as_waiting_whatever_ends_the_session(reason: EndReason) -> None:
    ended = judge_end(running(asked_at_ms=NOON_MS), reason, NOON_MS + 7_000)
    above = {EndReason.SUPERSEDED: Reason.OTHER_WINDOW, EndReason.CLASS_CLOSED: Reason.CLASS_CLOSED}
    above |= {EndReason.OUT_OF_HOURS: Reason.OUT_OF_HOURS}
    assert [s.reason for s in ended.stretches] == [above.get(reason, Reason.CHECK_PENDING)]


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize(
    ("interruptions", "excused"), [([], False), ([-1], False), ([0], True), ([60_000], True), ([60_001], False)]
)
def test_nobody_is_fined_for_the_server(interruptions: list[int], excused: bool) -> None:
    moments = [(NOON_MS + at_ms, NOON_MS + at_ms) for at_ms in interruptions]
    assert was_interrupted(NOON_MS, NOON_MS + 60_000, moments) is excused


@pytest.mark.clause("T2.6")
@given(st.integers(0, 100_000_000), st.integers(-200_000, 100_000_000), st.integers(30_000, 180_000))
def test_a_check_that_was_open_while_the_sweeper_did_not_come_is_excused(silent_ms, asked_after_ms, waits_ms):
    """Of any time without a sweep longer than a minute, every check that was open in it."""
    noted = stall(NOON_MS, NOON_MS + silent_ms)
    assert (noted is not None) == (silent_ms > STALL_MS)
    asked_ms = NOON_MS + asked_after_ms
    if noted is not None:
        was_open = asked_after_ms <= silent_ms and asked_after_ms + waits_ms >= 0
        assert was_interrupted(asked_ms, asked_ms + waits_ms, [noted]) is was_open


@pytest.mark.clause("T2.6")
def test_the_first_miss_of_a_day_takes_seven_minutes_at_most_and_later_ones_all() -> None:
    assert [voided_ms(POLICY, misses) for misses in (0, 1, 5)] == [420_000, None, None]


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize(("misses", "checks", "review"), [(2, 2, False), (3, 15, False), (3, 14, True), (5, 25, False)])
def test_a_day_is_reviewed_for_three_misses_that_are_more_than_a_fifth(misses: int, checks: int, review: bool) -> None:
    assert needs_review(misses, checks, POLICY) is review
