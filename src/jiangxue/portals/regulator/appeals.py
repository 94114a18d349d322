"""Appeals of the region: supervisors see every step, and are the second person where the rules of a class say so. Clauses C5, M6."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import NoSuchAppeal
from jiangxue.learning.queries.appeals import Appealed, appeal_for
from jiangxue.portals.appeal_checking import check_of, checked
from jiangxue.portals.appeals import appeal_context, appeals_context


@for_roles(Role.SUPERVISOR)
@require_safe
def appeals_list(request: SignedRequest) -> HttpResponse:
    """List the appeals of the region."""
    return render(request, "regulator/appeals.html", appeals_context(request, "regulator"))


@for_roles(Role.SUPERVISOR)
@require_safe
def show(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Show one appeal of the region; 404 for one of another region."""
    return _page(request, _found(request, appeal_id))


@for_roles(Role.SUPERVISOR)
@require_POST
def hear_review(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Take the authority's word as the second person, where the rules of the class say that it is."""
    return checked(
        request, _found(request, appeal_id), lambda found, form, status: _page(request, found, form, status=status)
    )


def _found(request: SignedRequest, appeal_id: UUID) -> Appealed:
    try:
        return appeal_for(request.viewer, appeal_id)
    except NoSuchAppeal:
        raise Http404 from None


def _page(request: SignedRequest, found: Appealed, form: Form | None = None, *, status: int = 200) -> HttpResponse:
    address = reverse("regulator:review_appeal", args=(found.appeal.pk,))
    turn = check_of(request, found, form, address) or {"form": form, "turn": ""}
    context = {**turn, **appeal_context(found, "regulator", request.now)}
    return render(request, "regulator/appeal.html", context, status=status)
