"""Questions that check-ins may ask: kept by an institution's editors, never edited, never lost (clauses T2.6, M3)."""

import os
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from jiangxue.accounts.models import Account
from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import CoursewareRefusal, OutOfReach, QuestionRetired, TooManyQuestions, UnfitQuestion
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.queries import (
    course_for,
    courses,
    lesson_for,
    outline_for,
    question_for,
    questions_of,
)
from jiangxue.courseware.rules.questions import MOST_IN_USE, QuestionDraft
from jiangxue.courseware.services import add_question, replace_question, retire_question
from jiangxue.kernel.viewer import Role, Viewer
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.factories.questions import DRAFT, editor, question
from tests.factories.regions import World, world

LATER = MORNING + timedelta(hours=1)
OTHER = replace(DRAFT, text="怎样使人脱离低压电源？", options=("拉下开关", "用手去拉"), right_index=0)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.fixture
def keeper(room: Classroom) -> Account:
    return editor(room.institution, MORNING)


@pytest.fixture
def viewer(keeper: Account) -> Viewer:
    return people.viewer(keeper)


def added(viewer: Viewer, room: Classroom, draft: QuestionDraft = DRAFT) -> CourseQuestion:
    return add_question(viewer=viewer, lesson_id=room.lesson.pk, draft=draft, by=PROGRAM, now=MORNING)


def replaced(viewer: Viewer, old: CourseQuestion, draft: QuestionDraft = OTHER) -> CourseQuestion:
    return replace_question(viewer=viewer, question_id=old.pk, draft=draft, by=PROGRAM, now=LATER)


def texts(room: Classroom) -> list[str]:
    return list(questions_of(room.lesson.pk).values_list("text", flat=True))


def acts() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(object_kind="question").order_by("pk")
    return list(found.values_list("action", "object_id"))


def test_a_question_is_added_with_who_wrote_it_and_when(room: Classroom, viewer: Viewer) -> None:
    kept = CourseQuestion.objects.get(pk=added(viewer, room).pk)
    assert (kept.text, tuple(kept.options), kept.right_index) == (DRAFT.text, DRAFT.options, 2)
    assert (kept.author_id, kept.created_at, kept.retired_at) == (viewer.account_id, MORNING, None)
    assert acts() == [("question.added", str(kept.pk))]


def test_a_changed_question_is_a_new_one_and_the_old_one_stays_as_it_was_asked(room: Classroom, viewer: Viewer) -> None:
    old = added(viewer, room)
    new = replaced(viewer, old)
    kept = CourseQuestion.objects.get(pk=old.pk)
    assert (kept.text, tuple(kept.options), kept.right_index) == (DRAFT.text, DRAFT.options, 2)
    assert kept.retired_at == new.created_at == LATER
    assert new.lesson_id == old.lesson_id
    assert texts(room) == [OTHER.text]
    assert acts()[1:] == [("question.replaced", str(old.pk))]


def test_a_retired_question_is_asked_no_more_and_its_row_stays(room: Classroom, viewer: Viewer) -> None:
    old = added(viewer, room)
    retire_question(viewer=viewer, question_id=old.pk, by=PROGRAM, now=LATER)
    assert texts(room) == []
    assert CourseQuestion.objects.get(pk=old.pk).retired_at == LATER
    assert acts()[1:] == [("question.retired", str(old.pk))]


def test_a_question_is_retired_or_replaced_once(room: Classroom, viewer: Viewer) -> None:
    old = added(viewer, room)
    replaced(viewer, old)
    with pytest.raises(QuestionRetired) as refusal:
        replaced(viewer, old)
    assert refusal.value.lesson_id == room.lesson.pk
    with pytest.raises(QuestionRetired):
        retire_question(viewer=viewer, question_id=old.pk, by=PROGRAM, now=LATER)
    assert texts(room) == [OTHER.text]
    assert len(acts()) == 2


def test_a_clock_that_lags_retires_no_question_before_it_was_made(room: Classroom, viewer: Viewer) -> None:
    old = added(viewer, room)
    retire_question(viewer=viewer, question_id=old.pk, by=PROGRAM, now=MORNING - timedelta(seconds=1))
    assert CourseQuestion.objects.get(pk=old.pk).retired_at == MORNING


def test_an_unfit_question_changes_nothing(room: Classroom, viewer: Viewer) -> None:
    old = added(viewer, room)
    for change in (
        lambda: added(viewer, room, replace(DRAFT, text="")),
        lambda: replaced(viewer, old, replace(DRAFT, options=())),
    ):
        with pytest.raises(UnfitQuestion):
            change()
    assert texts(room) == [DRAFT.text]
    assert len(acts()) == 1


def test_a_lesson_has_at_most_20_questions_in_use(room: Classroom, viewer: Viewer) -> None:
    first, *_ = [added(viewer, room, replace(DRAFT, text=f"第 {number} 题")) for number in range(MOST_IN_USE)]
    with pytest.raises(TooManyQuestions):
        added(viewer, room)
    replaced(viewer, first)
    assert len(texts(room)) == MOST_IN_USE
    retire_question(viewer=viewer, question_id=questions_of(room.lesson.pk)[0].pk, by=PROGRAM, now=LATER)
    added(viewer, room)


