"""Whether a frame can be judged, and what would help if not. The text is docs/rules/face-checks.md, quality."""

from collections.abc import Callable
from enum import StrEnum

from jiangxue.facecheck.rules.shapes import Face, Look
from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds


class Hint(StrEnum):
    """What somebody before the camera may do about a picture that cannot be judged."""

    NO_FACE = "no_face"
    MANY_FACES = "many_faces"
    CLOSER = "closer"
    FARTHER = "farther"
    CENTRE = "centre"
    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"
    STRAIGHT = "straight"


def hint_of(look: Look, thresholds: Thresholds) -> Hint | None:
    """Return what would help first, None for a frame that can be judged.

    Frames lie or stand: sizes are measured against the shorter side, the middle against each side. A face that the detector doubts is none.
    """
    face = look.face
    if face is None or face.score * WHOLE < thresholds.score_permille:
        return Hint.NO_FACE
    return next((hint for hint, applies in _IN_ORDER if applies(look, face, thresholds)), None)


def is_straight(look: Look, face: Face, thresholds: Thresholds) -> bool:
    """Say whether a face looks into the camera, by its points and, where a model tells, by degrees too."""
    if abs(face.yaw) * WHOLE > thresholds.straight_permille:
        return False
    return look.yaw_deg is None or abs(look.yaw_deg) <= thresholds.straight_degrees


def _has_company(look: Look, face: Face, thresholds: Thresholds) -> bool:
    return any(other.width * WHOLE >= face.width * thresholds.second_face_permille for other in look.faces[1:])


def _is_far(_look: Look, face: Face, thresholds: Thresholds) -> bool:
    return face.width < thresholds.face_least_px


def _is_near(look: Look, face: Face, thresholds: Thresholds) -> bool:
    return face.width * WHOLE > min(look.width, look.height) * thresholds.face_most_permille


def _is_aside(look: Look, face: Face, thresholds: Thresholds) -> bool:
    beside = abs(face.x + face.width / 2 - look.width / 2) / look.width
    above = abs(face.y + face.height / 2 - look.height / 2) / look.height
    return max(beside, above) * WHOLE > thresholds.off_centre_permille


def _is_dark(look: Look, _face: Face, thresholds: Thresholds) -> bool:
    return look.brightness < thresholds.dark_below


def _is_bright(look: Look, _face: Face, thresholds: Thresholds) -> bool:
    return look.brightness > thresholds.bright_above


def _is_blurred(look: Look, _face: Face, thresholds: Thresholds) -> bool:
    return look.sharpness < thresholds.sharpness_least


def _is_turned(look: Look, face: Face, thresholds: Thresholds) -> bool:
    return not is_straight(look, face, thresholds)


_IN_ORDER: tuple[tuple[Hint, Callable[[Look, Face, Thresholds], bool]], ...] = (
    (Hint.MANY_FACES, _has_company),
    (Hint.CLOSER, _is_far),
    (Hint.FARTHER, _is_near),
    (Hint.CENTRE, _is_aside),
    (Hint.DARK, _is_dark),
    (Hint.BRIGHT, _is_bright),
    (Hint.BLURRED, _is_blurred),
    (Hint.STRAIGHT, _is_turned),
)
"""First the face, then its place, then the light, then where it looks: whoever follows the first hint may find the next one gone."""
