"""Times of frames are kept and decide nothing (docs/rules/face-checks.md, timing)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.timing import Pace, Stamp, pace_of

pytestmark = pytest.mark.clause("T4")
eight_bytes = st.integers(0, 2**64 - 1)
stamps = st.builds(Stamp, st.integers(0, 10**13), eight_bytes, eight_bytes)


def test_the_pace_of_frames_is_told_by_both_clocks():
    came = [Stamp(1_000, 50, 1), Stamp(1_100, 150, 4), Stamp(1_220, 250, 7), Stamp(1_300, 350, 10)]
    assert pace_of(came) == Pace(
        frames=4, came_mean_ms=100, came_deviation_ms=16, claimed_mean_ms=100, claimed_deviation_ms=0, left_out=6
    )


def test_a_page_whose_numbers_go_back_is_noted():
    assert pace_of([Stamp(0, 100, 5), Stamp(100, 50, 4), Stamp(200, 150, 9)]).backwards == 2


def test_a_browser_that_does_not_count_leaves_nothing_out():
    assert pace_of([Stamp(0), Stamp(100), Stamp(200)]).left_out == 0


@pytest.mark.parametrize("few", [[], [Stamp(5)]])
def test_fewer_than_two_frames_have_no_pace(few):
    assert pace_of(few) == Pace(frames=len(few))


@given(st.lists(stamps, max_size=30))
def test_whatever_a_page_says_of_its_times_there_is_a_pace(said):
    facts = pace_of(said).facts()
    assert all(isinstance(value, int) and abs(value) <= 30 * 10**9 for value in facts.values())


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=30), st.integers(0, 10**6))
def test_when_it_begins_changes_no_pace(times, shift):
    assert pace_of([Stamp(at + shift) for at in sorted(times)]) == pace_of([Stamp(at) for at in sorted(times)])
