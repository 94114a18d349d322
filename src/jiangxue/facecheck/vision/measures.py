"""What can be read of a picture without a model, or of the points that a model has found."""

import cv2
import numpy as np

from jiangxue.facecheck.vision.pixels import Pixels, Places, grey, sized

_FACE_WIDTH = 112
# Of the 468 points: both inner lips and both inner corners of the mouth.
_LIPS, _CORNERS = (13, 14), (78, 308)
# Of each eye: outer corner, two of the upper lid, inner corner, two of the lower lid. The first eye is the one on the left of the picture.
EYES = ((33, 160, 158, 133, 153, 144), (362, 385, 387, 263, 373, 380))


def brightness(picture: Pixels) -> float:
    """Return the mean light of a picture, 0 to 255."""
    return float(grey(picture).mean())


def sharpness(picture: Pixels) -> float:
    """Return the variance of a picture's Laplacian when it is 112 pixels wide, so that near and far faces can be compared."""
    height = max(1, round(picture.shape[0] * _FACE_WIDTH / picture.shape[1]))
    return float(cv2.Laplacian(grey(sized(picture, _FACE_WIDTH, height)), cv2.CV_64F).var())


def mouth(points: Places) -> float:
    """Return how far the mouth is open, in widths of it."""
    return _apart(points, *_LIPS) / max(_apart(points, *_CORNERS), 1.0)


def eye_ratio(points: Places) -> float:
    """Return how far the eyes are open, in widths of them; the mean of both. Source: Soukupova and Cech, 2016."""
    return sum(_ratio_of(points, eye) for eye in EYES) / len(EYES)


def likeness(aligned: Pixels) -> int:
    """Return 64 bits that near-duplicates of an aligned face share: whether each of 8 x 8 places is darker than the one to its right."""
    small = sized(grey(aligned), 9, 8).astype(np.int16)
    bits = np.packbits(small[:, :-1] < small[:, 1:])
    return int.from_bytes(bits.tobytes())


def _ratio_of(points: Places, eye: tuple[int, ...]) -> float:
    outer, upper_1, upper_2, inner, lower_2, lower_1 = eye
    opening = _apart(points, upper_1, lower_1) + _apart(points, upper_2, lower_2)
    return opening / max(2 * _apart(points, outer, inner), 1.0)


def _apart(points: Places, one: int, other: int) -> float:
    return float(np.linalg.norm(points[one, :2] - points[other, :2]))
