"""The archive of one who is or was in a class, for those who answer for it. Clauses T8.1, T8.2, C5."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import place_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.archives import shown
from jiangxue.portals.archives.shown import Addresses
from jiangxue.portals.watching.frame import AddressedView, of_a_class, url_of
from jiangxue.ui.masking import masked_name

type View = Callable[[SignedRequest, Enrolment, Addresses], HttpResponse]


KEEPERS = frozenset({Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR, Role.SUPERVISOR})
"""Those who answer for a class and may have its archives."""


def archive_url(request: SignedRequest, place: Enrolment) -> str:
    """Return the address of the archive of a place; empty for those who may not have it."""
    if request.viewer.role not in KEEPERS:
        return ""
    return url_of(request, "archive", place.training_class_id, place.pk)


def addresses(*roles: Role) -> list[URLPattern]:
    """Return the addresses of archives below a class, open to some roles."""
    allowed = for_roles(*roles)
    parts: dict[str, tuple[str, AddressedView]] = {
        "archive": ("", require_safe(_of_a_place(_show))),
        "archive_board": ("board/", require_safe(_of_a_place(shown.board))),
        "ask_archive": ("ask/", require_POST(_of_a_place(shown.ask))),
        "give_archive": ("give/", require_POST(_of_a_place(shown.give))),
    }
    return [
        path(f"classes/<int:class_id>/archives/<int:enrolment_id>/{part}", allowed(view), name=name)
        for name, (part, view) in parts.items()
    ]


def _of_a_place(view: View) -> AddressedView:
    @of_a_class
    @wraps(view)
    def wrapper(request: SignedRequest, watched: TrainingClass, enrolment_id: int) -> HttpResponse:
        place = place_for(request.viewer, watched.pk, enrolment_id)
        names = ("archive", "archive_board", "ask_archive", "give_archive")
        return view(request, place, Addresses(*(url_of(request, name, watched.pk, place.pk) for name in names)))

    return wrapper


def _show(request: SignedRequest, place: Enrolment, where: Addresses) -> HttpResponse:
    name = place.training_class.name
    crumbs = [{"label": name, "url": url_of(request, "class", place.training_class_id)}]
    around: dict[str, object] = {"crumbs": crumbs, "class_name": name, "learner_name": masked_name(place.learner.name)}
    return shown.page(request, place, where, around)
