"""A sensor never gives the same bytes twice; a film does, and a slow camera for a moment (docs/rules/face-checks.md, repeated frames)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.repeats import (
    Repeats,
    Sent,
    bits_apart,
    digests_to_keep,
    is_near_duplicate,
    repeats_of,
)
from jiangxue.facecheck.rules.thresholds import Thresholds

pytestmark = pytest.mark.clause("T4")
THRESHOLDS = Thresholds()
ORDER = [Repeats.NONE, Repeats.STALLED, Repeats.REPEATED]
digests = st.text("abcdef", max_size=40)


def frames(text, *, has_face=True):
    """Return one frame for each letter; equal letters are equal frames."""
    return [Sent(letter, has_face) for letter in text]


def judged(text, earlier=""):
    return repeats_of(frames(text), set(earlier), THRESHOLDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Repeats.NONE),
        ("a", Repeats.NONE),
        ("abcdefgh", Repeats.NONE),
        ("aabbccddee", Repeats.NONE),
        ("aaaaaaaaaa", Repeats.STALLED),
        ("aaaaaaaaab", Repeats.STALLED),
        ("abacdefghi", Repeats.STALLED),
        ("abcabc", Repeats.REPEATED),
        ("abcdedcba", Repeats.REPEATED),
        ("aabbaabb", Repeats.REPEATED),
    ],
    ids=[
        "nothing",
        "one",
        "a sensor",
        "a slow camera",
        "stands still",
        "nearly",
        "once more",
        "loop",
        "swing",
        "slow loop",
    ],
)
def test_what_comes_again_is_told_from_what_stands_still(text, expected):
    assert judged(text) is expected


def test_one_frame_of_an_earlier_attempt_is_a_recording():
    assert judged("abcdefgh", earlier="xyzh") is Repeats.REPEATED


def test_a_camera_whose_lid_is_closed_sends_the_same_black_and_is_no_recording():
    assert repeats_of(frames("ababababab", has_face=False), {"a"}, THRESHOLDS) is Repeats.NONE


def test_a_camera_that_stands_still_in_two_attempts_is_no_recording_either():
    first = frames("aaaaaaaaaa")
    kept = digests_to_keep(first, repeats_of(first, (), THRESHOLDS))
    assert repeats_of(first, kept, THRESHOLDS) is Repeats.STALLED


def test_what_is_kept_for_later_attempts_are_frames_with_a_face():
    assert digests_to_keep(frames("abc") + frames("x", has_face=False), Repeats.NONE) == {"a", "b", "c"}
    assert digests_to_keep(frames("abab"), Repeats.REPEATED) == {"a", "b"}


@given(digests, digests, st.text("abcdef", min_size=1, max_size=3))
def test_more_earlier_frames_never_make_it_better(text, earlier, more):
    before, after = judged(text, earlier), judged(text, earlier + more)
    assert ORDER.index(after) >= ORDER.index(before)


@given(digests, digests)
def test_frames_that_follow_never_undo_a_recording(text, more):
    if judged(text) is Repeats.REPEATED:
        assert judged(text + more) is Repeats.REPEATED


@given(st.lists(st.integers(0, 10**9), unique=True, max_size=60), st.integers(0, 60), st.integers(1, 2))
def test_a_sensor_whose_frames_are_sent_once_or_twice_is_left_alone(numbers, at, times):
    sent = [Sent(str(number), has_face=True) for number in numbers for _ in range(times)]
    assert repeats_of(sent[:at], (), THRESHOLDS) is Repeats.NONE


words = st.integers(0, 2**64 - 1)


@given(words, st.lists(words, max_size=4), st.lists(st.integers(0, 63), max_size=1, unique=True))
def test_a_picture_that_differs_from_an_enrolled_one_in_a_bit_is_hardly_another(enrolled, others, bits):
    changed = enrolled
    for bit in bits:
        changed ^= 1 << bit
    assert is_near_duplicate(changed, [*others, enrolled], THRESHOLDS)


@given(words, st.sets(st.integers(0, 63), min_size=2))
def test_more_bits_are_another_picture(enrolled, bits):
    changed = enrolled ^ sum(1 << bit for bit in bits)
    assert bits_apart(changed, [enrolled]) == len(bits)
    assert not is_near_duplicate(changed, [enrolled], THRESHOLDS)


def test_where_no_picture_is_kept_nothing_is_like_it():
    assert bits_apart(5, []) is None
    assert not is_near_duplicate(5, [], THRESHOLDS)
