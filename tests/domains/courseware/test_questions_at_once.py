"""Two editors at the same moment, on real connections: what one has changed the other does not change again (clause T2.6)."""

import pytest

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import QuestionRetired, TooManyQuestions
from jiangxue.courseware.queries import questions_of
from jiangxue.courseware.rules.questions import MOST_IN_USE
from jiangxue.courseware.services import add_question, replace_question
from jiangxue.kernel.viewer import Viewer
from tests.at_once import at_once
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.questions import DRAFT, editor, question


@pytest.fixture
def room(committed_database: str) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def viewer(room: Classroom) -> Viewer:
    return people.viewer(editor(room.institution, MORNING))


def test_the_last_place_of_a_lesson_is_taken_once(room: Classroom, viewer: Viewer) -> None:
    author = room.head_teacher
    for number in range(MOST_IN_USE - 1):
        question(room.lesson, author, MORNING, f"第 {number} 题")
    lesson_id = room.lesson.pk
    ends = at_once(
        *[lambda: add_question(viewer=viewer, lesson_id=lesson_id, draft=DRAFT, by=PROGRAM, now=MORNING)] * 4
    )
    assert ends == [TooManyQuestions.__name__] * 3 + ["done"]
    assert questions_of(room.lesson.pk).count() == MOST_IN_USE


def test_a_question_is_replaced_once(room: Classroom, viewer: Viewer) -> None:
    old = question(room.lesson, room.head_teacher, MORNING)
    ends = at_once(
        *[lambda: replace_question(viewer=viewer, question_id=old.pk, draft=DRAFT, by=PROGRAM, now=MORNING)] * 4
    )
    assert ends == [QuestionRetired.__name__] * 3 + ["done"]
    assert questions_of(room.lesson.pk).count() == 1
