"""A decoded picture, and pieces of it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from jiangxue.facecheck.rules.shapes import Face
from jiangxue.facecheck.vision.errors import Flaw, Unreadable
from jiangxue.facecheck.vision.header import SIZES, require_readable

_KEPT_QUALITY = 75
_GREY = 128

type Pixels = NDArray[np.uint8]
"""Rows of pixels: blue, green, red, 0 to 255."""

type Places = NDArray[np.float32]
"""Rows of x and y in pixels, with depth behind them where that is known."""


def decoded(jpeg: bytes) -> Pixels:
    """Decode a picture that may be decoded; refuse any other."""
    require_readable(jpeg)
    try:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as why:
        raise Unreadable(Flaw.BROKEN) from why
    if picture is None or (picture.shape[1], picture.shape[0]) not in SIZES:
        raise Unreadable(Flaw.BROKEN)
    return np.asarray(picture, np.uint8)


def decoded_of_source(content: bytes) -> Pixels:
    """Decode a picture of any size that a source of identities keeps, and lay it into a frame: what it has beyond that is shrunk, what it lacks is grey."""
    try:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as why:
        raise Unreadable(Flaw.BROKEN) from why
    if picture is None:
        raise Unreadable(Flaw.BROKEN)
    width, height = SIZES[1]
    scale = min(width / picture.shape[1], height / picture.shape[0])
    fitted = sized(
        np.asarray(picture, np.uint8), max(1, int(picture.shape[1] * scale)), max(1, int(picture.shape[0] * scale))
    )
    frame = np.full((height, width, 3), _GREY, np.uint8)
    frame[: fitted.shape[0], : fitted.shape[1]] = fitted
    return frame


def box_of(face: Face, *, grown: float = 1.0) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a face's box, scaled about its middle."""
    x, y = face.x + face.width / 2, face.y + face.height / 2
    across, down = face.width * grown / 2, face.height * grown / 2
    return x - across, y - down, x + across, y + down


def cut(picture: Pixels, box: tuple[float, float, float, float]) -> Pixels:
    """Return what lies in a box, as far as that is in the picture; at least one pixel."""
    height, width = picture.shape[:2]
    left, top = min(max(int(box[0]), 0), width - 1), min(max(int(box[1]), 0), height - 1)
    right, bottom = min(max(int(box[2]), left + 1), width), min(max(int(box[3]), top + 1), height)
    return picture[top:bottom, left:right]


def grey(picture: Pixels) -> Pixels:
    """Return the light of a picture without its colours."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def sized(picture: Pixels, width: int, height: int) -> Pixels:
    """Return a picture in another size."""
    shrinks = picture.shape[1] > width
    return np.asarray(
        cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), np.uint8
    )


def encoded_small(picture: Pixels) -> bytes:
    """Return a picture at half its width and height as a JPEG, about 8 kB."""
    half = sized(picture, picture.shape[1] // 2, picture.shape[0] // 2)
    done, content = cv2.imencode(".jpg", half, [cv2.IMWRITE_JPEG_QUALITY, _KEPT_QUALITY])
    if not done:
        raise Unreadable(Flaw.BROKEN)
    return content.tobytes()
