"""A head that turns, opens its mouth and closes its eyes: the photograph drawn over a surface of triangles, before a wall that stays."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.factories.faces import mesh_points as at
from tests.factories.faces.camera import Camera, Light, light_of, light_of_colour
from tests.factories.faces.people import PHOTOGRAPHED, Person, Points
from tests.factories.faces.photo import HEIGHT, WIDTH, face_in_it

_MESH = 468
_RINGS = ((1.25, 0.35), (1.6, 0.75))
"""Hair and neck, as rings about the face: how far out, and how far behind it in widths."""
_STILL_FROM = 1.35
_DISTANCE = 5.0
_WALL_GRID = (9, 7)
_MOUTH_OPENS = 0.2
_DARK = (25, 20, 45)
AMBIENT_SCREEN = "#ffffff"


@dataclass(frozen=True)
class Pose:
    """How a head is held: degrees of turn (towards the right of the picture), nod and tilt, opening of mouth and closing of eyes 0 to 1, pixels moved."""

    turn: float = 0.0
    nod: float = 0.0
    tilt: float = 0.0
    mouth: float = 0.0
    blink: float = 0.0
    moved: tuple[float, float] = (0.0, 0.0)


UPRIGHT = Pose()


@dataclass(frozen=True)
class Scene:
    """What is before the camera: its own light, and how much of the screen's light each place throws back."""

    light: Light
    answers: NDArray[np.float32]

    def lit(self, screen: NDArray[np.float32], strength: float) -> Light:
        """Return the light of the scene before a screen of some colour, which adds at most `strength` of what is there."""
        return np.asarray(self.light * (1 + strength * self.answers[:, :, None] * screen), np.float32)


