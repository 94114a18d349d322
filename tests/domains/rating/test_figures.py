"""What the ratings of courses come to, each asked for once whatever the number of courses (clause M6)."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from jiangxue.courseware.queries.catalogue import in_catalogue
from jiangxue.rating.queries.figures import (
    averages_of_courses,
    best_first,
    figures_of_class,
    figures_of_course,
    lecturers_of_course,
    well_rated,
)
from tests.conftest import MORNING
from tests.factories.classes import Classroom, classroom, teach_anew, training_class
from tests.factories.ratings import another, lecturer, rated

TODAY = date(2026, 11, 24)


@pytest.fixture
def room(db: None) -> Classroom:
    return classroom(MORNING)


@pytest.mark.clause("M6")
def test_average_and_spread_of_a_course_are_those_of_all_its_classes(room: Classroom) -> None:
    second = training_class(room.institution, now=MORNING, taught=room.training_class.course)
    for of, stars in ((room.training_class, 5), (room.training_class, 4), (second, 4)):
        rated(another(of, MORNING), MORNING, stars)
    figures = figures_of_course(room.training_class.course_id, TODAY)
    assert (figures.average.count, figures.average.said) == (3, "4.3")
    assert [share.count for share in figures.spread] == [1, 2, 0, 0, 0]
    assert figures_of_class(second.pk, TODAY).average.said == "4.0"
    assert figures_of_class(room.training_class.pk, TODAY).average.said == "4.5"


@pytest.mark.clause("M6")
def test_the_trend_counts_months_of_shanghai(room: Classroom) -> None:
    rated(another(room.training_class, MORNING), datetime(2026, 10, 31, 16, 30, tzinfo=UTC), 3)
    rated(another(room.training_class, MORNING), datetime(2026, 10, 31, 15, 30, tzinfo=UTC), 5)
    trend = figures_of_course(room.training_class.course_id, TODAY).trend
    assert [(month.first, month.average.said) for month in trend[-2:]] == [
        (date(2026, 10, 1), "5.0"),
        (date(2026, 11, 1), "3.0"),
    ]
    assert len(trend) == 12


def test_each_teacher_has_an_average(room: Classroom) -> None:
    first, second = lecturer(room.training_class.course), lecturer(room.training_class.course, "李秀英", 2)
    teach_anew(room.training_class, MORNING)
    for stars in ({first.pk: 5, second.pk: 2}, {first.pk: 4}):
        rated(another(room.training_class, MORNING), MORNING, 5, "", stars)
    figures = lecturers_of_course(room.training_class.course_id)
    assert [(each.name, each.average.said, each.average.count) for each in figures] == [
        ("王建国", "4.5", 2),
        ("李秀英", "2.0", 1),
    ]


def test_a_course_that_nobody_has_rated_has_no_average(room: Classroom) -> None:
    course_id = room.training_class.course_id
    assert averages_of_courses([course_id])[course_id].said == "—"


def test_averages_of_many_courses_are_asked_for_once(
    room: Classroom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = classroom(MORNING)
    rated(another(other.training_class, MORNING), MORNING, 1)
    ids = [each.training_class.course_id for each in (room, other)]
    with django_assert_num_queries(1):
        averages = averages_of_courses(ids)
    assert [averages[pk].count for pk in ids] == [0, 1]


def test_the_best_rated_course_comes_first_and_those_that_nobody_has_rated_last(room: Classroom) -> None:
    good, better = classroom(MORNING), classroom(MORNING)
    rated(another(good.training_class, MORNING), MORNING, 3)
    rated(another(better.training_class, MORNING), MORNING, 4)
    courses = [each.training_class.course_id for each in (better, good, room)]
    assert [each.course_id for each in best_first(in_catalogue())] == courses
    assert [each.course_id for each in well_rated(in_catalogue())] == courses[:1]