def test_questions_in_use_come_in_a_stable_order(room: Classroom, keeper: Account) -> None:
    for lesson, text in ((room.lessons[1], "丙"), (room.lesson, "甲"), (room.lesson, "乙"), (room.lesson, "旧")):
        question(lesson, keeper, MORNING, text)
    CourseQuestion.objects.filter(text="旧").update(retired_at=LATER)
    assert texts(room) == ["甲", "乙"]


def test_a_course_is_shown_with_how_many_questions_each_lesson_has(
    room: Classroom, keeper: Account, viewer: Viewer
) -> None:
    for lesson in (room.lesson, room.lesson, room.lessons[1], room.lessons[2]):
        question(lesson, keeper, MORNING)
    CourseQuestion.objects.filter(lesson=room.lessons[2]).update(retired_at=LATER)
    shown = courses(viewer).get()
    assert (shown.lessons, shown.questions, shown.lessons_asked) == (3, 3, 2)
    assert [lesson.in_use for lesson in outline_for(viewer, shown.pk)] == [2, 1, 0]


def test_courses_are_found_by_name(room: Classroom, viewer: Viewer) -> None:
    assert courses(viewer, named="电工").count() == 1
    assert not courses(viewer, named="焊工")


OF_GUANGZHOU = {
    *("teacher east", "teacher west", "head teacher east", "head teacher west"),
    *("editor guangzhou", "administrator guangzhou"),
}
OF_SHENZHEN = {
    *("teacher south", "head teacher south", "editor shenzhen", "administrator shenzhen"),
    "teacher of the east at another school",
}
"""Those of Guangzhou see the courses of their school, those of Shenzhen the other's; nobody else sees any."""


@pytest.fixture
def places(db: None) -> World:
    return world(MORNING)


def asked(places: World, name: str) -> CourseQuestion:
    training_class = places.classes[name]
    lesson = training_class.course.modules.get().lessons.get()
    return question(lesson, training_class.head_teacher, MORNING)


def is_refused(query: object, viewer: Viewer, key: int) -> bool:
    try:
        query(viewer, key)  # type: ignore[operator]
    except OutOfReach:
        return True
    return False


@pytest.mark.clause("M3")
def test_staff_see_the_courses_and_questions_of_their_institution_and_nobody_else_sees_any(places: World) -> None:
    for of, seers in (("east", OF_GUANGZHOU), ("south", OF_SHENZHEN)):
        asks = asked(places, of)
        course_id = places.classes[of].course_id
        for query, key in (
            (course_for, course_id),
            (outline_for, course_id),
            (lesson_for, asks.lesson_id),
            (question_for, asks.pk),
        ):
            seen = {name for name, viewer in places.viewers.items() if not is_refused(query, viewer, key)}
            assert seen == seers, query
        listed = {name for name, viewer in places.viewers.items() if courses(viewer).filter(pk=course_id)}
        assert listed == seers


@pytest.mark.clause("M3")
def test_only_editors_and_administrators_of_the_institution_change_its_questions(places: World) -> None:
    asks = asked(places, "east")
    refused = set()
    for name, viewer in places.viewers.items():
        if name in ("editor guangzhou", "administrator guangzhou"):
            continue
        for change in (
            lambda viewer=viewer: add_question(
                viewer=viewer, lesson_id=asks.lesson_id, draft=DRAFT, by=PROGRAM, now=LATER
            ),
            lambda viewer=viewer: replaced(viewer, asks),
            lambda viewer=viewer: retire_question(viewer=viewer, question_id=asks.pk, by=PROGRAM, now=LATER),
        ):
            with pytest.raises(OutOfReach):
                change()
        refused.add(name)
    assert len(refused) == len(places.viewers) - 2
    assert CourseQuestion.objects.get().retired_at is None


def test_an_administrator_keeps_questions_too(room: Classroom) -> None:
    administrator = people.viewer(editor(room.institution, MORNING, Role.INSTITUTION_ADMINISTRATOR))
    replaced(administrator, added(administrator, room))
    assert texts(room) == [OTHER.text]


def test_a_question_that_never_was_is_out_of_reach(room: Classroom, viewer: Viewer) -> None:
    for key in (0, 2**62, 10**30):
        for query in (course_for, lesson_for, question_for):
            with pytest.raises(CoursewareRefusal):
                query(viewer, key)  # type: ignore[operator]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE courseware_coursequestion SET text = text",
        "UPDATE courseware_coursequestion SET options = options, retired_at = retired_at",
        "DELETE FROM courseware_coursequestion",
        "TRUNCATE courseware_coursequestion",
    ],
)
def test_the_application_has_no_right_to_edit_or_remove_a_question(db: None, change: str) -> None:
    name = connection.settings_dict["NAME"]
    with (
        psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname=name)) as as_app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        as_app.execute(change)
