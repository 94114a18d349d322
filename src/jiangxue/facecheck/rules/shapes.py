"""What the eyes tell of a frame, in numbers; every rule about faces judges these and nothing else."""

import msgspec

type Rgb = tuple[float, float, float]
"""Linear light, red, green, blue, each 0 to 1."""

type Point = tuple[float, float]
"""Pixels from the left and from the top."""

type Embedding = tuple[float, ...]
"""128 numbers, of length 1 together: two of the same person point the same way."""


class Face(msgspec.Struct, frozen=True):
    """One face as the detector found it: its box and score (0 to 1), and five points: both eyes, nose, both corners of the mouth.

    The first eye and corner are those that lie left in the picture of somebody who looks straight into the camera.
    """

    x: float
    y: float
    width: float
    height: float
    score: float
    points: tuple[Point, Point, Point, Point, Point]

    @property
    def yaw(self) -> float:
        """Return how far the nose lies beside the line from the eyes to the mouth, in distances of the eyes: 0 is straight, positive is towards the right of the picture.

        Measured along the eyes in the face's own, maybe oblique, axes: however a flat picture is tilted, they tilt with it, and the nose stays where it was.
        """
        (left_x, left_y), (right_x, right_y), (nose_x, nose_y), *corners = self.points
        eyes_x, eyes_y = (left_x + right_x) / 2, (left_y + right_y) / 2
        across_x, across_y = right_x - left_x, right_y - left_y
        down_x, down_y = sum(x for x, _ in corners) / 2 - eyes_x, sum(y for _, y in corners) / 2 - eyes_y
        area = across_x * down_y - across_y * down_x
        if abs(area) < 1:
            return 0.0
        return ((nose_x - eyes_x) * down_y - (nose_y - eyes_y) * down_x) / area


class Look(msgspec.Struct, frozen=True):
    """What one frame shows. What an optional model would tell is None where that model is missing, and where there is no face.

    `faces` are the largest first, at most four. `brightness` is the mean of the largest face, else of the picture, 0 to 255; `sharpness` the
    variance of its Laplacian when it is 112 pixels wide. `skin` is the light of both cheeks and the forehead, `background` what
    lies outside the head. `mouth` is opening over width, `eye_ratio` the same of the eyes (mean of both), `eyes_open` a probability (mean of both), `yaw_deg` the turn
    of the head towards the right of the picture.
    """

    width: int
    height: int
    brightness: float
    sharpness: float
    faces: tuple[Face, ...] = ()
    skin: tuple[Rgb, ...] = ()
    background: Rgb | None = None
    yaw_deg: float | None = None
    mouth: float | None = None
    eyes_open: float | None = None
    eye_ratio: float | None = None

    @property
    def face(self) -> Face | None:
        """Return the largest face."""
        return self.faces[0] if self.faces else None


class Portrait(msgspec.Struct, frozen=True):
    """A frame looked at more closely: the embedding of its largest face, how live it seems (0 to 1, None without that model), and 64 bits that near-duplicates share."""

    look: Look
    embedding: Embedding
    live: float | None
    likeness: int


class Timed(msgspec.Struct, frozen=True):
    """A look, and when its frame came by the server's clock, in milliseconds."""

    at_ms: int
    look: Look
