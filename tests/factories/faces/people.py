"""Whose head it is: the one in the photograph, or another whose features and colours are made differently."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.factories.faces import mesh_points as at
from tests.factories.faces.photo import photograph

type Points = NDArray[np.float64]

_UNLIKE = (0, 97, 150)
"""Seeds that were found by trying: of the first 200 those that are least like the photograph and each other."""


@dataclass(frozen=True)
class Feature:
    """A part of the face: around which of its points, how far it reaches in widths of the face, its size, and where it moves."""

    around: tuple[int, ...]
    reach: float
    across: float = 1.0
    down: float = 1.0
    moved: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Person:
    """How a head differs from the one in the photograph; colours are factors of blue, green and red."""

    features: tuple[Feature, ...] = ()
    skin: tuple[float, float, float] = (1.0, 1.0, 1.0)
    hair: tuple[float, float, float] = (1.0, 1.0, 1.0)
    brows: float = 1.0
    lips: tuple[float, float, float] = (1.0, 1.0, 1.0)
    beard: float = 1.0

    def shaped(self, points: Points, width: float) -> Points:
        """Return where the points of the face lie in this person's."""
        shaped = points.copy()
        for feature in self.features:
            middle = points[list(feature.around), :2].mean(axis=0)
            away = shaped[:, :2] - middle
            near = np.exp(-((away / (feature.reach * width)) ** 2).sum(axis=1))[:, None]
            grown = away * (np.asarray((feature.across, feature.down)) - 1)
            shaped[:, :2] += near * (grown + np.asarray(feature.moved) * width)
        return shaped

    def coloured(self, points: Points) -> NDArray[np.uint8]:
        """Return the photograph in this person's colours."""
        picture = photograph().astype(np.float32)
        face = _within(points, at.OVAL, 5)
        picture *= 1 + _hair_of(points, face) * (np.asarray(self.hair) - 1)
        picture *= 1 + face * (np.asarray(self.skin) - 1)
        for brow in at.BROWS:
            picture *= 1 + _within(points, brow, 1.5) * (self.brows - 1)
        picture *= 1 + _within(points, at.LIPS, 1.5) * (np.asarray(self.lips) - 1)
        picture *= 1 + _beard_of(points, face) * (self.beard - 1)
        return np.clip(picture, 0, 255).astype(np.uint8)


PHOTOGRAPHED = Person()


def another(which: int = 0) -> Person:
    """Return somebody whom SFace takes for another person than the one in the photograph: at most 0.3 alike. There are three."""
    return _drawn(np.random.default_rng(_UNLIKE[which]))


def _drawn(chance: np.random.Generator) -> Person:
    """Draw features and colours."""

    def between(low: float, high: float) -> float:
        return float(chance.uniform(low, high))

    wide, high, apart, up, brows_up = (
        between(0.65, 1.5),
        between(0.65, 1.5),
        between(-0.07, 0.07),
        between(-0.07, 0.07),
        between(-0.07, 0.05),
    )
    eyes = [Feature(eye, 0.17, wide, high, (apart * side, 0)) for eye, side in zip(at.EYES, (-1, 1), strict=True)]
    brows = [Feature(brow, 0.14, 1, between(1, 1.8), (0, brows_up)) for brow in at.BROWS]
    nose = Feature(at.NOSE, 0.2, between(0.6, 1.7), between(0.6, 1.5), (0, between(-0.05, 0.08)))
    mouth = Feature(at.LIPS, 0.25, between(0.5, 1.5), between(0.6, 1.7), (0, between(-0.07, 0.08)))
    jaw = Feature(at.JAW, 0.4, between(0.7, 1.5), between(0.7, 1.35), (0, between(-0.08, 0.11)))
    light = between(0.45, 1.0)
    return Person(
        features=(*eyes, Feature(at.EYES[0] + at.EYES[1], 0.35, moved=(0, up)), *brows, nose, mouth, jaw),
        skin=(light * between(0.7, 1.0), light * between(0.85, 1.0), light),
        hair=(between(0.2, 1),) * 3,
        brows=between(0.25, 0.9),
        lips=(between(0.7, 1.1), between(0.6, 1.1), between(0.8, 1.2)),
        beard=between(0.5, 1),
    )


def _within(points: Points, ids: tuple[int, ...], soft: float) -> NDArray[np.float32]:
    """Return 1 within the hull of some points, 0 outside, softly."""
    mask = np.zeros(photograph().shape[:2], np.float32)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(points[list(ids), :2]).astype(np.int32)), 1.0)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), soft)[:, :, None], np.float32)


def _hair_of(points: Points, face: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return where hair is: an oval above the mouth and about the head, without the face."""
    oval = points[list(at.OVAL), :2]
    middle, size = oval.mean(axis=0), np.ptp(oval, axis=0)
    mask = np.zeros(face.shape[:2], np.float32)
    centre = int(middle[0]), int(middle[1] - size[1] * 0.22)
    cv2.ellipse(mask, centre, (int(size[0] * 0.86), int(size[1] * 0.72)), 0, 0, 360, 1.0, -1)
    mask[int(points[at.UPPER_LIP, 1]) :] = 0
    colours = photograph().astype(np.float32)
    mask *= np.clip((np.ptp(colours, axis=2) - 20) / 20, 0, 1)  # the wall is grey
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 3)[:, :, None] * (1 - face), np.float32)


def _beard_of(points: Points, face: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return where a beard grows: the face below the nose, without the lips."""
    rows = np.arange(face.shape[0], dtype=np.float32)[:, None, None]
    below = np.clip((rows - points[at.NOSE_TIP, 1] - 8) / 12, 0, 1)
    return np.asarray(face * below * (1 - _within(points, at.LIPS, 1.5)), np.float32)
