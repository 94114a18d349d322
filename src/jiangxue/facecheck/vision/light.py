"""The light on a face and beside it, by which the answer to a colour on the screen is read."""

import cv2
import numpy as np
from numpy.typing import NDArray

from jiangxue.facecheck.rules.shapes import Face, Rgb
from jiangxue.facecheck.vision.pixels import Pixels, Places, box_of

# Of the 468 points: both cheeks and the forehead, the cheek on the left of the picture first.
_CHEEKS_AND_FOREHEAD = (
    (117, 118, 101, 36, 205, 187, 123, 50),
    (346, 347, 330, 266, 425, 411, 352, 280),
    (10, 67, 109, 108, 151, 337, 338, 297, 69, 299),
)
# Where these lie as seen from the eyes, in distances of the eyes: across from their middle, and down. From a head-on photograph.
_FROM_THE_EYES = ((-0.45, 0.60), (0.45, 0.60), (0.0, -0.55))
_HALF_A_PATCH = 0.16
# Pixels that are burnt out or black say nothing of colours.
_DARKEST, _BRIGHTEST, _FEWEST = 4, 250, 20
_LINEAR = ((np.arange(256) / 255) ** 2.2).astype(np.float64)
_HEAD = 1.7
_STEP = 6
_ENOUGH_BESIDE = 200


def skin(picture: Pixels, face: Face, points: Places | None) -> tuple[Rgb, ...]:
    """Return the light of both cheeks and the forehead; nothing when one of them is not in the picture."""
    patches = _patches_of_five(face) if points is None else [points[list(ids), :2] for ids in _CHEEKS_AND_FOREHEAD]
    lights = [_mean_within(picture, cv2.convexHull(np.round(patch).astype(np.int32))) for patch in patches]
    return tuple(light for light in lights if light is not None) if None not in lights else ()


def background(picture: Pixels, face: Face) -> Rgb | None:
    """Return the light of what lies beside and above the head; None when the head fills the picture.

    Nothing below the chin counts: neck and shoulders are as near to the screen as the face.
    """
    left, top, right, _ = box_of(face, grown=_HEAD)
    chin = int(face.y + face.height)
    rows, columns = np.mgrid[0 : max(0, min(chin, picture.shape[0])) : _STEP, 0 : picture.shape[1] : _STEP]
    beside = (rows < top) | (columns < left) | (columns > right)
    found = picture[rows[beside], columns[beside]]
    return _mean(found) if len(found) >= _ENOUGH_BESIDE else None


def _patches_of_five(face: Face) -> list[Places]:
    """Return squares on cheeks and forehead, reckoned from the eyes."""
    first, second = (np.asarray(point, np.float32) for point in face.points[:2])
    across = second - first
    down = np.asarray((-across[1], across[0]), np.float32)
    corners = [(-_HALF_A_PATCH, -_HALF_A_PATCH), (_HALF_A_PATCH, -_HALF_A_PATCH)]
    corners += [(-x, -y) for x, y in corners]
    middle = (first + second) / 2
    return [
        np.stack([middle + (x + off_x) * across + (y + off_y) * down for off_x, off_y in corners]).astype(np.float32)
        for x, y in _FROM_THE_EYES
    ]


def _mean_within(picture: Pixels, outline: NDArray[np.int32] | cv2.typing.MatLike) -> Rgb | None:
    left, top, width, height = cv2.boundingRect(outline)
    piece = picture[max(top, 0) : top + height, max(left, 0) : left + width]
    if piece.size == 0:
        return None
    mask = np.zeros(piece.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.asarray(outline) - (max(left, 0), max(top, 0)), 1)
    found = piece[mask > 0]
    return _mean(found) if len(found) >= _FEWEST else None


def _mean(pixels: Pixels) -> Rgb:
    """Return the mean light of pixels in order red, green, blue, without those that are burnt out or black if enough are left."""
    telling = pixels[(pixels.max(axis=1) < _BRIGHTEST) & (pixels.min(axis=1) > _DARKEST)]
    blue, green, red = _LINEAR[telling if len(telling) >= _FEWEST else pixels].mean(axis=0)
    return float(red), float(green), float(blue)
