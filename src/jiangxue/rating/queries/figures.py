"""What the ratings of courses come to, each in one statement whatever the number of courses.

For callers who know already that their viewer may see the course; averages, spread and trend of published courses are no secret.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce, TruncMonth

from jiangxue.courseware.queries.versions import Version
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.rating.models import CourseRating, LecturerRating
from jiangxue.rating.rules.figures import Average, Month, Share, average_of, months_until, spread_of, trend_of

WELL_RATED = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is said of some ratings in figures."""

    average: Average
    spread: tuple[Share, ...]
    trend: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class LecturerFigures:
    """What learners think of one teacher, by the `ref` that versions know them by."""

    ref: int
    name: str
    average: Average


def averages_of_courses(course_ids: Collection[int]) -> dict[int, Average]:
    """Return the average of each course."""
    return _averages(CourseRating.objects.filter(course_id__in=course_ids), "course_id", course_ids)


def figures_of_course(course_id: int, today: date) -> Figures:
    """Return what the ratings of a course come to, over all its versions and classes."""
    return _figures(CourseRating.objects.filter(course_id=course_id), today)


def figures_of_class(class_id: int, today: date) -> Figures:
    """Return what the ratings of a class come to."""
    return _figures(CourseRating.objects.filter(enrolment__training_class_id=class_id), today)


def lecturers_of_course(course_id: int) -> list[LecturerFigures]:
    """Return what learners think of each teacher of a course who was rated, the best known first."""
    return _lecturers(LecturerRating.objects.filter(rating__course_id=course_id))


def lecturers_of_class(class_id: int) -> list[LecturerFigures]:
    """Return what learners of a class think of each teacher whom they rated."""
    return _lecturers(LecturerRating.objects.filter(rating__enrolment__training_class_id=class_id))


def well_rated(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Return the versions of those courses to which learners give `WELL_RATED` stars or more on average."""
    return _with_averages(versions).filter(rated__gte=WELL_RATED)


def best_first(versions: QuerySet[Version]) -> QuerySet[Version]:
    """Return versions in the order of their courses' averages, the one that more have rated first, those that nobody has rated last."""
    return _with_averages(versions).order_by("-rated", "-raters", "-published_at", "-pk")


def _with_averages(versions: QuerySet[Version]) -> QuerySet[Any]:
    given = CourseRating.objects.filter(course_id=OuterRef("course_id")).order_by().values("course_id")
    sums = given.annotate(mean=Cast(Sum("stars"), FloatField()) / Count("pk"), many=Count("pk"))
    return versions.annotate(
        rated=Coalesce(Subquery(sums.values("mean")), 0.0), raters=Coalesce(Subquery(sums.values("many")), 0)
    )


def _averages(found: QuerySet[CourseRating], by: str, wanted: Iterable[int]) -> dict[int, Average]:
    rows = found.order_by().values(by).annotate(many=Count("pk"), total=Sum("stars"))
    known = {row[by]: Average(row["many"], row["total"]) for row in rows}
    return {each: known.get(each, Average()) for each in wanted}


def _figures(found: QuerySet[CourseRating], today: date) -> Figures:
    counted = found.order_by().values("stars").annotate(many=Count("pk"))
    counts = {row["stars"]: row["many"] for row in counted}
    first = datetime.combine(months_until(today)[0], time(), LEARNING_ZONE)
    by_month = (
        found.filter(rated_at__gte=first)
        .order_by()
        .annotate(month=TruncMonth("rated_at", tzinfo=LEARNING_ZONE))
        .values("month")
    )
    months = by_month.annotate(many=Count("pk"), total=Sum("stars"))
    past = [(row["month"].date(), Average(row["many"], row["total"])) for row in months]
    return Figures(average_of(counts), spread_of(counts), trend_of(past, today))


def _lecturers(found: QuerySet[LecturerRating]) -> list[LecturerFigures]:
    given = found.filter(~Q(stars=None)).order_by().values("lecturer_id", name=F("lecturer__name"))
    rows = given.annotate(many=Count("pk"), total=Sum("stars"))
    figures = [LecturerFigures(row["lecturer_id"], row["name"], Average(row["many"], row["total"])) for row in rows]
    return sorted(figures, key=lambda each: (-each.average.count, each.ref))
