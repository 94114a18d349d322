"""The trained models, each as what it tells of a picture. OpenCV's nets keep state while they run: one set belongs to one thread."""

from collections.abc import Mapping
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from jiangxue.facecheck.rules.shapes import Embedding, Face
from jiangxue.facecheck.vision.measures import EYES
from jiangxue.facecheck.vision.pixels import Pixels, Places, box_of, cut, grey, sized
from jiangxue.facecheck.vision.weights import SFACE, YUNET, Weights

type Numbers = NDArray[np.float32]
type Models = Mapping[Weights, bytes]

_NO_CONFIGURATION = np.zeros(0, np.uint8)


class Model(Protocol):
    """What an optional model is made of: its file."""

    def __init__(self, content: bytes) -> None: ...


def loaded[M: Model](models: Models, weights: Weights, kind: type[M]) -> M | None:
    """Load an optional model, if it is there."""
    return kind(models[weights]) if weights in models else None


def _as_array(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, np.uint8)


def _softmax(numbers: Numbers) -> Numbers:
    powers = np.exp(numbers - numbers.max())
    return np.asarray(powers / powers.sum(), np.float32)


class Detector:
    """YuNet: where faces are. It looks at half the size, which costs a quarter and finds whatever is near enough to be checked."""

    _SCALE = 2
    _SURE, _OVERLAP = 0.6, 0.3
    _MOST = 4

    def __init__(self, models: Models) -> None:
        self._net = cv2.FaceDetectorYN.create(
            "onnx", _as_array(models[YUNET]), _NO_CONFIGURATION, (320, 240), self._SURE, self._OVERLAP
        )

    def faces(self, picture: Pixels) -> tuple[Face, ...]:
        """Return the faces in a picture, the largest first, at most four."""
        width, height = picture.shape[1] // self._SCALE, picture.shape[0] // self._SCALE
        self._net.setInputSize((width, height))
        found = self._net.detect(sized(picture, width, height))[1]
        rows = [] if found is None else sorted(np.asarray(found), key=lambda row: -float(row[2] * row[3]))
        return tuple(_face(row, self._SCALE) for row in rows[: self._MOST])


def _face(row: Numbers, scale: int) -> Face:
    x, y, width, height, *points = (float(number) * scale for number in row[:14])
    pairs = tuple(zip(points[::2], points[1::2], strict=True))
    assert len(pairs) == 5
    return Face(x, y, width, height, min(float(row[14]), 1.0), pairs)


class Recogniser:
    """SFace: who it is, as 128 numbers."""

    def __init__(self, models: Models) -> None:
        self._net = cv2.FaceRecognizerSF.create("onnx", _as_array(models[SFACE]), _NO_CONFIGURATION)

    def aligned(self, picture: Pixels, face: Face) -> Pixels:
        """Return a face upright, 112 pixels wide, its eyes, nose and mouth where all faces have them."""
        row = [face.x, face.y, face.width, face.height, *(n for point in face.points for n in point), face.score]
        return np.asarray(self._net.alignCrop(picture, np.asarray([row], np.float32)), np.uint8)

    def embedding(self, aligned: Pixels) -> Embedding:
        """Return the direction in which an aligned face lies, of length 1."""
        found = np.asarray(self._net.feature(aligned), np.float64).ravel()
        return tuple(float(number) for number in found / np.linalg.norm(found))


class Mesh:
    """MediaPipe's face mesh: 468 points of a face."""

    _SIDE, _GROWN = 192, 1.35
    _POINTS, _IS_FACE = "conv2d_21", "conv2d_31"

    def __init__(self, content: bytes) -> None:
        self._net = cv2.dnn.readNetFromTFLite(_as_array(content))

    def points(self, picture: Pixels, face: Face) -> Places | None:
        """Return the points of a face in pixels of the picture; None when the model sees none there."""
        to_crop = self._turned_upright(face)
        crop = cv2.warpAffine(picture, to_crop, (self._SIDE, self._SIDE))
        self._net.setInput(cv2.dnn.blobFromImage(crop, 1 / 255, swapRB=True))
        found, is_face = (
            np.asarray(numbers, np.float64) for numbers in self._net.forward([self._POINTS, self._IS_FACE])
        )
        if is_face.ravel()[0] < 0:  # a logit: more likely none
            return None
        in_crop = found.reshape(468, 3)
        flat = cv2.transform(in_crop[None, :, :2], cv2.invertAffineTransform(to_crop))[0]
        depth = in_crop[:, 2:] * (max(face.width, face.height) * self._GROWN / self._SIDE)
        return np.hstack([flat, depth]).astype(np.float32)

    def _turned_upright(self, face: Face) -> Numbers:
        (left_x, left_y), (right_x, right_y) = face.points[:2]
        slant = float(np.degrees(np.arctan2(right_y - left_y, right_x - left_x)))
        middle = face.x + face.width / 2, face.y + face.height / 2
        turned = cv2.getRotationMatrix2D(middle, slant, self._SIDE / (max(face.width, face.height) * self._GROWN))
        to_middle = np.zeros((2, 3), np.float32)
        to_middle[:, 2] = self._SIDE / 2 - middle[0], self._SIDE / 2 - middle[1]
        return np.asarray(turned, np.float32) + to_middle


