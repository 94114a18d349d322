"""One class of the region, and having its learning time judged again."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import Class, class_for, reach_of, roster
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.board import figures
from jiangxue.portals import recomputation
from jiangxue.portals.appeals import class_appeals, class_faces
from jiangxue.portals.cases.of_class import class_cases
from jiangxue.portals.class_opening import class_opening
from jiangxue.portals.exporting.links import of_class as exports_of_class
from jiangxue.portals.rulebook.views import of_class
from jiangxue.portals.watching.frame import tabs
from jiangxue.ui.terms import state_label


@for_roles(Role.SUPERVISOR)
@require_safe
def training_class(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show what a class of the region holds, and the newest report; 404 for a class of another region."""
    try:
        shown_class = class_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    sums = figures(request.viewer, [class_id], learning_day(request.now))[class_id]
    context = {
        "training_class": {
            "name": shown_class.name,
            "course_title": shown_class.version.title,
            "institution": shown_class.institution.name,
            "head_teacher": shown_class.head_teacher.name,
            "opens_on": shown_class.opens_on,
            "closes_on": shown_class.closes_on,
            "state_label": state_label(shown_class.term, request.now),
            "is_taken_down": shown_class.version.taken_down_at is not None,
            "learners": roster(request.viewer, class_id).count(),
            "learning_now": sums.learning_now,
            "credited_today_ms": sums.credited_today_ms,
            "credited_ms": sums.credited_ms,
            "confirmed_ms": sums.confirmed_ms,
        },
        "overview_url": reverse("regulator:overview"),
        "paper_url": reverse("regulator:class_report", args=(class_id,)),
        "sample_url": f"{reverse('regulator:draw_sample')}?training_class={class_id}",
        "order_url": _order_url(shown_class),
        "tabs": tabs(request, shown_class, "class"),
        **class_opening(request, shown_class),
        **class_appeals(request, class_id, "regulator"),
        **class_cases(request, class_id),
        **class_faces(request, class_id, "regulator"),
        **of_class(request, reach_of(shown_class)),
        "exports_of_class": exports_of_class(request, class_id),
        **recomputation.report_of(request, class_id),
    }
    return render(request, "regulator/class.html", context)


def _order_url(shown_class: Class) -> str:
    asked = urlencode({"institution": shown_class.institution_id, "training_class": shown_class.pk})
    return f"{reverse('regulator:new_order')}?{asked}"


@for_roles(Role.SUPERVISOR)
@require_POST
def recompute(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let the worker judge a class of the region again."""
    return recomputation.ask(request, class_id)
