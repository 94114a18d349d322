"""What waits for a reviewer, and the published courses that may have to be taken down or reviewed again."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.courseware.models import CourseVersion
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.review_words import OBSTACLES, STEPS
from jiangxue.portals.reviewer.shown import version_facts
from jiangxue.review.queries import due_again, published
from jiangxue.review.queries.cases import Waiting, waiting_for
from jiangxue.review.queries.showing import can_put_back, can_take_down, to_put_back
from jiangxue.ui.forms import SearchForm

REVIEWERS = (Role.REVIEWER, Role.INSTITUTION_ADMINISTRATOR)
LOOKERS = (*REVIEWERS, Role.SUPERVISOR)
COURSES_A_PAGE = 20


@for_roles(*REVIEWERS)
@require_safe
def queue(request: SignedRequest) -> HttpResponse:
    """List the versions that wait for a review which people in the viewer's role make."""
    waiting = waiting_for(request.viewer)
    context = {
        "waiting": [_line(each) for each in waiting if each.obstacle is None],
        "for_others": [_line(each) for each in waiting if each.obstacle is not None],
        "due_again": [version_facts(version) for version in due_again(request.viewer, learning_day(request.now))],
        "to_put_back": [_down_line(version) for version in to_put_back(request.viewer)],
        "courses_url": reverse("reviewer:courses"),
    }
    return render(request, "reviewer/queue.html", context)


@for_roles(*LOOKERS)
@require_safe
def courses(request: SignedRequest) -> HttpResponse:
    """List the published courses that the viewer may take down, and those that are taken down."""
    form = SearchForm(request.GET)
    page = Paginator(published(request.viewer, named=form.wanted), COURSES_A_PAGE).get_page(request.GET.get("page"))
    lines = [_published_line(request, version) for version in page.object_list]
    return render(request, "reviewer/courses.html", {"courses": with_lines(page, lines), "filter_form": form})


def _line(each: Waiting) -> dict[str, object]:
    return version_facts(each.version) | {
        "step": STEPS[each.step],
        "obstacle": OBSTACLES[each.obstacle] if each.obstacle else "",
    }


def _down_line(version: CourseVersion) -> dict[str, object]:
    return version_facts(version) | {"put_back_url": reverse("reviewer:showing", args=(version.pk,))}


def _published_line(request: SignedRequest, version: CourseVersion) -> dict[str, object]:
    return version_facts(version) | {
        "can_take_down": can_take_down(request.viewer, version),
        "can_put_back": can_put_back(request.viewer, version),
        "log_url": reverse("reviewer:showing", args=(version.pk,)),
    }
