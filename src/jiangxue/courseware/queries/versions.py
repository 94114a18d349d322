"""Versions of courses. Clauses T1.4, M6."""

from collections.abc import Collection

from django.db.models import QuerySet

from jiangxue.courseware.models import Contributor, CourseVersion, Media
from jiangxue.courseware.rules.content import Licence
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.versions import State

type Version = CourseVersion
"""What the domains above call a version."""


def all_versions() -> QuerySet[Version]:
    """Return the versions of all courses with their institutions, for a domain that knows who may see which."""
    return CourseVersion.objects.select_related("course__institution__region", "author")


def versions_of(course_id: int) -> QuerySet[CourseVersion]:
    """Return the versions of a course without their contents, the newest first."""
    return CourseVersion.objects.filter(course_id=course_id).defer("content").order_by("-serial")


def version_before(version: CourseVersion) -> CourseVersion | None:
    """Return the version before one of the same course, with its content."""
    return versions_of(version.course_id).filter(serial__lt=version.serial).defer(None).first()


def contributors_by_course(course_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the accounts of all who had a part in each of some courses."""
    found: dict[int, set[int]] = {pk: set() for pk in course_ids}
    for course_id, account_id in Contributor.objects.filter(course_id__in=course_ids).values_list("course", "account"):
        found[course_id].add(account_id)
    return found


def version_in_review(course_id: int) -> CourseVersion | None:
    """Return the version of a course that is being reviewed, if one is."""
    return versions_of(course_id).filter(state=State.IN_REVIEW).first()


def proof_of(version: Version, licence: Licence) -> Media | None:
    """Return the pages of the document that proves a licence of a version, found by the hash of what was sent."""
    sent = Media.objects.filter(upload__course_id=version.course_id, kind=LessonKind.DOCUMENT)
    return sent.filter(source_sha256=licence.proof_sha256).first() if licence.proof_sha256 else None


def waits_for_screening(version_id: int) -> bool:
    """Say whether nobody has looked yet for sensitive words in a version that is being reviewed."""
    waiting = CourseVersion.objects.filter(pk=version_id, state=State.IN_REVIEW, screened_at=None)
    return waiting.exists()


def published_version(course_id: int) -> CourseVersion | None:
    """Return the version of a course that was published last, also where it is taken down for the present."""
    return versions_of(course_id).filter(state=State.PUBLISHED).first()
