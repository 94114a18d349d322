"""What all pages about a course begin with: whether the viewer may see it, change it, and the way back to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.errors import OutOfReach, UnderReview
from jiangxue.courseware.models import Course, CourseVersion, Lesson
from jiangxue.courseware.queries.versions import version_in_review

type Page[**P] = Callable[Concatenate[SignedRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """Whether the viewer is an editor of a course, and which version of it is being reviewed."""

    may_edit: bool
    in_review: CourseVersion | None

    @property
    def is_open(self) -> bool:
        """Say whether the viewer may change the course now."""
        return self.may_edit and self.in_review is None


def course_of(request: SignedRequest, course_id: int) -> Course:
    """Return a course that the viewer may see, or answer 404."""
    try:
        return courseware.course_for(request.viewer, course_id)
    except OutOfReach:
        raise Http404 from None


def lesson_of(request: SignedRequest, lesson_id: int) -> Lesson:
    """Return a lesson of the outline that the viewer may see, or answer 404."""
    try:
        return courseware.lesson_for(request.viewer, lesson_id)
    except OutOfReach:
        raise Http404 from None


def access_to(request: SignedRequest, course: Course) -> Access:
    """Return what the viewer may do with a course."""
    return Access(courseware.may_edit(request.viewer), version_in_review(course.pk))


def frame(request: SignedRequest, course: Course, access: Access | None = None) -> dict[str, object]:
    """Return what all pages about a course share: its title and address, what the viewer may do, and the way back."""
    access = access or access_to(request, course)
    return {
        "course_title": course.title,
        "course_url": reverse("institution:course", args=(course.pk,)),
        "courses_url": reverse("institution:courses"),
        "may_edit": access.may_edit,
        "is_open": access.is_open,
        "in_review": access.in_review,
        "withdraw_url": reverse("institution:withdraw_course", args=(course.pk,)),
    }


def while_reviewed[**P](page: Page[P]) -> Page[P]:
    """Answer 409 where a page without typed words meets a course that is being reviewed, and 404 where it is gone."""

    @wraps(page)
    def wrapper(request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except OutOfReach:
            raise Http404 from None
        except UnderReview:
            return render(request, "institution/course/under_review.html", status=409)

    return wrapper
