"""The catalogue of courses (课程目录): what everybody may know of a course of which a version is in force. Clause C6.

No viewer is asked for: what stands here is public.
"""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet

from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.queries.versions import Version, published_version
from jiangxue.courseware.rules.catalogue import FREE_FOR_SOME, Wanted, code_wanted
from jiangxue.courseware.rules.versions import State


@dataclass(frozen=True, slots=True)
class CataloguedOccupation:
    """An occupation to which courses of the catalogue lead, and how many."""

    code: str
    name: str
    courses: int


def in_catalogue() -> QuerySet[Version]:
    """Return the versions in force of all courses that are not taken down, without their contents, the newest first."""
    found = CourseVersion.objects.filter(state=State.PUBLISHED, taken_down_at=None)
    return found.select_related("course__institution").defer("content").order_by("-published_at", "-pk")


def matching(wanted: Wanted) -> QuerySet[Version]:
    """Return the versions of the catalogue that somebody looks for."""
    found = in_catalogue()
    for word in wanted.words:
        named = Q(title__icontains=word) | Q(occupation_name__icontains=word)
        code = code_wanted(word)
        found = found.filter(named | Q(occupation_code__startswith=code) if code else named)
    if wanted.occupation:
        found = found.filter(occupation_code=wanted.occupation)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.is_free:
        found = found.filter(fee__in=FREE_FOR_SOME)
    return found


def occupations_taught() -> list[CataloguedOccupation]:
    """Return the occupations of the catalogue in the order of their codes, each under the name of its newest course."""
    rows = in_catalogue().order_by().exclude(occupation_code="").values(code=F("occupation_code"))
    counted = rows.annotate(name=Max("occupation_name"), courses=Count("pk")).order_by("code")
    return [CataloguedOccupation(row["code"], row["name"], row["courses"]) for row in counted]


def levels_taught() -> frozenset[str]:
    """Return the levels to which courses of the catalogue lead."""
    return frozenset(in_catalogue().order_by().exclude(level="").values_list("level", flat=True).distinct())


def in_public(course_id: int) -> Version | None:
    """Return the version of a course that everybody may read, with its content; also where the course is taken down for the present."""
    found = published_version(course_id)
    return CourseVersion.objects.select_related("course__institution__region").get(pk=found.pk) if found else None
