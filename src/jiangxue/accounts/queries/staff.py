"""Who works for an organisation or the platform, and who is invited to. Clause M3."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from jiangxue.accounts.errors import InvitationOver, NoSuchStaff
from jiangxue.accounts.models import Account, Invitation, Membership, SecondFactor
from jiangxue.accounts.rules.second_factor import typed_code
from jiangxue.accounts.rules.staff import INVITATION_HOLDS, Place, is_of, is_open, may_manage, may_renew
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.organisations.queries import is_authority, organisation_for

type Offer = Invitation
"""What the portals call an invitation that is open."""
type Held = Membership
"""What the portals call a role that somebody holds."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody on the staff: their roles there as far as the viewer may know of them, and since when their second factor is set up."""

    account: Account
    roles: list[Membership]
    second_factor_since: datetime | None
    is_viewer: bool


def colleagues(viewer: Viewer, organisation_id: int | None, *, named: str = "") -> list[Colleague]:
    """Return whom the viewer may help back in, in an organisation or on the platform where that is None, by name; nobody to others."""
    held = _watched(viewer, organisation_id)
    if named:
        held = held.filter(Q(account__name__icontains=named) | Q(account__login_name=named))
    rows = list(held.select_related("account", "organisation").order_by("account__name", "account_id", "pk"))
    since = dict(
        SecondFactor.objects.filter(account__in={row.account_id for row in rows}).values_list(
            "account_id", "confirmed_at"
        )
    )
    by_account: dict[int, list[Membership]] = {}
    for row in rows:
        by_account.setdefault(row.account_id, []).append(row)
    return [
        Colleague(roles[0].account, roles, since.get(pk), pk == viewer.account_id) for pk, roles in by_account.items()
    ]


def _watched(viewer: Viewer, organisation_id: int | None) -> QuerySet[Membership]:
    roles = [role for role in Role if may_renew(viewer, Place(role, organisation_id))]
    return Membership.objects.filter(Q(organisation_id=organisation_id), role__in=roles)


def taken_in(viewer: Viewer, organisation_id: int | None) -> list[Role]:
    """Return the roles that a viewer may take in an organisation, or on the platform where that is None."""
    return [role for role in Role if may_manage(viewer, Place(role, organisation_id))]


def given_in(viewer: Viewer, organisation_id: int | None) -> list[Role]:
    """Return the roles that a viewer may give there: of those that they may take, the ones that such an organisation has."""
    roles = taken_in(viewer, organisation_id)
    if organisation_id is None or not roles:
        return roles
    authority = is_authority(organisation_id)
    return [role for role in roles if is_of(role, authority=authority)]


def held_role(viewer: Viewer, membership_id: int) -> Membership:
    """Return a role that somebody holds and the viewer may take, or raise `NoSuchStaff`."""
    found = role_watched(viewer, membership_id)
    if not may_manage(viewer, Place(Role(found.role), found.organisation_id)):
        raise NoSuchStaff
    return found


def role_watched(viewer: Viewer, membership_id: int) -> Membership:
    """Return a role of somebody whom the viewer may help back in, or raise `NoSuchStaff`."""
    found = Membership.objects.filter(pk=membership_id).select_related("account", "organisation").first()
    if found is None or not may_renew(viewer, Place(Role(found.role), found.organisation_id)):
        raise NoSuchStaff
    return found


def staff_by_role(viewer: Viewer, organisation_id: int) -> dict[Role, list[str]]:
    """Return the names of who works at an organisation that the viewer may see, by role, for pages that mask them; raises `NoSuchOrganisation`."""
    organisation = organisation_for(viewer, organisation_id)
    held = Membership.objects.filter(organisation=organisation, account__is_active=True).select_related("account")
    names: dict[Role, list[str]] = {}
    for row in held.order_by("account__name", "account_id"):
        names.setdefault(Role(row.role), []).append(row.account.name)
    return {role: names[role] for role in Role if role in names}


def open_invitations(viewer: Viewer, organisation_id: int | None, *, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that the viewer may take back, the newest first."""
    roles = taken_in(viewer, organisation_id)
    found = Invitation.objects.filter(Q(organisation_id=organisation_id), role__in=roles, ended_at=None)
    return found.filter(made_at__gt=now - INVITATION_HOLDS).select_related("invited_by").order_by("-made_at", "-pk")


def invitation_by(token: str, *, now: datetime) -> Invitation:
    """Return the open invitation that a link leads to, or raise `InvitationOver`."""
    found = Invitation.objects.filter(token_index=token_index(token)).select_related("organisation", "invited_by")
    invitation = found.first()
    if invitation is None or invitation.ended_at is not None or not is_open(invitation.made_at, now):
        raise InvitationOver
    return invitation


def token_index(token: str) -> bytes:
    """Return the keyed index under which an invitation is found."""
    return blind_index("invitation", typed_code(token))
