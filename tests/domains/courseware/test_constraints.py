"""What the database keeps of courses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jiangxue.courseware.models import Course, CourseQuestion, Lesson, Media, Module, Upload
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories import classes, people, uploads


@pytest.fixture
def taught(db: None) -> Course:
    return classes.course(classes.institution(), lessons=1)


def test_one_place_in_a_course_holds_one_module(taught: Course) -> None:
    with broken("courseware_module_position"):
        Module.objects.create(course=taught, position=1, title="又是第一章")
        connection.check_constraints()


def test_one_place_in_a_module_holds_one_lesson(taught: Course) -> None:
    film = Media.objects.create(folder="films/another", length_ms=1000, sha256="0" * 64)
    with broken("courseware_lesson_position"):
        Lesson.objects.create(
            course=taught, module=taught.modules.get(), position=1, title="又", draft_title="又", media=film
        )
        connection.check_constraints()


@pytest.mark.parametrize(
    "facts",
    [
        {"length_ms": 0},
        {"kind": "audio", "length_ms": 0},
        {"length_ms": 1, "page_sizes": [[1600, 900]]},
        {"kind": "document", "page_sizes": []},
        {"kind": "document", "page_sizes": [[1600, 900]], "length_ms": 1},
        {"kind": "document", "page_sizes": [[1600, 900]], "key_name": "0" * 32},
    ],
)
def test_a_film_lasts_some_time_and_a_document_has_pages(taught: Course, facts: dict[str, object]) -> None:
    with broken("courseware_media_has_length_or_pages"):
        Media.objects.create(folder="films/odd", sha256="0" * 64, **facts)


def _kept(of: Course, **fields: object) -> Upload:
    return uploads.kept(of, people.account(now=MORNING), MORNING, **fields)


def test_no_more_of_a_file_comes_than_it_has(taught: Course) -> None:
    with broken("courseware_upload_size"):
        _kept(taught, size=10, received=11)
    _kept(taught, size=10, received=10)


def test_a_ready_upload_has_courseware_and_no_other_has(taught: Course) -> None:
    with broken("courseware_upload_ready_has_media"):
        _kept(taught, state="ready", finished_at=MORNING)
    with broken("courseware_upload_ready_has_media"):
        _kept(taught, state="working", media=uploads.document())
    _kept(taught, state="ready", finished_at=MORNING, media=uploads.document("made/b/1"))


def test_a_refused_upload_has_a_fault_and_no_other_has(taught: Course) -> None:
    with broken("courseware_upload_refused_has_fault"):
        _kept(taught, state="refused", finished_at=MORNING)
    with broken("courseware_upload_refused_has_fault"):
        _kept(taught, state="failed", finished_at=MORNING, fault="empty")
    _kept(taught, state="refused", finished_at=MORNING, fault="empty")


@pytest.mark.parametrize("state", ["ready", "refused", "failed"])
def test_an_upload_that_has_ended_says_when(taught: Course, state: str) -> None:
    fields = {"ready": {"media": uploads.document()}, "refused": {"fault": "empty"}, "failed": {}}[state]
    with broken("courseware_upload_ended_has_time"):
        _kept(taught, state=state, **fields)


def test_an_upload_that_goes_on_has_not_ended(taught: Course) -> None:
    with broken("courseware_upload_ended_has_time"):
        _kept(taught, state="waiting", finished_at=MORNING)


def _ask(of: Course, **fields: object) -> None:
    author = people.account(now=MORNING)
    lesson = Lesson.objects.get(module__course=of)
    values = {"text": "先做什么？", "options": ["停电", "验电"], "right_index": 0, "created_at": MORNING}
    CourseQuestion.objects.create(lesson=lesson, author=author, **{**values, **fields})


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_a_question_has_a_text(taught: Course, text: str) -> None:
    with broken("courseware_question_has_text"):
        _ask(taught, text=text)


@pytest.mark.parametrize("options", [["停电"], list("一二三四五六")])
def test_a_question_has_two_to_five_options(taught: Course, options: list[str]) -> None:
    with broken("courseware_question_options_number"):
        _ask(taught, options=options)


def test_a_question_without_any_option_is_refused(taught: Course) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _ask(taught, options=[])


def test_no_option_is_empty(taught: Course) -> None:
    with broken("courseware_question_options_have_text"):
        _ask(taught, options=["停电", ""])


@pytest.mark.parametrize("options", [["停电", "停电"], ["一", "二", "三", "四", "一"], ["一", "二", "三", "三"]])
def test_no_two_options_are_the_same(taught: Course, options: list[str]) -> None:
    with broken("courseware_question_options_differ"):
        _ask(taught, options=options)


def test_the_right_option_is_one_of_the_options(taught: Course) -> None:
    with broken("courseware_question_right_one_is_an_option"):
        _ask(taught, right_index=2)
    _ask(taught, right_index=1)


def test_a_question_is_retired_after_it_was_made(taught: Course) -> None:
    with broken("courseware_question_retired_after_creation"):
        _ask(taught, retired_at=MORNING - timedelta(seconds=1))
    _ask(taught, options=list("一二三四五"), retired_at=MORNING)
