"""Times of frames are kept and decide nothing, but that a page held back those of colours (docs/rules/face-checks.md, timing)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.rules.timing import ColourFrames, Pace, Slot, Stamp, colour_frames, pace_of

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


THRESHOLDS = Thresholds()
COLOURS = range(1, 9)


def exchanged(*, delay_ms=100, each_ms=100, colour_delay_ms=None, one_a_colour=False):
    """Return what was shown and what came: a first look, eight colours, and three slots more, each answered after its delay."""
    slots, stamps = [Slot(0, 0)], []
    at_ms = 0
    while len(slots) < 12:
        at_ms += each_ms
        late_ms = {
            slot: delay_ms if colour_delay_ms is None or not slot.is_colour else colour_delay_ms for slot in slots
        }
        named = next((slot for slot in reversed(slots) if slot.said_ms + late_ms[slot] <= at_ms), None)
        come = {stamp.slot for stamp in stamps}
        if named and not (one_a_colour and named.is_colour and named.number in come):
            stamps.append(Stamp(at_ms, slot=named.number))
        last = slots[-1]
        if last in (named, *(slot for slot in slots if slot.number in come)) and at_ms - last.said_ms >= (
            500 if last.is_colour else 1_000
        ):
            slots.append(Slot(last.number + 1, at_ms, is_colour=last.number + 1 in COLOURS))
    return slots, stamps


@pytest.mark.parametrize("each_ms", [70, 100, 200])
@pytest.mark.parametrize("delay_ms", [50, 200, 400, 600, 1_200])
def test_a_page_that_answers_alike_all_the_time_holds_nothing_back(delay_ms, each_ms):
    frames = colour_frames(*exchanged(delay_ms=delay_ms, each_ms=each_ms))
    assert frames.came >= len(COLOURS)
    assert not frames.are_withheld(THRESHOLDS)


@pytest.mark.parametrize(
    "how", [{"one_a_colour": True}, {"colour_delay_ms": 500}, {"colour_delay_ms": 900, "each_ms": 70}]
)
def test_one_frame_a_colour_between_many_is_a_choice(how):
    frames = colour_frames(*exchanged(**how))
    assert frames.came <= 10
    assert frames.are_withheld(THRESHOLDS)


@pytest.mark.parametrize("how", [{"each_ms": 600}, {"delay_ms": 600, "one_a_colour": True}])
def test_a_page_that_is_slow_all_the_time_is_not_told_from_a_slow_network(how):
    assert not colour_frames(*exchanged(**how)).are_withheld(THRESHOLDS)


def test_where_nothing_but_colours_shows_nothing_is_due():
    slots, stamps = exchanged()
    assert colour_frames([slot for slot in slots if slot.is_colour], stamps) == ColourFrames()
    assert colour_frames(slots, []) == ColourFrames()


@given(st.lists(st.tuples(st.integers(0, 8_000), st.sampled_from(COLOURS)), max_size=20))
def test_more_frames_of_colours_never_speak_against_anybody(more):
    slots, stamps = exchanged(one_a_colour=True)
    with_more = sorted([*stamps, *(Stamp(at, slot=slot) for at, slot in more)], key=lambda stamp: stamp.came_ms)
    before, after = colour_frames(slots, stamps), colour_frames(slots, with_more)
    assert (after.came >= before.came, after.due) == (True, before.due)
