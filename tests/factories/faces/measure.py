"""Write points.json: what the mesh finds in the photograph, so that heads can be drawn where that model is not."""

import json

from jiangxue.facecheck.vision.nets import Detector, Mesh
from jiangxue.facecheck.vision.weights import MESH, found_in
from jiangxue.project.env import face_models
from tests.factories.faces.photo import POINTS, photograph


def main() -> None:
    """Measure the photograph."""
    models, picture = found_in(face_models()), photograph()
    face = Detector(models).faces(picture)[0]
    points = Mesh(models[MESH]).points(picture, face)
    assert points is not None
    rows = [[round(float(number), 1) for number in point] for point in points]
    POINTS.write_text(json.dumps({"width": round(face.width, 1), "points": rows}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
