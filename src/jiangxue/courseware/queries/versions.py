"""Versions of courses. Clauses T1.4, M6."""

from django.db.models import QuerySet

from jiangxue.courseware.models import Contributor, Course, CourseVersion, Media
from jiangxue.courseware.queries import course_for
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.content import Licence
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer

type Version = CourseVersion
"""What the domains above call a version."""


def all_versions() -> QuerySet[Version]:
    """Return the versions of all courses with their institutions, for a domain that knows who may see which."""
    return CourseVersion.objects.select_related("course__institution__region", "author")


def versions_of(course_id: int) -> QuerySet[CourseVersion]:
    """Return the versions of a course without their contents, the newest first."""
    return CourseVersion.objects.filter(course_id=course_id).defer("content").order_by("-serial")


def history_for(viewer: Viewer, course_id: int) -> QuerySet[CourseVersion]:
    """Return the versions of a course that the viewer may see, the newest first, or raise `OutOfReach`."""
    return versions_of(course_for(viewer, course_id).pk)


def contributors_of(course_id: int) -> frozenset[int]:
    """Return the accounts of all who had a part in a course."""
    return frozenset(Contributor.objects.filter(course_id=course_id).values_list("account_id", flat=True))


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


def differs_from_published(course: Course, published: CourseVersion) -> bool:
    """Say whether the editors have changed anything since the version was published."""
    return content_of(course).sha256 != published.sha256
