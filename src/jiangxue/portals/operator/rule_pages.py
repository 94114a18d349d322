"""The platform's own rules, set by the system administrator."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.policies.rules.reach import PLATFORM
from jiangxue.portals.rulebook import views
from jiangxue.portals.rulebook.views import Frame


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_safe
def rules(request: SignedRequest) -> HttpResponse:
    """Show the platform's rules and their history."""
    return views.show(request, _frame())


@for_roles(Role.SYSTEM_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_rules(request: SignedRequest) -> HttpResponse:
    """Make a new version of the platform's rules."""
    return views.change(request, _frame())


def _frame() -> Frame:
    return Frame(
        reach=PLATFORM,
        title=_("Rules of the platform"),
        lead=_("They rule in every class, as far as a region, an institution or the class itself sets nothing else."),
        rules_url=reverse("operator:rules"),
        change_url=reverse("operator:change_rules"),
    )
