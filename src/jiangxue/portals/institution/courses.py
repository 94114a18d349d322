"""The courses of an institution: where each stands, and how many questions its lessons have."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware import queries as courseware
from jiangxue.courseware.models import Course
from jiangxue.courseware.queries.standing import standings
from jiangxue.courseware.rules.standing import Stage
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import INSTITUTION_ROLES
from jiangxue.occupations.rules.levels import Level
from jiangxue.portals.institution.course_pages.papers import inventory_files
from jiangxue.portals.institution.course_pages.standing_words import standing_line
from jiangxue.portals.institution.file_news import tell_news
from jiangxue.review.queries.cases import steps_reached
from jiangxue.ui.course_words import LEVELS
from jiangxue.ui.forms import SearchForm

COURSES_A_PAGE = 20


@for_roles(*INSTITUTION_ROLES)
@require_safe
def courses(request: SignedRequest) -> HttpResponse:
    """List the courses of the viewer's institution."""
    tell_news(request)
    form = SearchForm(request.GET)
    found = courseware.courses(request.viewer, named=form.wanted).select_related("occupation")
    page = Paginator(found, COURSES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "courses": with_lines(page, _lines(request, list(page.object_list))),
        "filter_form": form,
        "inventory": inventory_files(),
        "new_url": reverse("institution:new_course") if courseware.may_edit(request.viewer) else "",
    }
    return render(request, "institution/courses.html", context)


def _lines(request: SignedRequest, shown: Sequence[Course]) -> list[dict[str, object]]:
    found = standings(request.viewer, [each.pk for each in shown], learning_day(request.now))
    steps = steps_reached(
        [each.version.ref for each in found.values() if each.stage is Stage.IN_REVIEW and each.version]
    )
    return [_line(each) | {"standing": standing_line(found[each.pk], steps)} for each in shown]


def _line(each: Course) -> dict[str, object]:
    lessons, asked = getattr(each, "lessons", 0), getattr(each, "lessons_asked", 0)
    level = LEVELS[Level(each.level)] if each.level else each.special_ability
    return {
        "title": each.title,
        "url": reverse("institution:course", args=(each.pk,)),
        "occupation": each.occupation.name if each.occupation else "",
        "level": level,
        "lessons": lessons,
        "questions": getattr(each, "questions", 0),
        "lessons_without": lessons - asked,
    }
