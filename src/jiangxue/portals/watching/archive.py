"""The archive of one who is or was in a class, for those who answer for it. Clauses T8.1, T8.2, C5."""

from datetime import datetime
from typing import TypedDict

from django.http import HttpResponse
from django.urls import URLPattern, path

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.queries import place_for
from jiangxue.kernel.viewer import Role
from jiangxue.portals.archives.addresses import PAGES
from jiangxue.portals.archives.frame import Archive, Around, View
from jiangxue.portals.archives.keeping import is_nameless
from jiangxue.portals.watching.frame import AddressedView, of_a_class, url_of
from jiangxue.ui.masking import masked_name


class Whose(TypedDict):
    """Whose an archive is, as far as a viewer may know."""

    learner_name: str
    closed_since: datetime | None
    learner_url: str


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
    return [
        path(f"classes/<int:class_id>/archives/<int:enrolment_id>/{part}", allowed(_of_a_place(view)), name=name)
        for name, (part, view) in PAGES.items()
    ]


def _of_a_place(view: View) -> AddressedView:
    @of_a_class
    def wrapper(request: SignedRequest, watched: TrainingClass, /, enrolment_id: int, **more: str) -> HttpResponse:
        place = place_for(request.viewer, watched.pk, enrolment_id)

        def of(name: str, *rest: object) -> str:
            return url_of(request, name, watched.pk, place.pk, *rest)

        crumb = {"label": watched.name, "url": url_of(request, "class", watched.pk)}
        around = Around((crumb,), watched.name, is_own=False, **_whose(request, place))
        return view(request, place, Archive(of, around), **more)

    return wrapper


def _whose(request: SignedRequest, place: Enrolment) -> Whose:
    """Say whose archive it is, masked; while processing is restricted, to the supervisor alone."""
    sees_all, since = request.viewer.role is Role.SUPERVISOR, place.learner.restricted_at
    return {
        "learner_name": masked_name(place.learner.name if sees_all else place.learner.staff_name),
        "closed_since": None if sees_all or since is None or is_nameless(place) else since,
        "learner_url": url_of(request, "learner", place.training_class_id, place.pk),
    }
