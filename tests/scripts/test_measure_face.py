"""What `make measure-face` counts, and what so few trials say at most."""

import pytest

from jiangxue.facecheck.rules.decision import Outcome
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.vision.sight import Sight
from jiangxue.facecheck.vision.weights import found_in
from jiangxue.project.env import face_models
from scripts.measure_face.bounds import upper_permille
from scripts.measure_face.playing import Course, check, enrolled
from tests.factories.faces.live import Live
from tests.factories.faces.people import another

pytestmark = pytest.mark.clause("T4")


@pytest.mark.parametrize(
    ("found", "trials", "permille"),
    [(0, 5, 451), (0, 10, 259), (0, 300, 10), (1, 10, 395), (5, 10, 778), (10, 10, 1_000)],
)
def test_few_trials_say_little(found: int, trials: int, permille: int) -> None:
    assert upper_permille(found, trials) == permille


def test_an_honest_person_passes_at_once_and_another_fails_the_second_time() -> None:
    sight = Sight(found_in(face_models()))
    who = enrolled(sight)
    course = Course(Form.SHORT, 3, 100, 1)
    assert [each.outcome for each in check(Live(1), course, sight, who)] == [Outcome.PASSED]
    found = check(Live(1, person=another(0)), course, sight, who)
    assert [each.outcome for each in found] == [Outcome.STEP_UP, Outcome.FAILED]
