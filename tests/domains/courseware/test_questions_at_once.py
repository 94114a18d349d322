"""Two editors at the same moment, on real connections: what one has changed the other does not change again (clause T2.6)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import CoursewareRefusal, QuestionRetired, TooManyQuestions
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.queries import questions_of
from jiangxue.courseware.rules.questions import MOST_IN_USE
from jiangxue.courseware.services import add_question, replace_question
from jiangxue.kernel.viewer import Viewer
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.questions import DRAFT, editor, question

type Outcome = CourseQuestion | CoursewareRefusal


@pytest.fixture
def room(committed_database: str) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def viewer(room: Classroom) -> Viewer:
    return people.viewer(editor(room.institution, MORNING))


def at_once(act: Callable[[], Outcome], times: int = 4) -> list[str]:
    """Return what came of an act that several do at the same moment."""
    barrier = Barrier(times)

    def rush() -> Outcome:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            return act()
        except CoursewareRefusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        found = [each.result(20) for each in [pool.submit(rush) for _ in range(times)]]
    return sorted(type(each).__name__ for each in found)


def test_the_last_place_of_a_lesson_is_taken_once(room: Classroom, viewer: Viewer) -> None:
    author = room.head_teacher
    for number in range(MOST_IN_USE - 1):
        question(room.lesson, author, MORNING, f"第 {number} 题")
    found = at_once(lambda: add_question(viewer=viewer, lesson_id=room.lesson.pk, draft=DRAFT, by=PROGRAM, now=MORNING))
    assert found == [CourseQuestion.__name__] + [TooManyQuestions.__name__] * 3
    assert questions_of(room.lesson.pk).count() == MOST_IN_USE


def test_a_question_is_replaced_once(room: Classroom, viewer: Viewer) -> None:
    old = question(room.lesson, room.head_teacher, MORNING)
    found = at_once(lambda: replace_question(viewer=viewer, question_id=old.pk, draft=DRAFT, by=PROGRAM, now=MORNING))
    assert found == [CourseQuestion.__name__] + [QuestionRetired.__name__] * 3
    assert questions_of(room.lesson.pk).count() == 1
