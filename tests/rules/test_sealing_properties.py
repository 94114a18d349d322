"""Sealing is only cutting: wherever a session is cut, its parts come to what the whole comes to (docs/rules/effective-time.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.judge import judge_end
from jiangxue.learning.rules.packing import pack, unpack
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.replay import RecordedBeat, Sealing, joined, replay, seal, total_by_day
from jiangxue.learning.rules.shapes import Running
from jiangxue.learning.running import state_of, state_values
from tests.rules.test_judge_properties import forward, openings, policies, run, stepping_clock, steps

cuts = st.sets(st.integers(0, 30))
ends = st.tuples(forward, st.sampled_from(EndReason))


def recorded(opening, policy, todo) -> list[RecordedBeat]:
    judgements = run(opening, policy, todo)
    return [RecordedBeat(j.running.beat_at_ms, step.claim, 7) for j, step in zip(judgements, todo, strict=True)]


def sealed(opening, policy, beats, places: set[int], end) -> list[Sealing]:
    """Seal a session in parts, each from what was kept of the one before, as the database keeps it."""
    starts = sorted({0, *(place for place in places if place < len(beats))})
    found: list[Sealing] = []
    state: Running = opening
    for first, last in zip(starts, [*starts[1:], len(beats)], strict=True):
        part = unpack(pack(beats[first:last]))
        found.append(seal(state, policy, part, end if last == len(beats) else None))
        state = state_of(state_values(found[-1].after))
    return found


@pytest.mark.clause("T1.3")
@given(openings, policies, stepping_clock, cuts, ends)
def test_a_session_sealed_in_parts_comes_to_what_it_comes_to_as_a_whole(opening, policy, todo, places, ending):
    beats = recorded(opening, policy, todo)
    last_ms = beats[-1].received_at_ms if beats else opening.beat_at_ms
    end = (last_ms + ending[0], ending[1])
    whole = replay(opening, policy, beats, end)
    parts = sealed(opening, policy, beats, places, end)
    assert parts[-1].after == whole[-1].running
    days = [share for share in joined(share for part in parts for share in part.shares) if share.stretches]
    assert days == total_by_day(whole)


@pytest.mark.clause("T1.3")
@given(openings, policies, steps, cuts, ends)
def test_credited_and_refused_over_all_segments_are_the_time_from_opening_to_end(opening, policy, todo, places, ending):
    beats = recorded(opening, policy, todo)
    last_ms = beats[-1].received_at_ms if beats else opening.beat_at_ms
    end = (last_ms + ending[0], ending[1])
    parts = sealed(opening, policy, beats, places, end)
    held_ms = sum(share.credited_ms + sum(share.refused_ms.values()) for part in parts for share in part.shares)
    assert held_ms == end[0] - opening.beat_at_ms


@pytest.mark.clause("T1.3")
@given(openings, policies, stepping_clock, cuts)
def test_the_state_before_the_end_is_what_a_lease_would_hold(opening, policy, todo, places):
    beats = recorded(opening, policy, todo)
    parts = sealed(opening, policy, beats, places, None)
    judgements = replay(opening, policy, beats, None)
    assert parts[-1].judged == parts[-1].after == (judgements[-1].running if judgements else opening)


@given(openings, policies, stepping_clock, st.sampled_from(EndReason))
def test_a_state_is_kept_as_json_without_loss(opening, policy, todo, reason):
    running = opening
    for judgement in run(opening, policy, todo):
        running = judgement.running
    ended = judge_end(running, reason, running.beat_at_ms).running
    assert [state_of(state_values(each)) for each in (running, ended)] == [running, ended]
