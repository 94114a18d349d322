"""The rules of an institution and of each of its classes; its administrator sets them, its staff read those of their classes."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import class_for, classes, reach_of
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role
from jiangxue.organisations.queries import institutions
from jiangxue.policies.rules.reach import Reach
from jiangxue.portals.rulebook import views
from jiangxue.portals.rulebook.views import Frame
from jiangxue.ui.terms import state_label


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_safe
def rules(request: SignedRequest) -> HttpResponse:
    """Show the institution's rules and lead to those of its classes."""
    return views.show(request, _institution(request))


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_rules(request: SignedRequest) -> HttpResponse:
    """Make a new version of the institution's rules."""
    return views.change(request, _institution(request))


@for_roles(*INSTITUTION_ROLES)
@require_safe
def class_rules(request: SignedRequest, class_id: int) -> HttpResponse:
    """Show the rules of a class; 404 for a class of others."""
    return views.show(request, _class(request, class_id))


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_class_rules(request: SignedRequest, class_id: int) -> HttpResponse:
    """Make a new version of a class's rules."""
    return views.change(request, _class(request, class_id))


def _institution(request: SignedRequest) -> Frame:
    own = institutions(request.viewer).first()
    if own is None:
        raise Http404
    return Frame(
        reach=Reach(own.region_id, own.pk),
        title=_("Rules of the institution"),
        lead=_("%(name)s. They rule in every class of the institution that sets nothing else.") % {"name": own.name},
        rules_url=reverse("institution:rules"),
        change_url=reverse("institution:change_rules"),
        narrower=[
            {
                "name": each.name,
                "url": reverse("institution:class_rules", args=(each.pk,)),
                "note": state_label(each.term, request.now),
            }
            for each in classes(request.viewer)
        ],
    )


def _class(request: SignedRequest, class_id: int) -> Frame:
    try:
        shown = class_for(request.viewer, class_id)
    except NotInClass:
        raise Http404 from None
    return Frame(
        reach=reach_of(shown),
        title=_("Rules of the class"),
        lead=shown.name,
        rules_url=reverse("institution:class_rules", args=(class_id,)),
        change_url=reverse("institution:change_class_rules", args=(class_id,)),
        up=(shown.name, reverse("institution:class", args=(class_id,))),
    )
