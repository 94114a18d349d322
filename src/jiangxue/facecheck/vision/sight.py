"""One set of eyes: looks at pictures one after the other, in the thread that made it."""

from collections.abc import Mapping

import cv2
import msgspec

from jiangxue.facecheck.rules.shapes import Face, Look, Portrait
from jiangxue.facecheck.vision import light, measures
from jiangxue.facecheck.vision.errors import Flaw, Unreadable
from jiangxue.facecheck.vision.nets import Detector, EyeNet, Liveness, Mesh, Pose, Recogniser, loaded
from jiangxue.facecheck.vision.pixels import Pixels, box_of, cut, decoded, decoded_of_source, encoded_small
from jiangxue.facecheck.vision.weights import EYE, LIVENESS, MESH, POSE, Weights


class Sight:
    """Looks at pictures with the models it was given, on one core."""

    def __init__(self, models: Mapping[Weights, bytes]) -> None:
        cv2.setNumThreads(1)
        self._detector, self._recogniser = Detector(models), Recogniser(models)
        self._mesh, self._pose = loaded(models, MESH, Mesh), loaded(models, POSE, Pose)
        self._eyes, self._liveness = loaded(models, EYE, EyeNet), loaded(models, LIVENESS, Liveness)

    def look(self, jpeg: bytes, *, turn: bool = True) -> Look:
        """Return what a picture shows. The turn in degrees costs more than all the rest: leave it out where nobody is asked to turn."""
        return self._look(decoded(jpeg), turn=turn)

    def portray(self, jpeg: bytes, *, of_source: bool = False) -> Portrait:
        """Return what a picture shows, without the turn in degrees, and whom; refuse one without a face."""
        picture = decoded_of_source(jpeg) if of_source else decoded(jpeg)
        look = self._look(picture, turn=False)
        if look.face is None:
            raise Unreadable(Flaw.NO_FACE)
        aligned = self._recogniser.aligned(picture, look.face)
        return Portrait(
            look=look,
            embedding=self._recogniser.embedding(aligned),
            live=self._liveness.live(picture, look.face) if self._liveness else None,
            likeness=measures.likeness(aligned),
        )

    def small(self, jpeg: bytes) -> bytes:
        """Return a picture made anew, half as wide and high: enough for people to tell who it is."""
        return encoded_small(decoded(jpeg))

    def _look(self, picture: Pixels, *, turn: bool) -> Look:
        height, width = picture.shape[:2]
        faces = self._detector.faces(picture)
        nearest = cut(picture, box_of(faces[0])) if faces else picture
        look = Look(width, height, measures.brightness(nearest), measures.sharpness(nearest), faces)
        return self._read(picture, look, faces[0], turn=turn) if faces else look

    def _read(self, picture: Pixels, look: Look, face: Face, *, turn: bool) -> Look:
        """Add what the largest face shows."""
        points = self._mesh.points(picture, face) if self._mesh else None
        return msgspec.structs.replace(
            look,
            skin=light.skin(picture, face, points),
            background=light.background(picture, face),
            yaw_deg=self._pose.yaw_deg(picture, face) if self._pose and turn else None,
            mouth=None if points is None else measures.mouth(points),
            eyes_open=self._eyes.open(picture, points) if self._eyes and points is not None else None,
            eye_ratio=None if points is None else measures.eye_ratio(points),
        )
