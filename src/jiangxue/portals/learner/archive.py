"""The learner's own archive of a class. Clauses T8.1, T8.2."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.models import Enrolment
from jiangxue.enrolment.queries import enrolment_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.archives import shown
from jiangxue.portals.archives.shown import Addresses
from jiangxue.portals.learner.up_to_date import check_first, up_to_date


def _of_own_place(
    view: Callable[[SignedRequest, Enrolment, Addresses], HttpResponse],
) -> Callable[[SignedRequest, int], HttpResponse]:
    @wraps(view)
    def wrapper(request: SignedRequest, class_id: int) -> HttpResponse:
        try:
            place = enrolment_for(request.viewer, class_id)
        except NotInClass:
            raise Http404 from None
        names = ("archive", "archive_board", "ask_archive", "give_archive")
        return view(request, place, Addresses(*(reverse(f"learner:{name}", args=[class_id]) for name in names)))

    return wrapper


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
@_of_own_place
def show(request: SignedRequest, place: Enrolment, where: Addresses) -> HttpResponse:
    """Show how far the viewer's own archive is proved."""
    name = place.training_class.name
    crumbs = [{"label": name, "url": reverse("learner:class", args=[place.training_class_id])}]
    return shown.page(request, place, where, {"crumbs": crumbs, "class_name": name, "learner_name": ""})


board = for_roles(Role.LEARNER)(require_safe(_of_own_place(shown.board)))
ask = for_roles(Role.LEARNER)(require_POST(_of_own_place(shown.ask)))
give = for_roles(Role.LEARNER)(require_POST(_of_own_place(shown.give)))
