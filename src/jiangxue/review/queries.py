"""Reviews, for those who make them, those whose course it is, and those who supervise it. Clauses T1.4, M6."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from jiangxue.accounts.queries import belongs_to
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.courseware.queries.versions import Version, all_versions, contributors_of, versions_of
from jiangxue.courseware.rules.versions import REMINDED_BEFORE, State
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role, Viewer
from jiangxue.review.errors import NotToReview
from jiangxue.review.models import LessonLook, PendingMark, Review, TakeDown
from jiangxue.review.rules.opinions import Step
from jiangxue.review.rules.reviewers import (
    Case,
    Obstacle,
    is_for,
    may_put_back,
    may_take_down,
    obstacle,
    reviews_all,
    reviews_own,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that waits for a review, and what keeps the viewer from making it."""

    version: Version
    step: Step
    obstacle: Obstacle | None


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """Return the versions whose next review is for people in the viewer's role, the oldest first."""
    in_review = _seen(viewer).filter(state=State.IN_REVIEW).order_by("submitted_at")
    found = [(version, next_step(version)) for version in _with_reviews(in_review)]
    return [
        Waiting(version, step, obstacle(viewer, case_of(viewer, version)))
        for version, step in found
        if is_for(viewer, version.course.institution_id, step)
    ]


def number_waiting(viewer: Viewer) -> int:
    """Return how many versions wait for the viewer."""
    if not (reviews_own(viewer) or reviews_all(viewer)):
        return 0
    return sum(each.obstacle is None for each in waiting_for(viewer))


def next_step(version: Version) -> Step:
    """Return which review of a version in review comes next."""
    made = getattr(version, "reviews_made", None)
    return Step((Review.objects.filter(version=version).count() if made is None else made) + 1)


def steps_reached(version_ids: Collection[int]) -> dict[int, Step]:
    """Return which review comes next of each of some versions in review."""
    made = _made(version_ids)
    return {pk: Step(made.get(pk, 0) + 1) for pk in version_ids}


def case_of(viewer: Viewer, version: Version) -> Case:
    """Return what decides who may make the next review of a version."""
    institution_id = version.course.institution_id
    return Case(
        institution_id=institution_id,
        step=next_step(version),
        contributors=contributors_of(version.course_id),
        reviewers=set(Review.objects.filter(version=version).values_list("reviewer_id", flat=True)),
        belongs=belongs_to(viewer.account_id, institution_id),
    )


def version_for(viewer: Viewer, version_id: int) -> Version:
    """Return a version that the viewer may look at, or raise `NotToReview`."""
    found = _seen(viewer).filter(pk=version_id).first()
    if found is None:
        raise NotToReview
    return found


def reviews_of(version: Version) -> Sequence[Review]:
    """Return the reviews of a version in their order."""
    return reviews_of_version(version.pk)


def reviews_of_version(version_id: int) -> Sequence[Review]:
    """Return the reviews of a version by its id."""
    return list(Review.objects.filter(version_id=version_id).select_related("reviewer").order_by("step"))


def reviews_before(version: Version) -> Sequence[Review]:
    """Return the reviews of the version before, whose wishes a new one should have met."""
    before = versions_of(version.course_id).filter(serial__lt=version.serial).first()
    return reviews_of(before) if before is not None else []


def marks_of(viewer: Viewer, version: Version) -> QuerySet[PendingMark]:
    """Return the viewer's own marks that wait to be signed, in the order of the outline."""
    return PendingMark.objects.filter(version=version, reviewer_id=viewer.account_id).order_by("lesson", "at", "pk")


def unopened(viewer: Viewer, version: Version) -> int:
    """Return how many lessons of a version the viewer has never opened."""
    looked = LessonLook.objects.filter(version=version, reviewer_id=viewer.account_id)
    return taught_in([version.pk]).exclude(lesson_id__in=looked.values("lesson_id")).count()


def published(viewer: Viewer, *, named: str = "") -> QuerySet[Version]:
    """Return the published versions that the viewer may take down or put back."""
    return _seen(viewer).filter(state=State.PUBLISHED, title__icontains=named).order_by("title", "pk")


def due_again(viewer: Viewer, today: date) -> QuerySet[Version]:
    """Return the published versions whose yearly review is near or overdue, the most urgent first."""
    return published(viewer).filter(review_due_on__lte=today + REMINDED_BEFORE).order_by("review_due_on", "pk")


def take_downs_of(course_id: int) -> QuerySet[TakeDown]:
    """Return the acts of taking a course down and putting it back, newest first."""
    return TakeDown.objects.filter(course_id=course_id).select_related("account").order_by("-at", "-pk")


def can_take_down(viewer: Viewer, version: Version) -> bool:
    """Say whether the viewer may take a published version's course down now."""
    institution = version.course.institution
    return version.is_taught and may_take_down(viewer, institution_id=institution.pk, region=institution.region_id)


def can_put_back(viewer: Viewer, version: Version) -> bool:
    """Say whether the viewer may put a version's course back now."""
    last = down_now(version.course_id)
    return (
        version.taken_down_at is not None and last is not None and may_put_back(viewer, taken_down_by=last.account_id)
    )


def down_now(course_id: int) -> TakeDown | None:
    """Return the act by which a course is taken down, unless it was put back since."""
    last = take_downs_of(course_id).first()
    return last if last is not None and last.is_down else None


def _seen(viewer: Viewer) -> QuerySet[Version]:
    found = all_versions()
    if reviews_all(viewer):
        return found
    if viewer.role in INSTITUTION_ROLES or viewer.role is Role.REVIEWER:
        return found.filter(course__institution_id=viewer.organisation_id)
    if viewer.role is Role.SUPERVISOR and viewer.region:
        return found.filter(course__institution__region__code__startswith=viewer.region).exclude(published_at=None)
    return found.none()


def _with_reviews(versions: QuerySet[Version]) -> list[Version]:
    found = list(versions.defer("content"))
    made = _made([version.pk for version in found])
    for version in found:
        version.reviews_made = made.get(version.pk, 0)  # type: ignore[attr-defined]
    return found


def _made(version_ids: Collection[int]) -> dict[int, int]:
    """Return how many reviews there are of each version that has any."""
    counted = Review.objects.filter(version__in=version_ids).values("version").annotate(made=Count("pk"))
    return {row["version"]: row["made"] for row in counted}
