"""What is being cleared up about the learner's own hours: what is asked, what they say, and what came of it. Clauses M6, C5."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.cases import pages
from jiangxue.portals.learner.up_to_date import check_first
from jiangxue.supervision.queries.cases import cases, unanswered, undecided

TEMPLATE = "learner/case.html"


def addresses() -> list[URLPattern]:
    """Return the addresses of cases."""
    return [
        path("cases/", cases_list, name="cases"),
        path("cases/<uuid:case_id>/", show, name="case"),
        path("cases/<uuid:case_id>/explain/", explain, name="explain_case"),
        path("cases/pictures/<uuid:picture_id>/", picture, name="case_picture"),
    ]


def cases_told(viewer: Viewer) -> dict[str, object]:
    """Return what learner/cases_told.html says on other pages: how many cases there are, how many go on and how many wait for the learner."""
    found = cases(viewer)
    return {
        "own_cases": {
            "all": found.count(),
            "open": undecided(found).count(),
            "waiting": unanswered(viewer).count(),
            "url": reverse("learner:cases"),
        }
    }


@for_roles(Role.LEARNER)
@require_safe
@check_first
def cases_list(request: SignedRequest) -> HttpResponse:
    """List the viewer's own cases."""
    context = {**pages.list_context(request), "records_url": reverse("learner:records")}
    return render(request, "learner/cases.html", context)


@for_roles(Role.LEARNER)
@require_safe
@check_first
def show(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Show one of the viewer's own cases, and the form for what they say."""
    return pages.explaining(request, pages.found_case(request, case_id), TEMPLATE)


@for_roles(Role.LEARNER)
@require_POST
@check_first
def explain(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take what the learner says."""
    return pages.hear_explanation(request, case_id, TEMPLATE)


@for_roles(Role.LEARNER)
@require_safe
def picture(request: SignedRequest, picture_id: UUID) -> HttpResponse:
    """Send a picture that the learner gave."""
    return pages.picture(request, picture_id)
