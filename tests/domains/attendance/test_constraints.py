"""What the database keeps of attendance."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jiangxue.attendance.models import AttendanceMark
from jiangxue.enrolment.models import PlanItem
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.attendance import mark, objection, signature, statement
from tests.factories.classes import Classroom


def test_one_account_signs_in_once_and_out_once(room: Classroom, lesson: PlanItem) -> None:
    mark(lesson, room.enrolment, MORNING)
    mark(lesson, room.enrolment, MORNING, side="out")
    with broken("attendance_signed_once"):
        mark(lesson, room.enrolment, MORNING + timedelta(minutes=1))
    assert AttendanceMark.objects.count() == 2


def test_a_code_is_confirmed_after_it_was_read(room: Classroom, lesson: PlanItem) -> None:
    with broken("attendance_confirmed_after_read"):
        mark(lesson, room.enrolment, MORNING, confirmed_at=MORNING - timedelta(seconds=1))


def test_statements_about_somebody_come_one_after_the_other(room: Classroom, lesson: PlanItem) -> None:
    statement(lesson, room.enrolment, MORNING)
    with broken("attendance_statement_once"):
        statement(lesson, room.enrolment, MORNING)


@pytest.mark.parametrize(
    "span",
    [
        lambda of: {"present_from": None},
        lambda of: {"present_until": None},
        lambda of: {"present_until": of.starts_at},
    ],
)
def test_a_statement_says_from_when_until_when_or_neither(
    room: Classroom, lesson: PlanItem, span: Callable[[PlanItem], dict[str, object]]
) -> None:
    with broken("attendance_statement_shape"):
        statement(lesson, room.enrolment, MORNING, **span(lesson))


def test_a_statement_says_why(room: Classroom, lesson: PlanItem) -> None:
    with broken("attendance_statement_has_words"):
        statement(lesson, room.enrolment, MORNING, text="")


def test_nobody_states_something_of_themselves(room: Classroom, lesson: PlanItem) -> None:
    with broken("attendance_statement_not_ones_own"):
        statement(lesson, room.enrolment, MORNING, by=room.learner)


def test_two_persons_sign(room: Classroom, lesson: PlanItem) -> None:
    stated = statement(lesson, room.enrolment, MORNING)
    with broken("attendance_review_two_persons"):
        signature(stated, MORNING, by=stated.by)


def test_sending_back_needs_words(room: Classroom, lesson: PlanItem) -> None:
    with broken("attendance_review_has_words"):
        signature(statement(lesson, room.enrolment, MORNING), MORNING, agrees=False)


def test_objections_come_one_after_the_other_and_say_something(room: Classroom, lesson: PlanItem) -> None:
    objection(lesson, room.enrolment, MORNING)
    with broken("attendance_objection_once"):
        objection(lesson, room.enrolment, MORNING)
    with broken("attendance_objection_has_words"):
        objection(lesson, room.enrolment, MORNING, ordinal=2, text="")
