"""The learner's own archive of a class, also of one that they have left. Clauses T8.1, T8.2."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import own_place
from jiangxue.kernel.viewer import Role
from jiangxue.portals.archives.addresses import PAGES, SHOWN
from jiangxue.portals.archives.frame import Archive, Around, View
from jiangxue.portals.learner.up_to_date import check_first, up_to_date


def addresses() -> list[URLPattern]:
    """Return the addresses of the viewer's own archives."""
    views = {name: _of_own_place(view) for name, (_, view) in PAGES.items()}
    views |= {name: up_to_date(check_first(views[name])) for name in SHOWN}
    return [
        path(f"classes/<int:class_id>/archive/{part}", for_roles(Role.LEARNER)(views[name]), name=name)
        for name, (part, _) in PAGES.items()
    ]


def _of_own_place(view: View) -> View:
    @wraps(view)
    def wrapper(request: SignedRequest, class_id: int, **more: str) -> HttpResponse:
        try:
            place = own_place(request.viewer, class_id)
        except NotInClass:
            raise Http404 from None

        def of(name: str, *rest: object) -> str:
            return reverse(f"learner:{name}", args=[class_id, *rest])

        name = place.training_class.name
        url = reverse("learner:home") if place.left_at else reverse("learner:class", args=[class_id])
        crumb = {"label": gettext("My classes") if place.left_at else name, "url": url}
        return view(request, place, Archive(of, Around((crumb,), name, "", is_own=True)), **more)

    return wrapper
