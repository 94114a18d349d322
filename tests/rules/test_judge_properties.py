"""What must hold for any interleaving of beats, claims, losses and clock steps (docs/rules/effective-time.md)."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.learning.rules.judge import judge, judge_end
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.replay import RecordedBeat, merged, replay, total_by_day
from jiangxue.learning.rules.shapes import Claim, DayBalance, Flag, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy

MIDNIGHT_MS = day_start_ms(739_944)


@dataclass(frozen=True)
class Step:
    wait_ms: int
    claim: Claim


claims = st.builds(
    Claim,
    claimed_position_ms=st.integers(0, 900_000),
    claimed_idle_ms=st.integers(0, 200_000),
    flags=st.integers(0, 63).map(Flag),
)
forward = st.integers(0, 200_000)
steps = st.lists(st.builds(Step, wait_ms=forward, claim=claims), max_size=30)
stepping_clock = st.lists(st.builds(Step, wait_ms=st.integers(-4_000_000, 4_000_000), claim=claims), max_size=30)
openings = st.builds(
    lambda offset_ms, reached_ms, length_ms, person_ms, class_ms, check: Running(
        beat_at_ms=MIDNIGHT_MS + offset_ms,
        carry_ms=0,
        reached_ms=min(reached_ms, length_ms),
        length_ms=length_ms,
        balances=(DayBalance(day_of(MIDNIGHT_MS + offset_ms), person_ms, min(person_ms, class_ms)),),
        until_check_ms=check[0],
        provisional_ms=check[1],
        asked_at_ms=MIDNIGHT_MS + offset_ms - check[2] if check[2] else None,
    ),
    offset_ms=st.integers(-400_000, 400_000),
    reached_ms=st.integers(0, 600_000),
    length_ms=st.integers(1_000, 900_000),
    person_ms=st.integers(0, 300_000),
    class_ms=st.integers(0, 300_000),
    check=st.tuples(st.none() | st.integers(1, 500_000), st.integers(0, 300_000), st.just(0) | st.integers(0, 50_000)),
)
policies = st.builds(
    TimePolicy,
    day_cap_ms=st.integers(60_000, 700_000),
    class_day_cap_ms=st.integers(60_000, 700_000),
    max_carry_ms=st.integers(0, 10_000),
)


def run(opening: Running, policy: TimePolicy, todo: list[Step]) -> list[Judgement]:
    running, now_ms, found = opening, opening.beat_at_ms, []
    for step in todo:
        now_ms += step.wait_ms
        found.append(judge(running, step.claim, policy, now_ms))
        running = found[-1].running
    return found


@pytest.mark.clause("T2.3")
@given(openings, policies, steps)
def test_credit_never_exceeds_server_time_since_the_opening(opening, policy, todo):
    credited_ms = 0
    for judgement in run(opening, policy, todo):
        credited_ms += judgement.credited_ms
        assert credited_ms <= judgement.running.beat_at_ms - opening.beat_at_ms


@pytest.mark.clause("T2.4")
@given(openings, policies, steps)
def test_credit_over_any_stretch_is_at_most_its_time_and_the_carry_ceiling(opening, policy, todo):
    judgements = run(opening, policy, todo)
    starts = [opening.beat_at_ms, *(j.running.beat_at_ms for j in judgements)]
    for first in range(len(judgements)):
        credited_ms = 0
        for last in range(first, len(judgements)):
            credited_ms += judgements[last].credited_ms
            assert credited_ms <= starts[last + 1] - starts[first] + policy.max_carry_ms


@pytest.mark.clause("T2.5")
@given(openings, policies, stepping_clock)
def test_no_day_exceeds_its_caps_even_when_the_clock_steps(opening, policy, todo):
    start = opening.balances[0]
    person = {start.day: start.person_ms}
    in_class = {start.day: start.class_ms}
    for judgement in run(opening, policy, todo):
        for share in judgement.days:
            person[share.day] = person.get(share.day, 0) + share.credited_ms
            in_class[share.day] = in_class.get(share.day, 0) + share.credited_ms
            if share.credited_ms:
                assert person[share.day] <= policy.day_cap_ms
                assert in_class[share.day] <= policy.class_day_cap_ms
        for balance in judgement.running.balances:
            assert balance.person_ms == person.get(balance.day, 0)


@pytest.mark.clause("T5")
@given(openings, policies, stepping_clock)
def test_reached_grows_by_credit_alone_and_stays_within_the_lesson(opening, policy, todo):
    reached_ms = opening.reached_ms
    for judgement in run(opening, policy, todo):
        reached_ms += judgement.credited_ms
        assert judgement.running.reached_ms == reached_ms <= opening.length_ms


@pytest.mark.clause("T1.3")
@given(openings, policies, steps, st.sampled_from(EndReason), forward)
def test_every_millisecond_is_credited_or_refused_exactly_once(opening, policy, todo, reason, tail_ms):
    at_ms = opening.beat_at_ms
    running = opening
    for judgement in run(opening, policy, todo):
        running = judgement.running
        for stretch in judgement.stretches:
            assert stretch.start_ms == at_ms < stretch.end_ms
            at_ms = stretch.end_ms
        assert at_ms + running.carry_ms == running.beat_at_ms
    ended = judge_end(running, reason, running.beat_at_ms + tail_ms)
    for stretch in ended.stretches:
        assert stretch.start_ms == at_ms
        at_ms = stretch.end_ms
    assert at_ms == running.beat_at_ms + tail_ms


@given(openings, policies, stepping_clock)
def test_a_clock_that_steps_back_credits_nothing_and_never_moves_the_day_back(opening, policy, todo):
    running, floor_day = opening, opening.balances[0].day
    for judgement in run(opening, policy, todo):
        if judgement.running.beat_at_ms < running.beat_at_ms:
            assert judgement.credited_ms == 0
        assert all(share.day >= floor_day for share in judgement.days)
        running, floor_day = judgement.running, judgement.running.balances[0].day


@pytest.mark.clause("T2.5")
@given(openings, policies, steps)
def test_each_credited_stretch_belongs_to_the_day_on_which_it_was_learned(opening, policy, todo):
    for judgement in run(opening, policy, todo):
        by_day: dict[int, int] = {}
        for stretch in judgement.stretches:
            assert stretch.reason is None or stretch.ms > 0
            if stretch.reason is None:
                assert day_of(stretch.start_ms) == day_of(stretch.end_ms - 1)
                by_day[day_of(stretch.start_ms)] = by_day.get(day_of(stretch.start_ms), 0) + stretch.ms
        assert by_day == {share.day: share.credited_ms for share in judgement.days if share.credited_ms}


@pytest.mark.clause("T1.3")
@given(openings, policies, steps, st.sampled_from(EndReason), forward)
def test_judging_the_stored_beats_again_gives_the_stored_result(opening, policy, todo, reason, tail_ms):
    judgements = run(opening, policy, todo)
    stored = [
        RecordedBeat(judgement.running.beat_at_ms, step.claim) for judgement, step in zip(judgements, todo, strict=True)
    ]
    last = judgements[-1].running if judgements else opening
    end = (last.beat_at_ms + tail_ms, reason)
    again = replay(opening, policy, stored, end)
    assert again == [*judgements, judge_end(last, reason, end[0])]
    stretches = [stretch for judgement in again for stretch in judgement.stretches]
    totals = total_by_day(again)
    assert sum(s.ms for s in stretches) == sum(share.credited_ms + sum(share.refused_ms.values()) for share in totals)
    assert sum(s.ms for s in merged(stretches)) == sum(s.ms for s in stretches)


@pytest.mark.clause("T5")
@settings(max_examples=200)
@given(
    st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=40),
    st.sets(st.integers(0, 39)),
)
def test_an_honest_learner_on_a_bad_network_loses_nothing_watched_under_a_minute_of_silence(lateness, lost):
    """Beats come up to 5 s early or late, and any may be lost as long as no silence exceeds a minute."""
    policy = TimePolicy()
    opening = Running(MIDNIGHT_MS + 3_600_000, 0, 0, 10_000_000, (DayBalance(day_of(MIDNIGHT_MS), 0, 0),))
    running, watched_ms = opening, 0
    arrivals = [25_000 * (k + 1) + late_ms for k, late_ms in enumerate(lateness)]
    heard = [ms for k, ms in enumerate(arrivals) if k not in lost or k - 1 in lost or ms == arrivals[-1]]
    for at_ms in heard:
        if opening.beat_at_ms + at_ms - running.beat_at_ms > policy.max_gap_ms:
            return
        watched_ms = at_ms
        running = judge(running, Claim(watched_ms, 0, Flag.NONE), policy, opening.beat_at_ms + at_ms).running
    assert running.reached_ms == watched_ms


@pytest.mark.clause("T2.3")
@given(st.integers(0, 60_000), st.integers(5_001, 10_000_000))
def test_a_jump_is_refused_as_a_jump(gap_ms, beyond_ms):
    opening = Running(MIDNIGHT_MS, 0, 0, 20_000_000, (DayBalance(day_of(MIDNIGHT_MS), 0, 0),))
    claim = Claim(gap_ms + beyond_ms, 0, Flag.NONE)
    judgement = judge(opening, claim, TimePolicy(), MIDNIGHT_MS + gap_ms)
    assert judgement.credited_ms == 0
    assert {stretch.reason for stretch in judgement.stretches} <= {Reason.JUMPED}
