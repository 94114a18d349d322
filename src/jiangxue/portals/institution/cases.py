"""Cases about an institution's classes: what is asked, and what it explains. Clauses M6, C5."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.cases import pages

ANSWERERS = (Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
TEMPLATE = "institution/case.html"


def addresses() -> list[URLPattern]:
    """Return the addresses of cases."""
    return [
        path("cases/", cases_list, name="cases"),
        path("cases/<uuid:case_id>/", show, name="case"),
        path("cases/<uuid:case_id>/explain/", explain, name="explain_case"),
        path("cases/pictures/<uuid:picture_id>/", picture, name="case_picture"),
    ]


@for_roles(*ANSWERERS)
@require_safe
def cases_list(request: SignedRequest) -> HttpResponse:
    """List the cases about the viewer's classes."""
    return render(request, "institution/cases.html", pages.list_context(request))


@for_roles(*ANSWERERS)
@require_safe
def show(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Show a case with every step, and the form for the institution's explanation."""
    return pages.explaining(request, pages.found_case(request, case_id), TEMPLATE)


@for_roles(*ANSWERERS)
@require_POST
def explain(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take what the institution says."""
    return pages.hear_explanation(request, case_id, TEMPLATE)


@for_roles(*ANSWERERS)
@require_safe
def picture(request: SignedRequest, picture_id: UUID) -> HttpResponse:
    """Send a picture that the institution gave."""
    return pages.picture(request, picture_id)
