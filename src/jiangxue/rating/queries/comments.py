"""Comments: those that everybody may read, those of an institution's courses, and those that wait for a person. Clause M6."""

from collections.abc import Iterable

from django.db.models import QuerySet

from jiangxue.accounts.queries import memberships
from jiangxue.accounts.queries.consents import agreed_in
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.courseware.queries import course_for
from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.viewer import Viewer
from jiangxue.rating.errors import NoSuchRating
from jiangxue.rating.models import CourseRating
from jiangxue.rating.rules.drafts import Standing
from jiangxue.review.rules.reviewers import reviews_all
from jiangxue.screening.rules.places import Place

PLACE_KIND = "course_rating"
"""What screening calls a comment."""


def place_of(rating_id: int) -> Place:
    """Return the place at which a comment is screened."""
    return Place(PLACE_KIND, str(rating_id))


def public_comments(course_id: int) -> QuerySet[CourseRating]:
    """Return the ratings of a course whose comments everybody may read, newest first; with the people, whose names are to be masked.

    Who has not agreed that comments are shown to everybody, has withdrawn it, or has asked for deletion, is read by the institution and reviewers alone.
    """
    agreed = agreed_in("enrolment__learner_id", Purpose.COMMENTS)
    shown = _with_people().filter(agreed, course_id=course_id, standing=Standing.SHOWN)
    shown = shown.filter(enrolment__learner__restricted_at=None)
    return shown.exclude(comment="").order_by("-rated_at", "-pk")


def ratings_of_course(viewer: Viewer, course_id: int) -> QuerySet[CourseRating]:
    """Return all ratings of a course of the viewer's institution, newest first, or raise `OutOfReach`."""
    return _with_people().filter(course_id=course_for(viewer, course_id).pk).order_by("-rated_at", "-pk")


def ratings_of_class(viewer: Viewer, class_id: int) -> QuerySet[CourseRating]:
    """Return all ratings of a class that the viewer may see, newest first, or raise `NotInClass`."""
    of = class_for(viewer, class_id).pk
    return _with_people().filter(enrolment__training_class_id=of).order_by("-rated_at", "-pk")


def may_decide(viewer: Viewer) -> bool:
    """Say whether the viewer decides about comments: a reviewer of the platform, never an institution about its own."""
    return reviews_all(viewer)


def comments_to_decide(viewer: Viewer, standing: Standing = Standing.HELD) -> QuerySet[CourseRating]:
    """Return the comments of all institutions in one standing, held ones oldest first, the others newest first."""
    found = _with_people().filter(standing=standing).exclude(comment="")
    if not may_decide(viewer):
        return found.none()
    return found.order_by("pk") if standing is Standing.HELD else found.order_by("-rated_at", "-pk")


def number_held(viewer: Viewer) -> int:
    """Return how many comments wait for the viewer."""
    return comments_to_decide(viewer).count()


def rating_to_decide(viewer: Viewer, rating_id: int) -> CourseRating:
    """Return a rating about whose comment the viewer may decide, or raise `NoSuchRating`."""
    found = _with_people().filter(pk=rating_id).exclude(comment="").first() if may_decide(viewer) else None
    if found is None:
        raise NoSuchRating
    return found


def with_a_part(viewer: Viewer, ratings: Iterable[CourseRating]) -> frozenset[int]:
    """Return which of some ratings the viewer gave, or which are about a course of an institution that the viewer belongs to."""
    belongs = {membership.organisation_id for membership in memberships(viewer.account_id)}
    return frozenset(
        rating.pk
        for rating in ratings
        if rating.enrolment.learner_id == viewer.account_id or rating.course.institution_id in belongs
    )


def _with_people() -> QuerySet[CourseRating]:
    return CourseRating.objects.select_related(
        "enrolment__learner", "enrolment__training_class", "course__institution", "version", "decided_by"
    ).defer("version__content")
