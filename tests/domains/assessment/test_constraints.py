"""What the database keeps of attempts, whatever the code above it does."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from jiangxue.assessment.models import Attempt
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.assessment import marked_row, row
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def test_a_place_has_one_open_attempt_at_a_lesson(room: Classroom) -> None:
    row(room, MORNING)
    row(room, MORNING, lesson=room.lessons[1])
    with broken("assessment_attempt_one_open"):
        row(room, MORNING)


def test_a_test_is_passed_once(room: Classroom) -> None:
    marked_row(room, MORNING, 80)
    marked_row(room, MORNING, 40)
    with broken("assessment_attempt_passed_once"):
        marked_row(room, MORNING, 90)


def test_an_attempt_ends_in_a_known_way(room: Classroom) -> None:
    with broken("assessment_attempt_outcome_known"):
        row(room, MORNING, outcome="forgiven", ended_at=MORNING)


@pytest.mark.parametrize("facts", [{"outcome": "expired"}, {"ended_at": MORNING}])
def test_an_attempt_has_ended_when_it_has_an_outcome(room: Classroom, facts: dict[str, object]) -> None:
    with broken("assessment_attempt_ended_with_outcome"):
        row(room, MORNING, **facts)


@pytest.mark.parametrize("minutes", [-1, 61])
def test_an_attempt_ends_between_its_beginning_and_the_end_of_its_time(room: Classroom, minutes: int) -> None:
    with broken("assessment_attempt_ends_in_its_time"):
        row(room, MORNING, outcome="expired", ended_at=MORNING + timedelta(minutes=minutes))


def test_the_time_of_an_attempt_ends_after_its_beginning(room: Classroom) -> None:
    with broken("assessment_attempt_ends_in_its_time"):
        row(room, MORNING, expires_at=MORNING)


@pytest.mark.parametrize("facts", [{"score": None}, {"passed": None}, {"right_answers": None}, {"outcome": "expired"}])
def test_exactly_what_was_submitted_is_marked(room: Classroom, facts: dict[str, object]) -> None:
    mark = {"right_answers": 2, "score": 50, "passed": False}
    with broken("assessment_attempt_marked_when_submitted"):
        row(room, MORNING, **{"outcome": "submitted", "ended_at": MORNING, **mark, **facts})


@pytest.mark.parametrize(("score", "passed"), [(59, True), (60, False), (101, True)])
def test_passed_is_what_the_mark_says(room: Classroom, score: int, passed: bool) -> None:
    with broken("assessment_attempt_passed_by_its_mark"):
        marked_row(room, MORNING, score, passed=passed)


@pytest.mark.clause("T0")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE assessment_attempt SET score = 100, passed = true",
        "UPDATE assessment_attempt SET pass_percent = 1",
        "DELETE FROM assessment_attempt",
        "TRUNCATE assessment_attempt",
    ],
)
def test_an_attempt_that_has_ended_stays_as_it_is(room: Classroom, change: str) -> None:
    kept = marked_row(room, MORNING, 40)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Attempt.objects.get(pk=kept.pk).score == 40


def test_not_even_an_open_attempt_changes_what_it_was_begun_with(room: Classroom) -> None:
    row(room, MORNING)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Attempt.objects.update(pass_percent=1)
