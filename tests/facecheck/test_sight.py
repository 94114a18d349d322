"""What the eyes tell of a picture, on heads whose pose and light are known."""

import math

import numpy as np
import pytest

from jiangxue.facecheck.rules.shapes import Look, Rgb
from jiangxue.facecheck.vision.errors import Flaw, Unreadable
from jiangxue.facecheck.vision.sight import Sight
from tests.facecheck.pictures import GREY, enlarged, in_portrait, saved, side_by_side
from tests.factories.faces.head import Head, Pose
from tests.factories.faces.people import another


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return float(np.dot(one, other))


def _differing_bits(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def _redness(light: Rgb | None) -> float:
    assert light is not None
    return math.log(light[0] / light[2])


def test_a_face_is_found_where_it_is(sight: Sight, jpeg: bytes) -> None:
    look = sight.look(jpeg)
    assert (look.width, look.height, len(look.faces)) == (640, 480, 1)
    assert look.face is not None
    assert look.face.score > 0.8
    assert look.face.width == pytest.approx(140, abs=12)
    (first_x, _), (second_x, _), (nose_x, _), (corner_x, _), (other_corner_x, _) = look.face.points
    assert first_x < nose_x < second_x
    assert corner_x < nose_x < other_corner_x


def test_a_picture_without_a_face_has_none_and_is_no_portrait(sight: Sight) -> None:
    look = sight.look(saved(GREY))
    assert (look.faces, look.skin, look.background, look.yaw_deg, look.mouth) == ((), (), None, None, None)
    assert look.brightness == pytest.approx(128, abs=2)
    with pytest.raises(Unreadable) as refused:
        sight.portray(saved(GREY))
    assert refused.value.flaw is Flaw.NO_FACE


def test_a_process_believes_no_picture_because_its_parent_did(sight: Sight, jpeg: bytes) -> None:
    for junk in (b"", jpeg[:-2], saved(kind="PNG"), bytes(100_000)):
        with pytest.raises(Unreadable):
            sight.look(junk)


def test_of_two_faces_the_larger_comes_first(sight: Sight, jpeg: bytes) -> None:
    faces = sight.look(side_by_side(jpeg, jpeg)).faces
    assert len(faces) == 2
    assert faces[0].width * faces[0].height > faces[1].width * faces[1].height
    assert faces[0].x < faces[1].x


def test_an_upright_picture_is_seen_as_well(sight: Sight, jpeg: bytes) -> None:
    look = sight.look(in_portrait(jpeg))
    assert (look.width, look.height, len(look.faces)) == (480, 640, 1)


@pytest.mark.parametrize("degrees", [-28, 28])
def test_a_turn_is_read_by_degrees_and_by_five_points_towards_the_same_side(
    sight: Sight, head: Head, degrees: int
) -> None:
    straight, turned = sight.look(head.frame()), sight.look(head.frame(Pose(turn=degrees)))
    assert straight.yaw_deg is not None
    assert turned.yaw_deg is not None
    assert straight.face is not None
    assert turned.face is not None
    assert (turned.yaw_deg - straight.yaw_deg) * math.copysign(1, degrees) >= 15
    assert (turned.face.yaw - straight.face.yaw) * math.copysign(1, degrees) >= 0.12


def test_who_asks_for_no_turn_is_told_none_and_the_rest_alike(sight: Sight, jpeg: bytes) -> None:
    whole, less = sight.look(jpeg), sight.look(jpeg, turn=False)
    assert less.yaw_deg is None
    assert (less.faces, less.skin, less.mouth) == (whole.faces, whole.skin, whole.mouth)


def test_an_open_mouth_is_wider_open_than_a_smile(sight: Sight, head: Head) -> None:
    smiling, open_wide = sight.look(head.frame()), sight.look(head.frame(Pose(mouth=0.7)))
    assert smiling.mouth is not None
    assert open_wide.mouth is not None
    assert open_wide.mouth - smiling.mouth >= 0.10


def test_closed_eyes_are_told_from_open_ones(sight: Sight, head: Head) -> None:
    awake, blinking = sight.look(head.frame()), sight.look(head.frame(Pose(blink=0.85)))
    assert awake.eyes_open is not None
    assert blinking.eyes_open is not None
    assert awake.eyes_open > 0.8
    assert blinking.eyes_open < 0.5
    assert awake.eye_ratio is not None
    assert blinking.eye_ratio is not None
    assert blinking.eye_ratio < awake.eye_ratio * 0.8


@pytest.mark.parametrize("eyes", ["sight", "sight_of_five_points"])
def test_coloured_light_is_read_on_the_skin_and_hardly_beside_it(
    eyes: str, head: Head, request: pytest.FixtureRequest
) -> None:
    seeing: Sight = request.getfixturevalue(eyes)
    red, blue = (seeing.look(head.frame(colour=colour, strength=0.2)) for colour in ("#ff8080", "#8080ff"))
    assert len(red.skin) == len(blue.skin) == 3
    on_skin = [_redness(of_red) - _redness(of_blue) for of_red, of_blue in zip(red.skin, blue.skin, strict=True)]
    beside = _redness(red.background) - _redness(blue.background)
    assert min(on_skin) > 0.1
    assert 0 < beside < 0.4 * min(on_skin)


def test_a_face_that_fills_the_picture_has_no_background(sight: Sight, jpeg: bytes) -> None:
    assert sight.look(enlarged(jpeg, 2.6)).background is None


def test_a_blurred_picture_is_less_sharp_and_a_dark_one_less_bright(sight: Sight, jpeg: bytes) -> None:
    import cv2  # noqa: PLC0415

    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    blurred = sight.look(cv2.imencode(".jpg", cv2.GaussianBlur(picture, (0, 0), 3))[1].tobytes())
    dark = sight.look(cv2.imencode(".jpg", (picture * 0.3).astype(np.uint8))[1].tobytes())
    clear = sight.look(jpeg)
    assert blurred.sharpness < clear.sharpness / 3
    assert dark.brightness < clear.brightness / 2


def test_a_portrait_is_like_the_same_person_and_unlike_others(sight: Sight, head: Head, jpeg: bytes) -> None:
    one, again = sight.portray(jpeg), sight.portray(head.frame(Pose(turn=6, mouth=0.2), seed=3))
    assert math.sqrt(sum(number**2 for number in one.embedding)) == pytest.approx(1)
    assert _alike(one.embedding, again.embedding) > 0.8
    others = [sight.portray(Head(another(which)).frame()) for which in range(3)]
    assert max(_alike(one.embedding, other.embedding) for other in others) < 0.3
    assert max(_alike(others[i].embedding, others[j].embedding) for i, j in ((0, 1), (0, 2), (1, 2))) < 0.4


def test_near_duplicates_share_most_bits_and_others_do_not(sight: Sight, head: Head, jpeg: bytes) -> None:
    one, again, moved, other = (
        sight.portray(picture).likeness
        for picture in (jpeg, head.frame(seed=9), head.frame(Pose(turn=12, nod=6)), Head(another()).frame())
    )
    assert 0 <= one < 2**64
    assert _differing_bits(one, again) <= 4
    assert _differing_bits(one, moved) > _differing_bits(one, again)
    assert _differing_bits(one, other) >= 10


def test_how_live_a_face_seems_is_a_share(sight: Sight, jpeg: bytes) -> None:
    live = sight.portray(jpeg).live
    assert live is not None
    assert 0 <= live <= 1


def test_without_the_optional_models_the_rest_is_told_as_before(
    sight_of_five_points: Sight, sight: Sight, jpeg: bytes
) -> None:
    less, more = sight_of_five_points.portray(jpeg), sight.portray(jpeg)
    assert less.live is None
    assert _without_models(less.look) == (None, None, None, None)
    assert less.look.faces == more.look.faces
    assert len(less.look.skin) == 3
    assert less.embedding == more.embedding


def _without_models(look: Look) -> tuple[float | None, ...]:
    return look.yaw_deg, look.mouth, look.eyes_open, look.eye_ratio
