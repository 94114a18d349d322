"""What is said to somebody whose picture cannot be judged: one thing at a time, and the one that helps (docs/rules/face-checks.md, quality)."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.quality import Hint, hint_of
from jiangxue.facecheck.rules.thresholds import Thresholds
from tests.rules.face.heads import Pose, head, look

pytestmark = pytest.mark.clause("T4")
THRESHOLDS = Thresholds()
FACE = head()


def face(**changes):
    return msgspec.structs.replace(FACE, **changes)


@pytest.mark.parametrize(
    ("given_look", "hint"),
    [
        (look(faces=()), Hint.NO_FACE),
        (look(face(score=0.7)), Hint.NO_FACE),
        (look(faces=(FACE, face(x=0, width=70))), Hint.MANY_FACES),
        (look(head(half_px=30)), Hint.CLOSER),
        (look(head(half_px=90)), Hint.FARTHER),
        (look(head(at=(150, 240))), Hint.CENTRE),
        (look(head(at=(320, 380))), Hint.CENTRE),
        (look(brightness=30), Hint.DARK),
        (look(brightness=240), Hint.BRIGHT),
        (look(sharpness=7), Hint.BLURRED),
        (look(head(Pose(25))), Hint.STRAIGHT),
        (look(yaw_deg=-20), Hint.STRAIGHT),
        (look(), None),
        (look(yaw_deg=5), None),
        (look(faces=(FACE, face(x=0, width=60))), None),
        (look(head(at=(240, 320)), width=480, height=640), None),
    ],
    ids=lambda value: str(value) if isinstance(value, Hint | None) else "",
)
def test_the_first_thing_that_would_help_is_said(given_look, hint):
    assert hint_of(given_look, THRESHOLDS) == hint


def test_of_several_faults_the_one_that_hides_the_others_is_said():
    assert hint_of(look(head(Pose(25), half_px=30), brightness=20, sharpness=0), THRESHOLDS) is Hint.CLOSER


def test_a_small_face_behind_somebody_is_a_picture_on_the_wall():
    assert hint_of(look(faces=(FACE, face(x=10, y=10, width=FACE.width * 0.49))), THRESHOLDS) is None


@given(st.floats(115, 300), st.booleans())
def test_a_face_of_fitting_size_is_near_and_far_enough_lying_and_standing(width_px, is_standing):
    width, height = (480, 640) if is_standing else (640, 480)
    near = head(half_px=width_px / 3.6, at=(width / 2, height / 2))
    assert hint_of(look(near, width=width, height=height), THRESHOLDS) is None


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(0, 1e4), st.floats(0, 1))
def test_whatever_the_detector_says_there_is_an_answer(x, y, width, score):
    assert hint_of(look(face(x=x, y=y, width=width, score=score)), THRESHOLDS) in {None, *Hint}
