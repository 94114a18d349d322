"""Appeals of the region: supervisors see every step and decide nothing. Clauses C5, M6."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import NoSuchAppeal
from jiangxue.learning.queries.appeals import appeal_for
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
    try:
        found = appeal_for(request.viewer, appeal_id)
    except NoSuchAppeal:
        raise Http404 from None
    return render(request, "ui/appeal_page.html", appeal_context(found, "regulator", request.now))
