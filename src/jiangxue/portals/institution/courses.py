"""The courses of an institution, and the outline of each with how many questions its lessons have."""

from collections.abc import Iterable
from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.errors import OutOfReach
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.rules.questions import FEWEST_IN_TEST
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.institution.file_news import tell_news
from jiangxue.portals.lengths import extent_said
from jiangxue.ui.forms import SearchForm

COURSES_A_PAGE = 20


@for_roles(*INSTITUTION_ROLES)
@require_safe
def courses(request: SignedRequest) -> HttpResponse:
    """List the courses of the viewer's institution."""
    tell_news(request)
    form = SearchForm(request.GET)
    found = courseware.courses(request.viewer, named=form.wanted)
    page = Paginator(found, COURSES_A_PAGE).get_page(request.GET.get("page"))
    lines = [_course_line(each) for each in page.object_list]
    return render(request, "institution/courses.html", {"courses": with_lines(page, lines), "filter_form": form})


@for_roles(*INSTITUTION_ROLES)
@require_safe
def course(request: SignedRequest, course_id: int) -> HttpResponse:
    """Show the outline of one course; 404 for a course of others."""
    try:
        shown = courseware.course_for(request.viewer, course_id)
    except OutOfReach:
        raise Http404 from None
    tell_news(request)
    context = {
        "files_url": reverse("institution:files", args=(course_id,)),
        "course": {**_course_line(shown), "summary": shown.summary},
        "courses_url": reverse("institution:courses"),
        "fewest": FEWEST_IN_TEST,
        "modules": _modules(courseware.outline_for(request.viewer, course_id)),
    }
    return render(request, "institution/course.html", context)


def _course_line(each: Course) -> dict[str, object]:
    lessons, asked = getattr(each, "lessons", 0), getattr(each, "lessons_asked", 0)
    return {
        "title": each.title,
        "url": reverse("institution:course", args=(each.pk,)),
        "lessons": lessons,
        "questions": getattr(each, "questions", 0),
        "lessons_without": lessons - asked,
    }


def _modules(outline: Iterable[Lesson]) -> list[dict[str, object]]:
    return [
        {
            "title": module.title,
            "lessons": [
                {
                    "title": lesson.draft_title,
                    "url": reverse("institution:questions", args=(lesson.pk,)),
                    "extent": extent_said(lesson.media.extent),
                    "questions": getattr(lesson, "in_use", 0),
                    "test_url": reverse("institution:test_questions", args=(lesson.pk,)),
                    "test_questions": getattr(lesson, "in_test", 0),
                    "is_test_short": 0 < getattr(lesson, "in_test", 0) < FEWEST_IN_TEST,
                }
                for lesson in lessons
            ],
        }
        for module, lessons in groupby(outline, key=lambda lesson: lesson.module)
    ]
