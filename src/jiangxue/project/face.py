"""Puts the socket together on which faces are shown."""

from jiangxue.facecheck.api.socket import FaceSocket
from jiangxue.facecheck.vision.pool import Bounds, Eyes
from jiangxue.facecheck.vision.weights import ModelMissing, found_in
from jiangxue.project import env


def face_socket() -> FaceSocket:
    """Return the socket of one process; without a model that is required the process ends with the sentence that says what to do."""
    models = env.face_models()
    try:
        found_in(models)
    except ModelMissing as why:
        raise SystemExit(str(why)) from None
    processes = env.face_processes()
    return FaceSocket(Eyes(models, Bounds(processes=processes)), processes=processes)
