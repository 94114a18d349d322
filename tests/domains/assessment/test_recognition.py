"""Which lessons of a place are recognised, and what the others lack (clause T0)."""

import pytest

from jiangxue.assessment.queries.lesson_tests import Seat, lesson_tests
from jiangxue.assessment.queries.recognition import recognition
from jiangxue.assessment.rules.recognition import Missing
from jiangxue.courseware.models import CourseQuestion
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import LessonProgress
from jiangxue.policies.rules.time_policy import TimePolicy
from tests.factories.assessment import begun, played, submitted
from tests.factories.classes import Classroom, classroom, teach_anew


def seat_of(room: Classroom) -> Seat:
    return Seat(room.enrolment.pk, room.training_class.version_id, TimePolicy())


def lacks(room: Classroom, clock: HandClock) -> list[tuple[Missing, ...]]:
    return [lesson.missing for lesson in recognition([seat_of(room)], clock.now())[room.enrolment.pk]]


def recognised(room: Classroom, clock: HandClock) -> int:
    lessons = recognition([seat_of(room)], clock.now())[room.enrolment.pk]
    return sum(lesson.is_recognised for lesson in lessons)


@pytest.mark.clause("T0")
def test_a_lesson_with_a_test_is_recognised_when_the_test_is_passed(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    played(room, clock.now(), lesson=1)
    assert lacks(room, clock) == [(Missing.TEST,), (), (Missing.PLAYED,)]
    assert recognised(room, clock) == 1
    submitted(room, begun(room, clock), clock, 2)
    assert recognised(room, clock) == 1
    submitted(room, begun(room, clock), clock, 3)
    assert recognised(room, clock) == 2
    assert lacks(room, clock)[0] == ()


def test_a_lesson_that_awaits_confirmation_is_not_recognised_yet(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    LessonProgress.objects.update(confirmed_ms=0)
    assert lacks(room, clock)[0] == (Missing.CONFIRMED, Missing.TEST)


def test_a_test_is_needed_also_when_editors_have_retired_its_questions(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    CourseQuestion.objects.update(retired_at=clock.now())
    assert lacks(room, clock)[0] == (Missing.TEST,)
    teach_anew(room.training_class, clock.now())
    assert recognised(room, clock) == 1, "the version after that has no test"


def test_what_editors_add_later_is_no_test_of_a_running_class(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    CourseQuestion.objects.update(retired_at=clock.now())
    teach_anew(room.training_class, clock.now())
    for kept in asked:
        kept.pk, kept.retired_at = None, None
        kept.save()
    assert lesson_tests([seat_of(room)], clock.now()) == {}
    teach_anew(room.training_class, clock.now())
    assert lacks(room, clock)[0] == (Missing.TEST,)


def test_a_passed_test_stays_passed_in_a_newer_version(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    submitted(room, begun(room, clock), clock, 4)
    teach_anew(room.training_class, clock.now())
    assert lacks(room, clock)[0] == ()


def test_a_place_without_attempts_and_one_with_are_told_apart(
    room: Classroom, asked: list[CourseQuestion], clock: HandClock
) -> None:
    submitted(room, begun(room, clock), clock, 1)
    other = classroom(clock.now())
    found = lesson_tests([seat_of(room), seat_of(other)], clock.now())
    assert [(key, test.begun_today) for key, test in found.items()] == [((room.enrolment.pk, room.lesson.pk), 1)]
    assert found[room.enrolment.pk, room.lesson.pk].left_today == 2
