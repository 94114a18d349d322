"""The course as a learner sees it, for the staff of its institution: nothing of it is timed. Clauses T1.1, M6."""

from collections.abc import Sequence
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.models import Lesson
from jiangxue.courseware.queries.versions import versions_of
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.course_pages.frame import course_of, frame, lesson_of
from jiangxue.portals.lengths import extent_said
from jiangxue.portals.reports.shown import preview_of
from jiangxue.portals.review_words import mark_place
from jiangxue.review.queries import reviews_of


@for_roles(*INSTITUTION_ROLES)
@require_safe
def course_preview(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show the outline as the page of a class does."""
    course = course_of(request, course_id)
    lessons = list(courseware.lessons_of([course.pk]))
    modules = [
        {
            "title": module.title if module else "",
            "lessons": [
                {
                    "title": each.draft_title,
                    "url": reverse("institution:lesson_preview", args=(each.pk,)),
                    "extent": extent_said(each.media.extent),
                }
                for each in found
            ],
        }
        for module, found in groupby(lessons, key=lambda each: each.module)
    ]
    context = {
        **frame(request, course),
        "modules": modules,
        "institution": course.institution.name,
        "first_url": reverse("institution:lesson_preview", args=(lessons[0].pk,)) if lessons else "",
        "first_title": lessons[0].draft_title if lessons else "",
    }
    return render(request, "institution/course/preview.html", context)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def lesson_preview(request: SignedRequest, lesson_id: int) -> HttpResponse:
    """Show a lesson with all of its courseware, and what reviewers have marked in it."""
    shown = lesson_of(request, lesson_id)
    lessons = list(courseware.lessons_of([shown.course_id]))
    at = next(place for place, each in enumerate(lessons) if each.pk == shown.pk)
    context = {
        **frame(request, shown.course),
        "lesson_title": shown.draft_title,
        "module_title": shown.module.title if shown.module else "",
        "extent": extent_said(shown.media.extent),
        "preview": preview_of(shown.media, shown.draft_title, shown.media.captions),
        "marks": _marks(shown),
        "outline_url": reverse("institution:course_preview", args=(shown.course_id,)),
        "lesson_url": reverse("institution:lesson", args=(shown.pk,)),
        "before": _neighbour(lessons, at - 1),
        "after": _neighbour(lessons, at + 1),
    }
    return render(request, "institution/course/lesson_preview.html", context)


def _neighbour(lessons: Sequence[Lesson], at: int) -> dict[str, str] | None:
    if not 0 <= at < len(lessons):
        return None
    found = lessons[at]
    return {"title": found.draft_title, "url": reverse("institution:lesson_preview", args=(found.pk,))}


def _marks(shown: Lesson) -> list[dict[str, object]]:
    """Return what the reviewers of the newest version have marked in a lesson, with the place of each."""
    newest = versions_of(shown.course_id).first()
    reviews = reviews_of(newest) if newest is not None else []
    return [
        {
            "at": mark["at"],
            "label": mark_place(mark["at"], is_document=shown.media.kind == LessonKind.DOCUMENT),
            "text": mark["text"],
        }
        for review in reviews
        for mark in review.marks
        if mark["lesson"] == shown.pk
    ]
