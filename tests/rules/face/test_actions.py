"""Whoever does what was asked is seen doing it; a photograph, a film and a mirrored picture are not (docs/rules/face-checks.md, actions)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.actions import Action, another_action, is_done, neutral_of
from jiangxue.facecheck.rules.shapes import Timed
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.heads import PRINT, Pose, head, look, seen, tilted, times

pytestmark = pytest.mark.clause("T4")
THRESHOLDS = Thresholds()
TURNS = {Action.TURN_LEFT: 1, Action.TURN_RIGHT: -1}
"""To one's own left is to the right of a picture that is not mirrored."""


def living(yaw=0.0, mouth=0.05, eyes=0.95, *, degrees=True, pitch=0.0):
    """Return the look of a living head, with all that models tell."""
    told = yaw if degrees else None
    return look(
        head(Pose(yaw, pitch)), yaw_deg=told, mouth=mouth, eyes_open=eyes, eye_ratio=0.3 if eyes > 0.5 else 0.14
    )


def swing(peak, **how):
    """Return looks of a head that turns, holds and turns back."""
    return [living(peak * part, **how) for part in (0, 0, 0.3, 0.7, 1, 1, 1, 0.5, 0)]


def opening(peak):
    return [living(mouth=0.05 + peak * part) for part in (0, 0, 0.4, 1, 1, 1, 0.3, 0)]


def blinking(closed_frames=2):
    return [living(eyes=0.95), living(eyes=0.95), *[living(eyes=0.02)] * closed_frames, living(eyes=0.95)]


STILL = [living()] * 5


def done(action, looks, neutral=STILL, every_ms=100):
    return is_done(action, neutral, times(looks, every_ms=every_ms), THRESHOLDS)


DOING = {
    Action.TURN_LEFT: swing(28),
    Action.TURN_RIGHT: swing(-28),
    Action.OPEN_MOUTH: opening(0.3),
    Action.BLINK: blinking(),
}


@pytest.mark.parametrize("action", list(Action))
def test_what_was_asked_is_done(action):
    assert done(action, DOING[action])


@pytest.mark.parametrize("asked", list(Action))
@pytest.mark.parametrize("instead", list(Action))
def test_another_action_is_no_pass(asked, instead):
    if asked is not instead:
        assert not done(asked, DOING[instead])


@pytest.mark.parametrize("action", list(Action))
def test_doing_nothing_is_no_pass(action):
    assert not done(action, STILL * 8)
    assert not done(action, [])


@given(st.floats(25, 45), st.sampled_from(sorted(TURNS)), st.floats(-4, 4), st.floats(-8, 8), st.booleans())
def test_a_clear_turn_is_seen_with_and_without_degrees(angle, action, rest, pitch, degrees):
    turned = swing(TURNS[action] * angle, degrees=degrees, pitch=pitch)
    assert done(action, turned, neutral=[living(rest, degrees=degrees)] * 5)


@given(st.lists(st.floats(-9, 9), min_size=3, max_size=40), st.sampled_from(sorted(TURNS)), st.booleans())
def test_somebody_who_just_sits_there_does_not_turn(angles, action, degrees):
    assert not done(action, [living(angle, degrees=degrees) for angle in angles], neutral=[living(degrees=degrees)] * 5)


@given(st.sampled_from(sorted(TURNS)), st.floats(25, 45), st.booleans())
def test_a_mirrored_picture_turns_the_wrong_way(action, angle, degrees):
    """A camera program that mirrors: what was done instead says so, for whoever looks at it."""
    mirrored = swing(-TURNS[action] * angle, degrees=degrees)
    other = next(each for each in TURNS if each is not action)
    before = [living(degrees=degrees)] * 5
    assert not done(action, mirrored, neutral=before)
    assert another_action(action, before, times(mirrored), THRESHOLDS) is other


def flat(axis_deg, angle_deg, *, mouth=0.05, ratio=0.3):
    """Return a photograph, tilted: its mouth and eyes get narrower or lower with it."""
    across, down = _extent(axis_deg, angle_deg, (1, 0)), _extent(axis_deg, angle_deg, (0, 1))
    print_of = seen([tilted(point, axis_deg, angle_deg) for point in PRINT])
    return look(print_of, mouth=mouth * down / across, eye_ratio=ratio * down / across)


def _extent(axis_deg, angle_deg, direction):
    x, y, _ = tilted((*direction, 0.0), axis_deg, angle_deg)
    return math.hypot(x, y)


