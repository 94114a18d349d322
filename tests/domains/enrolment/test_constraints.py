"""What the database keeps of classes and places in them."""

from datetime import date

import pytest

from jiangxue.enrolment.models import ClassTeacher, TrainingClass
from jiangxue.enrolment.services import enrol
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.classes import Classroom, classroom


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def test_a_class_closes_after_it_opens(room: Classroom) -> None:
    with broken("enrolment_class_closes_after_opening"):
        TrainingClass.objects.filter(pk=room.training_class.pk).update(closes_on=date(2026, 10, 31))


def test_a_class_may_open_and_close_on_one_day(room: Classroom) -> None:
    TrainingClass.objects.filter(pk=room.training_class.pk).update(closes_on=room.training_class.opens_on)


def test_a_teacher_is_in_a_class_once(room: Classroom) -> None:
    ClassTeacher.objects.create(training_class=room.training_class, teacher=room.head_teacher)
    with broken("enrolment_teacher_once"):
        ClassTeacher.objects.create(training_class=room.training_class, teacher=room.head_teacher)


def test_a_learner_has_one_place_in_a_class(room: Classroom) -> None:
    with broken("enrolment_learner_once"):
        enrol(class_id=room.training_class.pk, learner_id=room.learner.pk, now=MORNING)
