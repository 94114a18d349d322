"""The versions of a course, what reviewers said of each, and what each changed. Clauses T1.4, M6."""

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.queries.conformity import pace_of
from jiangxue.courseware.queries.versions import Version, version_before, versions_of
from jiangxue.courseware.rules.changes import changes_between
from jiangxue.courseware.rules.content import CourseContent, TaughtLesson
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.paper_words import aim_said, basis_said, hours_said, lesson_length, supplier_said
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.portals.change_words import change_lines
from jiangxue.portals.institution.course_pages.frame import course_of, frame
from jiangxue.portals.institution.course_pages.review_lines import hit_line, review_line
from jiangxue.portals.institution.course_pages.standing_words import version_state
from jiangxue.review.errors import NotToReview
from jiangxue.review.queries import reviews_of, version_for
from jiangxue.review.queries.cases import steps_reached
from jiangxue.review.queries.showing import take_downs_of
from jiangxue.review.rules.opinions import Step
from jiangxue.screening.queries import hits_at
from jiangxue.ui.listing import listed


@for_roles(*INSTITUTION_ROLES)
@require_safe
def versions(request: SignedRequest, course_id: int) -> HttpResponse:
    """List the versions of a course, the newest first, and how often it was taken down."""
    course = course_of(request, course_id)
    found = list(versions_of(course.pk).select_related("author"))
    steps = _steps(found)
    context = {
        **frame(request, course),
        "versions": [_line(each, steps) for each in found],
        "take_downs": take_downs_of(course.pk),
    }
    return render(request, "institution/course/versions.html", context)


@for_roles(*INSTITUTION_ROLES)
@require_safe
def version(request: SignedRequest, version_id: int) -> HttpResponse:
    """Show what a version consists of, its reviews, the words that were found, and what it changed; 404 for others'."""
    shown = version_of(request, version_id)
    content = shown.whole
    before = version_before(shown)
    lessons = set(shown.course.all_lessons.filter(module__isnull=False).values_list("pk", flat=True))
    context = {
        **frame(request, shown.course),
        "version": _line(shown, _steps([shown])),
        "versions_url": reverse("institution:versions", args=(shown.course_id,)),
        "summary": _summary(content, pace_of(shown.course, learning_day(request.now))),
        "modules": [{"title": each.title, "lessons": _lessons(each.lessons)} for each in content.modules],
        "reviews": [review_line(each, content, lessons) for each in reviews_of(shown)],
        "is_screened": shown.screened_at is not None,
        "hits": [hit_line(each, content) for each in hits_at(place_of(shown.pk))],
        "before": before.serial if before else None,
        "changes": change_lines(changes_between(before.whole, content)) if before else [],
        "papers_url": f"{reverse('institution:papers', args=(shown.course_id,))}#version-{shown.serial}",
    }
    return render(request, "institution/course/version.html", context)


def version_of(request: SignedRequest, version_id: int) -> Version:
    """Return a version that the viewer may see, or answer 404."""
    try:
        return version_for(request.viewer, version_id)
    except NotToReview:
        raise Http404 from None


def _steps(found: Sequence[CourseVersion]) -> Mapping[int, Step]:
    """Return which review comes next of those versions that are being reviewed."""
    return steps_reached([each.pk for each in found if each.state == State.IN_REVIEW])


def _line(each: CourseVersion, steps: Mapping[int, Step]) -> dict[str, object]:
    return {
        "serial": each.serial,
        "url": reverse("institution:version", args=(each.pk,)),
        "state": each.state,
        "state_label": version_state(each, steps),
        "title": each.title,
        "sha256": each.sha256,
        "author": each.author.name if each.author else "",
        "submitted_at": each.submitted_at,
        "published_at": each.published_at,
        "review_due_on": each.review_due_on,
        "is_down": each.taken_down_at is not None,
    }


def _summary(content: CourseContent, pace: Pace) -> dict[str, str]:
    facts = content.facts
    return {
        "aim": aim_said(facts),
        "basis": basis_said(facts),
        "hours": hours_said(facts.hours.total, pace),
        "supplier": supplier_said(facts),
        "lecturers": listed(*(each.name for each in content.lecturers)),
    }


def _lessons(lessons: Sequence[TaughtLesson]) -> list[dict[str, str]]:
    return [{"title": each.title, "length": lesson_length(each)} for each in lessons]
