"""Face checks of the region that people decide: supervisors see every step and, for a reason, the pictures; they decide nothing. Clauses C5, T3.1."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.face_pictures import picture
from jiangxue.portals.face_reviews import cases_context, watched_case

_PORTAL = "regulator"


@for_roles(Role.SUPERVISOR)
@require_safe
def cases(request: SignedRequest) -> HttpResponse:
    """List the face checks of the region that the machine did not pass."""
    return render(request, "regulator/face_cases.html", cases_context(request, _PORTAL))


@for_roles(Role.SUPERVISOR)
@require_safe
def case(request: SignedRequest, check_id: UUID) -> HttpResponse:
    """Show one face check of the region; 404 for one of another region."""
    return watched_case(request, check_id, _PORTAL)


@for_roles(Role.SUPERVISOR)
@require_POST
def pictures(request: SignedRequest, check_id: UUID) -> HttpResponse:
    """Show the pictures after the reason was recorded."""
    return watched_case(request, check_id, _PORTAL)


def addresses() -> list[URLPattern]:
    """Return the addresses of face checks in a supervisor's pages."""
    return [
        path("faces/", cases, name="face_cases"),
        path("faces/<uuid:check_id>/", case, name="face_case"),
        path("faces/<uuid:check_id>/pictures/", pictures, name="face_pictures"),
        path("faces/picture/<str:token>/", for_roles(Role.SUPERVISOR)(picture), name="face_picture"),
    ]