class Pose:
    """FacePlugin's pose: how far a head is turned."""

    _SIDE, _GROWN = 224, 1.5
    _MEAN, _SPREAD = np.array((0.485, 0.456, 0.406), np.float32), np.array((0.229, 0.224, 0.225), np.float32)
    _DEGREES = np.arange(66) * 3 - 99

    def __init__(self, content: bytes) -> None:
        self._net = cv2.dnn.readNetFromONNX(_as_array(content))

    def yaw_deg(self, picture: Pixels, face: Face) -> float:
        """Return how far the head is turned towards the right of the picture."""
        crop = sized(cut(picture, box_of(face, grown=self._GROWN)), self._SIDE, self._SIDE)
        ready = (crop[:, :, ::-1].astype(np.float32) / 255 - self._MEAN) / self._SPREAD
        self._net.setInput(np.ascontiguousarray(ready.transpose(2, 0, 1)[None]))
        towards_left = _softmax(np.asarray(self._net.forward("output"), np.float32).ravel()) @ self._DEGREES
        return -float(towards_left)


class EyeNet:
    """FacePlugin's eye: whether eyes are open."""

    _SIDE, _GROWN = 24, 1.4

    def __init__(self, content: bytes) -> None:
        self._net = cv2.dnn.readNetFromONNX(_as_array(content))

    def open(self, picture: Pixels, points: Places) -> float:
        """Return how likely the eyes are open; the mean of both."""
        return sum(self._one(picture, points[list(eye), :2]) for eye in EYES) / len(EYES)

    def _one(self, picture: Pixels, eye: Places) -> float:
        outer, inner, lids = eye[0], eye[3], eye[[1, 2, 4, 5]]
        (x, y), half = lids.mean(axis=0), float(np.linalg.norm(outer - inner)) * self._GROWN / 2
        crop = sized(grey(cut(picture, (x - half, y - half, x + half, y + half))), self._SIDE, self._SIDE)
        self._net.setInput(np.ascontiguousarray(crop[None, None].astype(np.float32) / 255))
        return float(_softmax(np.asarray(self._net.forward(), np.float32).ravel())[1])


class Liveness:
    """FacePlugin's liveness: how little a face resembles a print or a screen. It wants blue first, unlike what its package feeds it."""

    _SIDE, _GROWN = 128, 2.7

    def __init__(self, content: bytes) -> None:
        self._net = cv2.dnn.readNetFromONNX(_as_array(content))

    def live(self, picture: Pixels, face: Face) -> float:
        """Return how likely a face is neither a print nor a screen."""
        crop = sized(cut(picture, self._around(picture, face)), self._SIDE, self._SIDE)
        self._net.setInput(np.ascontiguousarray(crop.transpose(2, 0, 1)[None].astype(np.float32)))
        return float(_softmax(np.asarray(self._net.forward(), np.float32).ravel())[0])

    def _around(self, picture: Pixels, face: Face) -> tuple[float, float, float, float]:
        """Return a box about the face, as much larger as the picture allows, moved into it."""
        height, width = picture.shape[:2]
        grown = min((height - 1) / face.height, (width - 1) / face.width, self._GROWN)
        left, top, right, bottom = box_of(face, grown=grown)
        right_by = max(0.0, -left) - max(0.0, right - width + 1)
        down_by = max(0.0, -top) - max(0.0, bottom - height + 1)
        return left + right_by, top + down_by, right + right_by, bottom + down_by
