"""Whose staff a page is about: the viewer's own organisation, or for the system administrator any, or the platform."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpResponse
from django.urls import reverse

from jiangxue.accounts.access import SignedRequest
from jiangxue.accounts.errors import NoSuchStaff
from jiangxue.accounts.queries.staff import Held
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.errors import NoSuchOrganisation
from jiangxue.organisations.queries import organisation_for

_PORTALS = {Role.INSTITUTION_ADMINISTRATOR: "institution", Role.SUPERVISOR: "regulator"}


@dataclass(frozen=True, slots=True)
class Where:
    """An organisation, or the platform where its id is None, and the addresses of its staff."""

    organisation_id: int | None
    title: str
    namespace: str
    is_chosen: bool

    def url(self, name: str, *rest: object) -> str:
        """Return the address of a page about this staff."""
        if not self.is_chosen:
            return reverse(f"{self.namespace}:{name}", args=rest)
        of = "organisation" if self.organisation_id is not None else "platform"
        leading = (self.organisation_id,) if self.organisation_id is not None else ()
        return reverse(f"{self.namespace}:{of}_{name}", args=(*leading, *rest))


type View = Callable[..., HttpResponse]
"""A page about some staff: takes the request, where, and what else its address names."""


def of_staff(view: View) -> View:
    """Give a view whose staff it is about; 404 where the viewer may not see the organisation."""

    @wraps(view)
    def wrapper(request: SignedRequest, organisation_id: int | None = None, **rest: object) -> HttpResponse:
        return view(request, _where(request, organisation_id), **rest)

    return wrapper


def _where(request: SignedRequest, organisation_id: int | None) -> Where:
    own = request.membership.organisation
    if request.viewer.role in _PORTALS and own is not None:
        return Where(own.pk, own.name, _PORTALS[request.viewer.role], is_chosen=False)
    if organisation_id is None:
        return Where(None, "", "operator", is_chosen=True)
    try:
        chosen = organisation_for(request.viewer, organisation_id)
    except NoSuchOrganisation:
        raise Http404 from None
    return Where(chosen.pk, chosen.name, "operator", is_chosen=True)


def role_at(
    request: SignedRequest, where: Where, membership_id: int, within_reach: Callable[[Viewer, int], Held]
) -> Held:
    """Return the role that an address names, 404 where it is not within the viewer's reach or of other staff."""
    try:
        held = within_reach(request.viewer, membership_id)
    except NoSuchStaff:
        raise Http404 from None
    if held.organisation_id != where.organisation_id:
        raise Http404
    return held
