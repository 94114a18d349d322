"""What the database keeps of courses."""

import pytest

from jiangxue.courseware.models import Course, Lesson, Media, Module
from tests.domains.constraints import broken
from tests.factories import classes


@pytest.fixture
def taught(db: None) -> Course:
    return classes.course(classes.institution(), lessons=1)


def test_one_place_in_a_course_holds_one_module(taught: Course) -> None:
    with broken("courseware_module_position"):
        Module.objects.create(course=taught, position=1, title="又是第一章")


def test_one_place_in_a_module_holds_one_lesson(taught: Course) -> None:
    film = Media.objects.create(folder="films/another", length_ms=1000, sha256="0" * 64)
    with broken("courseware_lesson_position"):
        Lesson.objects.create(module=taught.modules.get(), position=1, title="又是第一课", media=film)


def test_a_film_lasts_some_time(taught: Course) -> None:
    with broken("courseware_media_has_length"):
        Media.objects.create(folder="films/empty", length_ms=0, sha256="0" * 64)
