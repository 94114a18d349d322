"""The rules of a supervisor's own region."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.organisations.queries import region_name
from jiangxue.policies.rules.reach import Reach
from jiangxue.portals.rulebook import views
from jiangxue.portals.rulebook.views import Frame


@for_roles(Role.SUPERVISOR)
@require_safe
def rules(request: SignedRequest) -> HttpResponse:
    """Show the rules of the viewer's region and their history."""
    return views.show(request, _frame(request))


@for_roles(Role.SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_rules(request: SignedRequest) -> HttpResponse:
    """Make a new version of the region's rules."""
    return views.change(request, _frame(request))


def _frame(request: SignedRequest) -> Frame:
    if not request.viewer.region:
        raise Http404
    return Frame(
        reach=Reach(request.viewer.region),
        title=_("Rules of %(region)s") % {"region": region_name(request.viewer.region)},
        lead=_("They rule in every class of the region. What you lock, institutions and classes may only tighten."),
        rules_url=reverse("regulator:rules"),
        change_url=reverse("regulator:change_rules"),
    )
