"""Eyes of this process, and the folder of the models."""

from pathlib import Path

import pytest

from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import found_in
from jiangxue.project.env import face_models
from tests.factories.faces.head import Head


@pytest.fixture(scope="session")
def models() -> Path:
    return face_models()


@pytest.fixture(scope="session")
def sight(models: Path) -> Sight:
    return Sight(found_in(models))


@pytest.fixture(scope="session")
def sight_of_five_points(models: Path) -> Sight:
    """Eyes without the optional models."""
    return Sight({weights: content for weights, content in found_in(models).items() if weights.tier == 0})


@pytest.fixture(scope="session")
def head() -> Head:
    return Head()


@pytest.fixture(scope="session")
def jpeg(head: Head) -> bytes:
    return head.frame()