@given(
    st.sampled_from(sorted(Action)),
    st.lists(st.tuples(st.floats(0, 180), st.floats(-55, 55)), min_size=1, max_size=30),
    st.floats(0.0, 0.25),
    st.floats(0.25, 0.4),
)
def test_a_photograph_tilted_in_whatever_way_does_nothing(action, tilts, mouth, ratio):
    held = [flat(0, 0, mouth=mouth, ratio=ratio)]
    frames = held + [flat(axis, angle, mouth=mouth, ratio=ratio) for axis, angle in tilts for _ in range(2)] + held
    assert not done(action, frames, neutral=held * 5)


@pytest.mark.parametrize("action", list(Action))
def test_what_was_already_so_when_it_was_asked_does_not_count(action):
    begun = {
        Action.TURN_LEFT: [living(28)] * 20,
        Action.TURN_RIGHT: [living(-28)] * 20,
        Action.OPEN_MOUTH: [living(mouth=0.4)] * 20,
        Action.BLINK: [living(eyes=0.02)] * 20 + [living()],
    }
    assert not done(action, begun[action])


def test_a_face_that_was_turned_before_is_no_neutral_look():
    assert neutral_of([living(25)] * 9, THRESHOLDS) is None
    assert not done(Action.TURN_RIGHT, swing(-28), neutral=[living(25)] * 9)


def test_two_straight_looks_are_too_few_to_compare_with():
    assert not done(Action.TURN_LEFT, swing(28), neutral=STILL[:2])


def test_one_frame_alone_is_a_slip_of_the_model():
    assert not done(Action.TURN_LEFT, [living(), living(28), living(), living(28), living()])


def test_degrees_that_the_points_contradict_do_not_count():
    lying = [living(), *[look(yaw_deg=30, mouth=0.05)] * 6]
    assert not done(Action.TURN_LEFT, lying)


def test_a_film_of_all_actions_in_turn_does_not_obey():
    film = swing(28) + swing(-28) + opening(0.3)
    assert done(Action.TURN_LEFT, film)
    assert not done(Action.TURN_RIGHT, film)
    assert not done(Action.OPEN_MOUTH, film)
    assert not done(Action.TURN_LEFT, opening(0.4) + swing(28))


def test_speaking_and_blinking_before_a_turn_are_forgiven():
    assert done(Action.TURN_LEFT, opening(0.15) + blinking() + swing(28))


def test_a_mouth_that_was_open_before_does_not_open():
    assert not done(Action.OPEN_MOUTH, [living(mouth=0.3)] * 2 + opening(0.5), neutral=[living(mouth=0.3)] * 5)


@pytest.mark.parametrize(("closed_frames", "passes"), [(1, True), (8, True), (10, False), (30, False)])
def test_a_blink_lasts_a_second_at_most(closed_frames, passes):
    assert done(Action.BLINK, blinking(closed_frames)) is passes


def test_eyes_that_are_not_seen_to_open_again_have_not_blinked():
    assert not done(Action.BLINK, blinking()[:-1])


def test_a_blink_while_the_head_turns_does_not_count():
    assert not done(Action.BLINK, [living(), living(20, eyes=0.02), living()])


def test_without_the_model_of_eyes_their_ratio_tells():
    looks = [look(mouth=0.05, eye_ratio=ratio) for ratio in (0.3, 0.3, 0.14, 0.3)]
    assert done(Action.BLINK, looks, neutral=looks[:1] * 5)
    squinting = [look(mouth=0.05, eye_ratio=ratio) for ratio in (0.3, 0.21, 0.3)]
    assert not done(Action.BLINK, squinting, neutral=looks[:1] * 5)


def test_frames_without_a_face_neither_help_nor_harm_a_turn():
    gaps = [each for pair in zip(swing(28), [look(faces=())] * 9, strict=True) for each in pair]
    assert done(Action.TURN_LEFT, gaps)


some_looks = st.builds(
    living,
    st.floats(-60, 60),
    st.floats(0, 1),
    st.floats(0, 1),
    degrees=st.booleans(),
    pitch=st.floats(-30, 30),
) | st.just(look(faces=()))


@given(st.sampled_from(sorted(Action)), st.lists(some_looks, max_size=8), st.lists(some_looks, max_size=25))
def test_of_two_turns_at_most_one_is_done_whatever_comes(action, neutral, since):
    seen_at = [Timed(100 * number, each) for number, each in enumerate(since)]
    both = [is_done(turn, neutral, seen_at, THRESHOLDS) for turn in TURNS]
    assert both.count(True) <= 1
    if is_done(action, neutral, seen_at, THRESHOLDS):
        assert another_action(action, neutral, seen_at, THRESHOLDS) is None
        assert is_done(action, [*neutral] * 2, seen_at, THRESHOLDS)
