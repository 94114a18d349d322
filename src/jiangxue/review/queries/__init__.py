"""Reviews, for those who make them, those whose course it is, and those who supervise it. Clauses T1.4, M6."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.courseware.queries.versions import Version, all_versions
from jiangxue.courseware.rules.versions import REMINDED_BEFORE, State
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.review.errors import NotToReview
from jiangxue.review.models import LessonLook, PendingMark, Review
from jiangxue.review.rules.reviewers import reviews_all


def version_for(viewer: Viewer, version_id: int) -> Version:
    """Return a version that the viewer may look at, or raise `NotToReview`."""
    found = seen(viewer).filter(pk=version_id).first()
    if found is None:
        raise NotToReview
    return found


def reviews_of(version: Version) -> Sequence[Review]:
    """Return the reviews of a version in their order."""
    return reviews_of_version(version.pk)


def reviews_of_version(version_id: int) -> Sequence[Review]:
    """Return the reviews of a version by its id."""
    return list(Review.objects.filter(version_id=version_id).select_related("reviewer").order_by("step"))


def marks_of(viewer: Viewer, version: Version) -> QuerySet[PendingMark]:
    """Return the viewer's own marks that wait to be signed, in the order of the outline."""
    return PendingMark.objects.filter(version=version, reviewer_id=viewer.account_id).order_by("lesson", "at", "pk")


def unopened(viewer: Viewer, version: Version) -> int:
    """Return how many lessons of a version the viewer has never opened."""
    looked = LessonLook.objects.filter(version=version, reviewer_id=viewer.account_id)
    return taught_in([version.pk]).exclude(lesson_id__in=looked.values("lesson_id")).count()


def published(viewer: Viewer, *, named: str = "") -> QuerySet[Version]:
    """Return the published versions that the viewer may see, without their contents."""
    found = seen(viewer).filter(state=State.PUBLISHED, title__icontains=named).defer("content")
    return found.order_by("title", "pk")


def due_again(viewer: Viewer, today: date) -> QuerySet[Version]:
    """Return the published versions whose yearly review is near or overdue, the most urgent first."""
    return published(viewer).filter(review_due_on__lte=today + REMINDED_BEFORE).order_by("review_due_on", "pk")


def seen(viewer: Viewer) -> QuerySet[Version]:
    """Return the versions that the viewer may look at."""
    found = all_versions()
    if reviews_all(viewer):
        return found
    if viewer.role in INSTITUTION_ROLES or viewer.role is Role.REVIEWER:
        return found.filter(course__institution_id=viewer.organisation_id)
    if viewer.role is Role.SUPERVISOR and viewer.region:
        return found.filter(course__institution__region__code__startswith=viewer.region).exclude(published_at=None)
    return found.none()
