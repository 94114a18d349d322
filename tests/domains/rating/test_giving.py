"""Learners rate a course once they have finished it, once each, and may change what they gave (clause M6)."""

from datetime import timedelta

import pytest
from django.db import connection

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM
from jiangxue.enrolment.errors import NotInClass
from jiangxue.learning.models import LessonProgress
from jiangxue.rating.errors import Flaw, NotFinished, UnfitRating
from jiangxue.rating.models import CourseRating, RatingChange
from jiangxue.rating.queries import has_finished, lecturer_stars, may_rate
from jiangxue.rating.rules.drafts import RatingDraft
from jiangxue.rating.services.giving import rate
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.ratings import another, finished, lecturer, rated
from tests.factories.words import word_list

LATER = MORNING + timedelta(days=300)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


def _in_inbox() -> int:
    """Count the evidence that this transaction has added: the application may not read the inbox itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_payload")
        return int(cursor.fetchone()[0])


@pytest.mark.clause("M6")
def test_nobody_rates_before_every_lesson_is_played_through(room: Classroom) -> None:
    with pytest.raises(NotFinished):
        rated(room.enrolment, MORNING)
    finished(room.enrolment, MORNING)
    LessonProgress.objects.filter(lesson=room.lesson).update(reached_ms=1_000, confirmed_ms=1_000)
    assert not may_rate(room.enrolment, MORNING)
    with pytest.raises(NotFinished):
        rated(room.enrolment, MORNING)


@pytest.mark.clause("M6")
def test_nobody_rates_while_something_awaits_confirmation(room: Classroom) -> None:
    finished(room.enrolment, MORNING, confirmed=False)
    assert not has_finished(room.enrolment, MORNING)
    with pytest.raises(NotFinished):
        rated(room.enrolment, MORNING)


def test_a_class_without_lessons_is_not_finished(db: None) -> None:
    room = classroom(MORNING, lessons=0)
    assert not has_finished(room.enrolment, MORNING)


def test_a_rating_is_given_after_the_class_has_ended(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    assert rated(room.enrolment, LATER, 3).stars == 3


@pytest.mark.clause("M6")
def test_a_rating_is_written_to_the_ledger_and_the_audit(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    before = _in_inbox()
    rating = rated(room.enrolment, MORNING)
    assert _in_inbox() == before + 1
    assert AuditEntry.objects.filter(action="rating.given", object_id=str(rating.pk)).exists()


@pytest.mark.clause("M6")
def test_a_second_rating_changes_the_first_and_what_it_was_is_kept(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5, "很好")
    rating = rated(room.enrolment, LATER, 2, "后来用不上")
    assert CourseRating.objects.get() == rating
    assert (rating.stars, rating.comment, rating.serial, rating.changed_at) == (2, "后来用不上", 2, LATER)
    before = rating.changes.get()
    assert (before.serial, before.stars, before.comment, before.at) == (1, 5, "很好", LATER)


def test_the_same_rating_again_changes_nothing(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5, "很好")
    before = _in_inbox()
    assert rated(room.enrolment, LATER, 5, " 很好\r\n").serial == 1
    assert not RatingChange.objects.exists()
    assert _in_inbox() == before


def test_a_rating_may_be_changed_though_the_class_has_got_new_lessons_since(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5)
    LessonProgress.objects.all().delete()
    assert rated(room.enrolment, LATER, 4).stars == 4


def test_a_stranger_rates_nothing(room: Classroom) -> None:
    stranger = people.viewer(people.account(now=MORNING))
    draft = RatingDraft(5)
    with pytest.raises(NotInClass):
        rate(viewer=stranger, class_id=room.training_class.pk, draft=draft, by=PROGRAM, now=LATER)


@pytest.mark.parametrize(
    ("stars", "comment", "flaw"),
    [
        (6, "", Flaw.NO_STARS),
        (5, "长" * 501, Flaw.COMMENT_TOO_LONG),
        (5, "看\x07不见", Flaw.COMMENT_UNREADABLE),
    ],
)
def test_what_cannot_be_kept_is_refused(room: Classroom, stars: int, comment: str, flaw: Flaw) -> None:
    finished(room.enrolment, MORNING)
    with pytest.raises(UnfitRating) as refusal:
        rated(room.enrolment, MORNING, stars, comment)
    assert refusal.value.flaws == (flaw,)


def test_five_hundred_signs_fit_whatever_the_ends_of_lines(room: Classroom) -> None:
    finished(room.enrolment, MORNING)
    assert len(rated(room.enrolment, MORNING, 5, "一\r\n" * 249 + "好好").comment) == 500


def test_the_teachers_of_the_version_are_rated_and_no_others(room: Classroom) -> None:
    teacher = lecturer(room.training_class.course)
    teach_anew(room.training_class, MORNING)
    room.enrolment.training_class.refresh_from_db()
    finished(room.enrolment, MORNING)
    rating = rated(room.enrolment, MORNING, 5, "", {teacher.pk: 4})
    assert lecturer_stars(rating) == {teacher.pk: 4}
    other = lecturer(classroom(MORNING).training_class.course)
    with pytest.raises(UnfitRating):
        rated(room.enrolment, MORNING, 5, "", {other.pk: 1})


def test_stars_of_a_teacher_are_taken_back(room: Classroom) -> None:
    teacher = lecturer(room.training_class.course)
    teach_anew(room.training_class, MORNING)
    room.enrolment.training_class.refresh_from_db()
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5, "", {teacher.pk: 4})
    rating = rated(room.enrolment, LATER, 5)
    assert lecturer_stars(rating) == {}
    assert rating.changes.get().lecturers == {str(teacher.pk): 4}


@pytest.mark.clause("M6")
def test_a_comment_with_a_sensitive_word_is_held_however_it_is_written(room: Classroom) -> None:
    word_list(MORNING)
    held = rated(finished(room.enrolment, MORNING), MORNING, 5, "想学的加★微★信 13800000000")
    shown = rated(another(room.training_class, MORNING), MORNING, 5, "老师讲得好")
    assert (held.standing, shown.standing) == ("held", "shown")


def test_a_held_comment_that_is_written_anew_is_shown(room: Classroom) -> None:
    word_list(MORNING)
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5, "包过吗")
    assert rated(room.enrolment, LATER, 5, "讲得好").standing == "shown"


def test_new_stars_alone_leave_a_held_comment_held(room: Classroom) -> None:
    word_list(MORNING)
    finished(room.enrolment, MORNING)
    rated(room.enrolment, MORNING, 5, "包过吗")
    assert rated(room.enrolment, LATER, 1, "包过吗").standing == "held"
