"""A head that turns moves its nose across its face, in whatever way a photograph of one is held (docs/rules/face-checks.md, actions)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.facecheck.rules.shapes import Face
from tests.rules.face.heads import PRINT, Pose, head, seen, tilted

pytestmark = pytest.mark.clause("T4")
small = st.floats(-10, 10)


@given(st.floats(25, 40), small, small, st.sampled_from([-1, 1]))
def test_a_head_turned_by_25_degrees_shows_it_however_it_nods_and_leans(yaw, pitch, roll, side):
    assert side * head(Pose(side * yaw, pitch, roll)).yaw > 0.17


@given(st.floats(-5, 5), small, small)
def test_a_head_that_is_held_still_shows_no_turn(yaw, pitch, roll):
    assert abs(head(Pose(yaw, pitch, roll)).yaw) < 0.06


@given(st.floats(0, 180), st.floats(-55, 55), st.floats(5, 30))
def test_a_photograph_tilted_about_any_axis_shows_hardly_any_turn(axis_deg, angle_deg, far):
    assert abs(seen([tilted(point, axis_deg, angle_deg) for point in PRINT], far=far).yaw) < 0.075


@given(st.floats(-60, 60), st.floats(-20, 20), st.floats(-20, 20))
def test_a_mirrored_picture_shows_the_opposite_turn(yaw, pitch, roll):
    face = head(Pose(yaw, pitch, roll))
    eye, other, nose, corner, another = [(640 - x, y) for x, y in face.points]
    mirrored = Face(face.x, face.y, face.width, face.height, face.score, (other, eye, nose, another, corner))
    assert mirrored.yaw == pytest.approx(-face.yaw, abs=1e-9)


def test_points_in_one_place_are_no_turn():
    assert Face(0, 0, 9, 9, 0.9, ((4, 4),) * 5).yaw == 0
