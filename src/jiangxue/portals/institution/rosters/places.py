"""Where a roster goes, by the address; the application's own pages and the class's lie one step up."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries.roster_files import Place, class_to_fill, opening_to_fill
from jiangxue.kernel.viewer import Role

type View = Callable[[SignedRequest, Place], HttpResponse]
type AddressedView = Callable[..., HttpResponse]
_KINDS = {"class": "classes/<int:class_id>/roster-file/", "opening": "openings/<int:opening_id>/roster-file/"}


def at_a_place(view: View) -> AddressedView:
    """Give a view the place that its address names; 404 where the viewer may not fill it, or it cannot be filled any more."""

    @for_roles(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
    @wraps(view)
    def wrapper(request: SignedRequest, class_id: int | None = None, opening_id: int | None = None) -> HttpResponse:
        try:
            if class_id is not None:
                place = class_to_fill(request.viewer, class_id, now=request.now)
            else:
                place = opening_to_fill(request.viewer, opening_id or 0)
        except NotInClass:
            raise Http404 from None
        return view(request, place)

    return wrapper


def addresses(views: dict[str, AddressedView]) -> list[URLPattern]:
    """Return the addresses of the pages of a roster, for classes and for applications; the first page has no name of its own behind the place's."""
    return [
        path(f"{beginning}{f'{name}/' if name else ''}", view, name=_name(kind, name))
        for kind, beginning in _KINDS.items()
        for name, view in views.items()
    ]


def url_at(place: Place, name: str = "") -> str:
    """Return the address of one of the pages of a place's roster."""
    kind, held = ("opening", place.opening) if place.opening else ("class", place.training_class)
    assert held is not None
    return reverse(f"institution:{_name(kind, name)}", args=(held.pk,))


def frame(place: Place) -> dict[str, object]:
    """Return what every page of a roster shows around its content."""
    return {
        "place_name": place.name,
        "place_url": url_at(place).removesuffix("roster-file/"),
        "is_class": place.training_class is not None,
        "lists": _lists(place),
        "roster_url": url_at(place),
        "preview_url": url_at(place, "preview"),
        "marked_url": url_at(place, "marked"),
        "template_url": url_at(place, "template"),
    }


def _lists(place: Place) -> dict[str, str]:
    """Return the list in which the place stands."""
    if place.training_class is not None:
        return {"label": _("Classes"), "url": reverse("institution:classes")}
    return {"label": _("Applications to open a class"), "url": url_at(place).split("openings/", 1)[0] + "openings/"}


def _name(kind: str, name: str) -> str:
    return f"{kind}_roster_file_{name}" if name else f"{kind}_roster_file"
