"""Where only the two required models are there, a face is still checked: by fewer actions (docs/models.md)."""

import shutil
from pathlib import Path

import pytest

from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.vision.weights import ALL
from jiangxue.project.env import face_models
from tests.attacks.face_desk import Desk, learner
from tests.factories.faces.live import Live

pytestmark = pytest.mark.clause("T3.2")


@pytest.fixture
def fewest(tmp_path: Path) -> Path:
    """Return a folder with the required models alone."""
    for weights in ALL:
        if weights.tier == 0:
            shutil.copy(face_models() / weights.file, tmp_path)
    return tmp_path


def test_with_the_required_models_alone_turns_are_asked_and_an_honest_person_passes(
    lasting_database: str, fewest: Path
) -> None:
    who, desk = learner(), Desk(fewest)
    try:
        for form in (Form.SHORT, Form.LONG):
            told = desk.show(who, Live(seed=51), who.ticket(form))
            assert told.done["outcome"] == "passed"
    finally:
        desk.close()
    for attempt in who.attempts():
        assert set(attempt.script["actions"]) <= {"turn_left", "turn_right"}
        assert set(attempt.models_used) == {weights.id for weights in ALL if weights.tier == 0}
        assert attempt.facts["live_permille"] is None
    assert sorted(who.attempts()[1].script["actions"]) == ["turn_left", "turn_right"]
