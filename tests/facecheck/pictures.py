"""Pictures that a page would never send."""

import io

import cv2
import numpy as np
from PIL import Image

NOISE = np.random.default_rng(5).integers(0, 256, (480, 640, 3), dtype=np.uint8)
_QUALITY = (cv2.IMWRITE_JPEG_QUALITY, 75)
GREY = np.full((480, 640, 3), 128, np.uint8)


def saved(picture: np.ndarray = GREY, kind: str = "JPEG", **options: object) -> bytes:
    """Return a picture as a file of some kind."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, kind, **options)
    return file.getvalue()


def with_exif() -> bytes:
    """Return a picture that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "a phone"
    return saved(exif=exif)


def claiming(width: int, height: int) -> bytes:
    """Return a small picture whose header claims to be of another size."""
    jpeg = bytearray(saved())
    place = jpeg.index(b"\xff\xc0") + 5
    jpeg[place : place + 4] = height.to_bytes(2) + width.to_bytes(2)
    return bytes(jpeg)


def in_portrait(jpeg: bytes) -> bytes:
    """Return the middle of a picture, upright: 480 x 640."""
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)[:, 80:560]
    return cv2.imencode(".jpg", cv2.copyMakeBorder(picture, 80, 80, 0, 0, cv2.BORDER_REPLICATE), _QUALITY)[1].tobytes()


def side_by_side(one: bytes, other: bytes) -> bytes:
    """Return two pictures in one, the second smaller."""
    first, second = (cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) for jpeg in (one, other))
    both = np.full((480, 640, 3), 200, np.uint8)
    both[:, :370] = first[:, 140:510]
    small = cv2.resize(second[:, 180:480], None, fx=0.8, fy=0.8)
    both[40 : 40 + small.shape[0], 385 : 385 + small.shape[1]] = small
    return cv2.imencode(".jpg", both, _QUALITY)[1].tobytes()


def enlarged(jpeg: bytes, times: float) -> bytes:
    """Return the middle of a picture, larger."""
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    large = cv2.resize(picture, None, fx=times, fy=times)
    top, left = int(230 * times) - 240, int(320 * times) - 320
    return cv2.imencode(".jpg", large[top : top + 480, left : left + 640], _QUALITY)[1].tobytes()
