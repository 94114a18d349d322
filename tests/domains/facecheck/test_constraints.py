"""What the database keeps of faces, whatever the code above it does: known values, one open attempt, and nothing that was finished changes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from jiangxue.facecheck.models import (
    DocumentComparison,
    EnrolledPicture,
    FaceAllowance,
    FaceAttempt,
    FacePicture,
    FaceTemplate,
)
from jiangxue.facecheck.services.erasing import erase_checks, erase_faces
from jiangxue.kernel import ids
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.classes import Classroom, classroom
from tests.factories.enrolled_faces import comparison
from tests.factories.facing import enrolled, face_attempt, face_picture
from tests.factories.identity import allowance

pytestmark = [pytest.mark.clause("T3.3"), pytest.mark.clause("T0")]
EARLIER = MORNING - timedelta(milliseconds=1)
OPEN = {"outcome": "", "finished_at": None}


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def test_somebody_has_one_open_attempt(room: Classroom) -> None:
    face_attempt(room, MORNING, **OPEN)
    with broken("facecheck_attempt_one_open"):
        face_attempt(room, MORNING, **OPEN)


@pytest.mark.parametrize(
    "facts",
    [
        {"purpose": "marketing"},
        {"check_id": None},
        {"archive": None},
        {"purpose": "enrol"},
        {"purpose": "trial", "check_id": None},
    ],
)
def test_an_attempt_is_for_a_check_with_its_archive_or_for_none(room: Classroom, facts: dict[str, object]) -> None:
    with broken("facecheck_attempt_purpose_known"):
        face_attempt(room, MORNING, **facts)


def test_an_attempt_has_a_known_form(room: Classroom) -> None:
    with broken("facecheck_attempt_form_known"):
        face_attempt(room, MORNING, form="lenient")


@pytest.mark.parametrize("facts", [{"outcome": "forgiven"}, {"outcome": ""}, {"finished_at": None}])
def test_an_attempt_is_finished_with_a_known_outcome_or_not_at_all(room: Classroom, facts: dict[str, object]) -> None:
    with broken("facecheck_attempt_outcome_known"):
        face_attempt(room, MORNING, **facts)


@pytest.mark.parametrize("facts", [{"expires_at": MORNING}, {"claimed_at": EARLIER}, {"finished_at": EARLIER}])
def test_nothing_of_an_attempt_lies_before_its_ticket(room: Classroom, facts: dict[str, object]) -> None:
    with broken("facecheck_attempt_in_order"):
        face_attempt(room, MORNING, **facts)


def test_a_picture_has_its_own_place_in_an_attempt(room: Classroom) -> None:
    attempt = face_attempt(room, MORNING)
    face_picture(attempt)
    face_picture(attempt, 2)
    with broken("facecheck_picture_once"):
        face_picture(attempt)


def test_an_enrolled_picture_has_its_own_place(room: Classroom) -> None:
    template = enrolled(room.learner, MORNING)
    with broken("facecheck_enrolled_picture_once"):
        EnrolledPicture.objects.create(id=ids.new_id(), template=template, ordinal=1, sealed=b"", digest="0" * 64)


def test_each_word_on_what_is_arranged_has_its_own_place(room: Classroom) -> None:
    allowance(room.learner, room.head_teacher, MORNING)
    allowance(room.learner, room.head_teacher, MORNING, ordinal=2, without_flash=False)
    with broken("facecheck_allowance_once"):
        allowance(room.learner, room.head_teacher, MORNING)


def test_nobody_arranges_anything_for_themselves(room: Classroom) -> None:
    with broken("facecheck_allowance_not_ones_own"):
        allowance(room.learner, room.learner, MORNING)


@pytest.mark.parametrize("facts", [{"outcome": "pardoned"}, {"how": "hearsay"}, {"how": ""}])
def test_what_is_said_of_an_enrolled_face_is_one_of_two_by_one_of_three(
    room: Classroom, facts: dict[str, object]
) -> None:
    with broken("facecheck_document_comparison_known"):
        comparison(enrolled(room.learner, MORNING).attempt, room.head_teacher, MORNING, text="五官明显不同。", **facts)


def test_that_it_is_another_person_needs_words(room: Classroom) -> None:
    attempt = enrolled(room.learner, MORNING).attempt
    with broken("facecheck_document_comparison_has_words"):
        comparison(attempt, room.head_teacher, MORNING, outcome="differs", text="")
    comparison(attempt, room.head_teacher, MORNING, outcome="differs", text="五官明显不同。")
    with pytest.raises(IntegrityError, match="facecheck_documentcomparison_pkey"), transaction.atomic():
        comparison(attempt, room.head_teacher, MORNING)


def test_nobody_holds_their_own_face_against_their_document(room: Classroom) -> None:
    with broken("facecheck_document_comparison_not_ones_own"):
        comparison(enrolled(room.learner, MORNING).attempt, room.learner, MORNING)


def refused(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|stays as it is|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facecheck_faceattempt SET outcome = 'passed'",
        "UPDATE facecheck_faceattempt SET facts = '{}'",
        "UPDATE facecheck_faceattempt SET account_id = account_id",
        "UPDATE facecheck_faceattempt SET thresholds = '{}'",
        "DELETE FROM facecheck_faceattempt",
        "UPDATE facecheck_facepicture SET digest = ''",
        "DELETE FROM facecheck_facepicture",
        "UPDATE facecheck_facetemplate SET digest = ''",
        "UPDATE facecheck_enrolledpicture SET digest = ''",
        "UPDATE facecheck_faceallowance SET more_time = true",
        "DELETE FROM facecheck_faceallowance",
        "UPDATE facecheck_documentcomparison SET outcome = 'matches'",
        "DELETE FROM facecheck_documentcomparison",
    ],
)
def test_the_application_cannot_change_what_came_of_an_attempt(room: Classroom, statement: str) -> None:
    face_picture(face_attempt(room, MORNING))
    comparison(enrolled(room.learner, MORNING).attempt, room.head_teacher, MORNING)
    allowance(room.learner, room.head_teacher, MORNING)
    refused(statement)


def test_an_open_attempt_can_be_finished_once(room: Classroom) -> None:
    attempt = face_attempt(room, MORNING, **OPEN)
    rows = FaceAttempt.objects.filter(pk=attempt.pk)
    assert rows.update(outcome="again", finished_at=MORNING) == 1
    with pytest.raises(ProgrammingError, match="stays as it is"), transaction.atomic():
        rows.update(outcome="passed")


@pytest.mark.clause("M2")
def test_checks_and_pictures_stay_while_their_archive_has_contents(room: Classroom) -> None:
    face_picture(face_attempt(room, MORNING))
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        erase_checks(room.enrolment.pk)
    assert FacePicture.objects.count() == 1


@pytest.mark.clause("M2")
def test_a_place_without_checks_has_nothing_to_lose(room: Classroom) -> None:
    assert erase_checks(room.enrolment.pk) == 0


@pytest.mark.clause("M2")
def test_an_account_keeps_its_attempts_while_any_archive_has_contents(room: Classroom) -> None:
    enrolled(room.learner, MORNING)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        erase_faces(room.learner.pk)
    assert FaceTemplate.objects.exists()


@pytest.mark.clause("M2")
def test_an_account_without_any_place_can_be_erased_with_its_face(room: Classroom) -> None:
    somebody = classroom(MORNING).learner
    enrolled(somebody, MORNING)
    other = enrolled(room.head_teacher, MORNING)
    allowance(room.head_teacher, somebody, MORNING)
    comparison(other.attempt, somebody, MORNING)
    assert erase_faces(room.head_teacher.pk) == 1
    assert not FaceTemplate.objects.filter(pk=other.pk).exists()
    assert not FaceAllowance.objects.exists()
    assert not DocumentComparison.objects.exists()
    assert FaceTemplate.objects.filter(pk=somebody.pk).exists()
