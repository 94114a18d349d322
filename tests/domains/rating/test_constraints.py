"""What the database keeps of ratings."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from jiangxue.rating.models import CourseRating, LecturerRating, RatingChange
from tests.conftest import MORNING
from tests.domains.constraints import broken
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.ratings import finished, lecturer, rated


@pytest.fixture
def room(db: None) -> Classroom:
    made = classroom(MORNING)
    lecturer(made.training_class.course)
    teach_anew(made.training_class, MORNING)
    made.enrolment.training_class.refresh_from_db()
    return made


@pytest.fixture
def rating(room: Classroom) -> CourseRating:
    teacher = room.training_class.course.lecturers.get()
    return rated(finished(room.enrolment, MORNING), MORNING, 4, "讲得清楚", {teacher.pk: 5})


def test_a_place_has_one_rating(rating: CourseRating) -> None:
    rating.pk = None
    with broken("rating_one_for_each_place"):
        rating.save(force_insert=True)


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(rating: CourseRating, stars: int) -> None:
    with broken("rating_stars_in_range"):
        CourseRating.objects.update(stars=stars)


@pytest.mark.parametrize(
    "when", [{"changed_at": MORNING}, {"serial": 2}, {"serial": 2, "changed_at": MORNING - timedelta(seconds=1)}]
)
def test_a_rating_is_changed_after_it_was_given(rating: CourseRating, when: dict[str, object]) -> None:
    with broken("rating_changed_after_given"):
        CourseRating.objects.update(**when)


def test_what_has_no_comment_holds_nothing_back(rating: CourseRating) -> None:
    with broken("rating_without_comment_is_shown"):
        CourseRating.objects.update(comment="", standing="held")


@pytest.mark.parametrize(
    "half",
    [
        {"standing": "hidden", "reason": " "},
        {"standing": "hidden", "reason": "广告"},
        {"standing": "shown", "reason": "广告"},
        {"standing": "lost"},
    ],
)
def test_a_comment_is_hidden_by_somebody_for_a_reason(rating: CourseRating, half: dict[str, object]) -> None:
    with broken("rating_hidden_has_reason"):
        CourseRating.objects.update(**half)


def test_a_decision_is_whole(rating: CourseRating) -> None:
    with broken("rating_decided_whole"):
        CourseRating.objects.update(decided_at=MORNING)


def test_a_teacher_stands_once_in_a_rating(rating: CourseRating) -> None:
    with broken("rating_lecturer_once"):
        LecturerRating.objects.create(rating=rating, lecturer=rating.lecturers.get().lecturer, stars=1)


def test_a_teacher_has_one_to_five_stars_or_none(rating: CourseRating) -> None:
    LecturerRating.objects.update(stars=None)
    with broken("rating_lecturer_stars_in_range"):
        LecturerRating.objects.update(stars=6)


def test_each_version_of_a_rating_is_kept_once(room: Classroom, rating: CourseRating) -> None:
    rated(room.enrolment, MORNING, 2)
    kept = RatingChange.objects.get()
    kept.pk = None
    with broken("rating_change_once"):
        kept.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM rating_courserating",
        "DELETE FROM rating_lecturerrating",
        "UPDATE rating_courserating SET rated_at = now()",
        "UPDATE rating_courserating SET enrolment_id = 1",
        "UPDATE rating_ratingchange SET stars = 5",
    ],
)
def test_a_rating_is_neither_removed_nor_made_anothers(rating: CourseRating, change: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