class Head:
    """The head of a person before the wall of the photograph."""

    def __init__(self, person: Person = PHOTOGRAPHED) -> None:
        points, self.width = face_in_it()
        shaped = person.shaped(points, self.width)
        self._picture = person.coloured(points)
        self._depth = float(points[list(at.OVAL), 2].mean())
        rings, shaped_rings = self._rings(points), self._rings(shaped)
        wall = self._wall(points)
        self._moving = _MESH + len(rings)
        self._from = np.vstack([points, rings, wall])
        self._to = np.vstack([shaped, shaped_rings, wall])
        self._axis = np.asarray([*shaped[list(at.OVAL), :2].mean(axis=0), self._depth + 0.55 * self.width])
        self._triangles = _triangles(self._from[:, :2])
        self._answers = self._answering(points)

    def frame(
        self, pose: Pose = UPRIGHT, *, colour: str = AMBIENT_SCREEN, strength: float = 0.08, seed: int = 0
    ) -> bytes:
        """Return one picture of the head, by a camera that has just been switched on."""
        light = self.scene(pose).lit(light_of_colour(colour), strength)
        return Camera(seed).jpeg(light)

    def scene(self, pose: Pose = UPRIGHT) -> Scene:
        """Return what is before the camera."""
        held = self._held(pose)
        across, down = _where_from(self._from, held, self._triangles)
        picture = cv2.remap(self._picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        answers = cv2.remap(self._answers, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if pose.mouth > 0.05:
            cv2.fillPoly(picture, [_rounded(held[list(at.WITHIN_LIPS), :2])], _DARK)
        if pose.blink > 0.1:
            _draw_lids(picture, held, self._held(replace(pose, blink=0.0)))
        return Scene(light_of(np.asarray(picture, np.uint8)), np.asarray(answers, np.float32))

    def _rings(self, face: Points) -> Points:
        oval = face[list(at.OVAL), :2]
        middle = oval.mean(axis=0)
        rings = [
            np.hstack([middle + (oval - middle) * out, np.full((len(oval), 1), self._depth + back * self.width)])
            for out, back in _RINGS
        ]
        return np.vstack(rings)

    def _wall(self, face: Points) -> Points:
        """Return a grid over the picture, without what the head may cover."""
        middle = face[list(at.OVAL), :2].mean(axis=0)
        grid = [
            (x, y) for x in np.linspace(0, WIDTH - 1, _WALL_GRID[0]) for y in np.linspace(0, HEIGHT - 1, _WALL_GRID[1])
        ]
        apart = [p for p in grid if np.linalg.norm((np.asarray(p) - middle) / (1, 1.25)) > self.width * _STILL_FROM]
        return np.hstack([np.asarray(apart), np.full((len(apart), 1), self._depth + self.width)])

    def _held(self, pose: Pose) -> Points:
        """Return where all points lie in a pose, as the camera sees them."""
        points = self._to.copy()
        for uppers, lowers in zip(at.UPPER_LIDS, at.LOWER_LIDS, strict=True):
            upper, lower = list(uppers), list(lowers)
            points[upper, 1] += pose.blink * (points[lower, 1] - 0.5 - points[upper, 1])
        self._open_mouth(points, pose.mouth)
        moving = points[: self._moving]
        turned = (moving - self._axis) @ _rotation(pose).T + self._axis
        turned[:, :2] += pose.moved
        middle, away = np.asarray((WIDTH / 2, HEIGHT / 2)), _DISTANCE * self.width
        nearer = (moving[:, 2:] - self._depth + away) / (turned[:, 2:] - self._depth + away)
        points[: self._moving] = np.hstack([middle + (turned[:, :2] - middle) * nearer, turned[:, 2:]])
        return points

    def _open_mouth(self, points: Points, opening: float) -> None:
        """Let the jaw fall, most below the middle of the mouth, and lift the upper lip a little; the corners stay."""
        face = points[:_MESH]
        seam = (face[list(at.UPPER_INNER_LIP), :2] + face[list(at.LOWER_INNER_LIP), :2]) / 2
        below = face[:, 1] - np.interp(face[:, 0], seam[:, 0], seam[:, 1])
        across = (face[:, 0] - face[at.LOWER_LIP, 0]) / self.width
        down = np.clip(below / below[at.CHIN], 0, 1)
        falls = opening * self.width * _MOUTH_OPENS * np.exp(-((across / 0.3) ** 2)) * (1 - 0.6 * down)
        is_jaw = np.clip(below / (0.012 * self.width), 0, 1)
        near_lips = np.exp(-((across / 0.28) ** 2) - ((below / (0.2 * self.width)) ** 2))
        face[:, 1] += is_jaw * falls - 0.12 * (1 - is_jaw) * falls * near_lips

    def _answering(self, face: Points) -> NDArray[np.float32]:
        """Return how much of the screen's light each place throws back: all where the face looks at the screen, little of the wall."""
        facing = np.zeros((HEIGHT, WIDTH), np.float32)
        for triangle in _triangles(face[:, :2]):
            one, two, three = face[triangle]
            normal = np.cross(two - one, three - one)
            facing_us = abs(normal[2]) / (np.linalg.norm(normal) + 1e-9)
            cv2.fillConvexPoly(facing, _rounded(face[triangle, :2]), 0.25 + 0.75 * float(facing_us))
        wall = np.full_like(facing, 0.15)
        mask = cv2.GaussianBlur((facing > 0).astype(np.float32), (0, 0), 3)
        return np.asarray(cv2.GaussianBlur(facing, (0, 0), 4) * mask + wall * (1 - mask), np.float32)


def _rotation(pose: Pose) -> NDArray[np.float64]:
    turn, nod, tilt = np.radians((-pose.turn, pose.nod, pose.tilt))
    about_y = [[np.cos(turn), 0, np.sin(turn)], [0, 1, 0], [-np.sin(turn), 0, np.cos(turn)]]
    about_x = [[1, 0, 0], [0, np.cos(nod), -np.sin(nod)], [0, np.sin(nod), np.cos(nod)]]
    about_z = [[np.cos(tilt), -np.sin(tilt), 0], [np.sin(tilt), np.cos(tilt), 0], [0, 0, 1]]
    return np.asarray(about_z) @ np.asarray(about_y) @ np.asarray(about_x)


def _triangles(flat: Points) -> NDArray[np.int32]:
    """Return Delaunay's triangles of points in the picture, as rows of three indices."""
    room = cv2.Subdiv2D((-WIDTH, -HEIGHT, 3 * WIDTH, 3 * HEIGHT))
    index = {}
    for place, (x, y) in enumerate(flat.astype(np.float32)):
        index[room.insert((float(x), float(y)))] = place
    corners = {(float(x), float(y)): place for place, (x, y) in enumerate(flat.astype(np.float32))}
    rows = [[corners.get((float(t[i]), float(t[i + 1]))) for i in (0, 2, 4)] for t in room.getTriangleList()]
    return np.asarray([row for row in rows if None not in row], np.int32)


def _where_from(
    flat: Points, held: Points, triangles: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return for each pixel of a frame where in the photograph it comes from: across and down."""
    shown = _farthest_first(held, triangles[np.abs(_areas(held[triangles, :2])) > 0.5])
    owner = np.zeros((HEIGHT, WIDTH), np.float32)
    corners = np.round(held[shown, :2]).astype(np.int32)
    for number, corner in enumerate(corners, start=1):
        cv2.fillConvexPoly(owner, corner, float(number))
    back = np.zeros((len(shown) + 1, 3, 2), np.float32)
    back[0, 0, 0] = back[0, 1, 1] = 1
    ones = np.ones((len(shown), 3, 1))
    back[1:] = np.linalg.solve(np.concatenate([held[shown, :2], ones], axis=2), flat[shown, :2])
    rows = back[owner.astype(np.int32)]
    x, y = np.arange(WIDTH, dtype=np.float32)[None, :], np.arange(HEIGHT, dtype=np.float32)[:, None]
    across = rows[:, :, 0, 0] * x + rows[:, :, 1, 0] * y + rows[:, :, 2, 0]
    down = rows[:, :, 0, 1] * x + rows[:, :, 1, 1] * y + rows[:, :, 2, 1]
    return across, down


def _areas(corners: Points) -> NDArray[np.float64]:
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])


def _farthest_first(held: Points, triangles: NDArray[np.int32]) -> NDArray[np.int32]:
    return triangles[np.argsort(-held[triangles, 2].mean(axis=1))]


def _draw_lids(picture: cv2.typing.MatLike, held: Points, awake: Points) -> None:
    """Draw lids in the colour of the skin below the eyes, from where they lie when open to where they have come."""
    for uppers, lowers in zip(at.UPPER_LIDS, at.LOWER_LIDS, strict=True):
        upper, now = awake[list(uppers), :2], held[list(uppers), :2]
        x, y = _rounded(awake[lowers[3], :2] + (0, 9))
        skin = np.asarray(picture[y - 1 : y + 2, x - 5 : x + 5]).reshape(-1, 3).mean(axis=0)
        mask = np.zeros(picture.shape[:2], np.float32)
        cv2.fillPoly(mask, [_rounded(np.vstack([upper - (0, 5), now[::-1]]))], 1.0)
        soft = cv2.GaussianBlur(mask, (0, 0), 1)[:, :, None]
        picture[:] = (picture * (1 - soft) + skin * 0.95 * soft).astype(np.uint8)
        cv2.polylines(picture, [_rounded(now)], False, (40, 45, 60), 1, cv2.LINE_AA)


def _rounded(places: Points) -> NDArray[np.int32]:
    return np.round(places).astype(np.int32)
