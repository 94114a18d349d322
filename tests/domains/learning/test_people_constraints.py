"""What the database keeps of what people decide: at unclear face checks, and of days that staff confirm."""

import pytest

from jiangxue.learning.models import Check, FaceReviewStep
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import people, sessions
from tests.factories.classes import Classroom, classroom
from tests.factories.face_cases import review_step
from tests.factories.identity import signature, statement


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def check(room: Classroom) -> Check:
    return sessions.check(sessions.session(room, MORNING), MORNING, kind="face", outcome="unclear", settled_at=MORNING)


def test_each_step_of_a_review_has_a_place_of_its_own(check: Check) -> None:
    review_step(check, MORNING)
    with broken("learning_face_review_step_once"):
        review_step(check, MORNING)


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "forgiven"},
        {"kind": "confirmed", "ms": None},
        {"kind": "doubted", "ms": 1},
        {"kind": "approved", "ms": 1},
        {"kind": "sent_back", "ms": None},
    ],
)
def test_a_step_of_a_review_says_what_its_kind_needs(check: Check, facts: dict[str, object]) -> None:
    with broken("learning_face_review_step_shape"):
        review_step(check, MORNING, **facts)


def test_nobody_approves_their_own_doubt(check: Check) -> None:
    one = people.account(now=MORNING)
    with broken("learning_face_review_step_two_persons"):
        review_step(check, MORNING, kind="approved", by=one, doubted_by=one)


def test_whoever_says_who_it_was_says_why(check: Check) -> None:
    with broken("learning_face_review_step_has_words"):
        review_step(check, MORNING, text="")
    review_step(check, MORNING, kind="approved", text="", doubted_by=people.account(now=MORNING))
    assert FaceReviewStep.objects.count() == 1


def test_each_statement_about_a_day_has_a_place_of_its_own(room: Classroom) -> None:
    statement(room, MORNING)
    with broken("learning_identity_statement_once"):
        statement(room, MORNING)


@pytest.mark.parametrize(
    "facts",
    [
        {"how": "by letter"},
        {"seen_at": None},
        {"document": ""},
        {"is_seen": False},
        {"is_seen": False, "how": "", "seen_at": None, "document": "", "text": ""},
    ],
)
def test_a_statement_says_how_somebody_was_seen_or_why_not(room: Classroom, facts: dict[str, object]) -> None:
    with broken("learning_identity_statement_shape"):
        statement(room, MORNING, **facts)


def test_nobody_confirms_who_they_are_themselves(room: Classroom) -> None:
    with broken("learning_identity_statement_not_ones_own"):
        statement(room, MORNING, by=room.learner)


def test_nobody_signs_their_own_statement(room: Classroom) -> None:
    with broken("learning_identity_review_two_persons"):
        signature(statement(room, MORNING), MORNING, by=room.head_teacher)


def test_what_is_sent_back_goes_with_a_reason(room: Classroom) -> None:
    with broken("learning_identity_review_has_words"):
        signature(statement(room, MORNING), MORNING, agrees=False)
