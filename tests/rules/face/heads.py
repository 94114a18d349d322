"""A head of nine measures, turned in space and seen through a pinhole: the five points that a detector would find, without any picture."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from jiangxue.facecheck.rules.shapes import Face, Look, Point, Timed

type Solid = tuple[float, float, float]

HEAD: tuple[Solid, ...] = (
    (-1.0, -1.0, 0.0),
    (1.0, -1.0, 0.0),
    (0.0, 0.1, -0.75),
    (-0.85, 1.05, -0.05),
    (0.85, 1.05, -0.05),
)
"""Eyes, nose, corners of the mouth in half distances of the eyes (about 32 mm): right in the picture, down, away from the camera."""
PRINT: tuple[Solid, ...] = tuple((x, y, 0.0) for x, y, _ in HEAD)
"""The same points on a sheet of paper."""
FAR = 14.0
"""Half distances of the eyes between head and camera: about 45 cm."""


@dataclass(frozen=True)
class Pose:
    """Degrees: `yaw` towards the right of the picture, `pitch` downwards, `roll` clockwise."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0


def turned(point: Solid, pose: Pose) -> Solid:
    """Return where a point of the head lies when the head is turned."""
    x, y, z = point
    yaw, pitch, roll = (math.radians(angle) for angle in (pose.yaw, pose.pitch, pose.roll))
    x, z = x * math.cos(yaw) - z * math.sin(yaw), x * math.sin(yaw) + z * math.cos(yaw)
    y, z = y * math.cos(pitch) - z * math.sin(pitch), y * math.sin(pitch) + z * math.cos(pitch)
    return x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll), z


def tilted(point: Solid, axis_deg: float, angle_deg: float) -> Solid:
    """Return where a point of a sheet lies when it is tilted about an axis within it."""
    x, y, z = turned(point, Pose(roll=-axis_deg))
    x, y, z = turned((x, y, z), Pose(pitch=angle_deg))
    return turned((x, y, z), Pose(roll=axis_deg))


def seen(solid: Sequence[Solid], *, far: float = FAR, half_px: float = 38.0, at: Point = (320.0, 240.0)) -> Face:
    """Return the face that a camera sees; straight and `far` away its eyes are twice `half_px` apart."""
    points = tuple((at[0] + half_px * x * far / (far + z), at[1] + half_px * y * far / (far + z)) for x, y, z in solid)
    width, height = half_px * 3.6, half_px * 4.8
    box = (at[0] - width / 2, at[1] - height / 2)
    return Face(*box, width, height, 0.95, points)  # type: ignore[arg-type]  # five of them


def head(pose: Pose = Pose(), **view: Any) -> Face:
    """Return a living head's face in a pose."""
    return seen([turned(point, pose) for point in HEAD], **view)


def look(face: Face | None = None, **changes: Any) -> Look:
    """Return a frame that can be judged, of one face that looks straight unless another is given."""
    shown = (face or head(),)
    return msgspec.structs.replace(Look(640, 480, brightness=120, sharpness=150, faces=shown), **changes)


def times(looks: Sequence[Look], *, every_ms: int = 100, from_ms: int = 0) -> list[Timed]:
    """Return looks as they come, one after the other."""
    return [Timed(from_ms + every_ms * number, each) for number, each in enumerate(looks, start=1)]
