"""What the environment says of looking at faces."""

import pytest

from jiangxue.project.env import REPOSITORY, NotConfigured, face_models, face_processes


def test_models_lie_in_the_build_folder_unless_another_is_named() -> None:
    assert face_models({}) == REPOSITORY / "build" / "models"
    assert str(face_models({"JIANGXUE_MODELS": "/srv/models"})) == "/srv/models"


def test_a_few_processes_look_at_faces_unless_told_how_many() -> None:
    assert face_processes({}) >= 1
    assert face_processes({"JIANGXUE_FACE_PROCESSES": "12"}) == 12


@pytest.mark.parametrize("said", ["0", "65", "-1", "many"])
def test_a_number_of_processes_that_makes_no_sense_is_refused(said: str) -> None:
    with pytest.raises(NotConfigured, match="JIANGXUE_FACE_PROCESSES"):
        face_processes({"JIANGXUE_FACE_PROCESSES": said})
