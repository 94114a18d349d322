"""The photograph as a camera would show it, and the points of the face in it."""

import json
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 480
PHOTO = Path(__file__).with_name("photo.jpg")
POINTS = Path(__file__).with_name("points.json")
_LARGER, _ABOVE = 1.6, 42


@cache
def photograph() -> NDArray[np.uint8]:
    """Return the photograph in the size of a frame; above it, more of the same wall."""
    part = cv2.imdecode(np.frombuffer(PHOTO.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert part is not None
    large = cv2.resize(part, None, fx=_LARGER, fy=_LARGER, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(large, _ABOVE, 0, 0, 0, cv2.BORDER_REFLECT_101)[:HEIGHT, :WIDTH]
    assert framed.shape == (HEIGHT, WIDTH, 3)
    return np.asarray(framed, np.uint8)


@cache
def face_in_it() -> tuple[NDArray[np.float64], float]:
    """Return the points of the face, with their depth, and how wide it is."""
    found = json.loads(POINTS.read_text())
    return np.asarray(found["points"], np.float64), float(found["width"])
