"""Inviting people to work for an organisation or the platform, and taking roles back (人员管理). Clause M3; decision 0044."""

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from jiangxue.accounts.errors import (
    AlreadyHeld,
    InvitationOver,
    LastOfRole,
    LoginNameTaken,
    MayNotManage,
    Restricted,
    StillNeeded,
    TooManyInvitations,
)
from jiangxue.accounts.models import Account, Invitation, Membership
from jiangxue.accounts.queries.staff import (
    given_in,
    held_role,
    invitation_by,
    open_invitations,
    token_index,
)
from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.staff import KEPT_BY_SOMEBODY, MOST_OPEN, TOKEN_BYTES, Place, may_manage
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.erasing import lock_account
from jiangxue.accounts.services.telling import tell_of_acceptance
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.ids import new_secret
from jiangxue.kernel.viewer import Role, Viewer


@dataclass(frozen=True, slots=True)
class NewColleague:
    """What somebody without an account chooses who accepts an invitation."""

    login_name: str
    name: str
    password: str


@transaction.atomic
def invite(place: Place, *, name: str, viewer: Viewer, by: Actor, now: datetime) -> str:
    """Return the token of a link by which somebody takes a role, readable this once; raises `MayNotManage`, `TooManyInvitations` or what `fit_name` raises."""
    if place.role not in given_in(viewer, place.organisation_id):
        raise MayNotManage
    lock_until_commit(blind_index("invitations", str(place.organisation_id)))
    if open_invitations(viewer, place.organisation_id, now=now).count() >= MOST_OPEN:
        raise TooManyInvitations
    token = b32encode(new_secret(TOKEN_BYTES)).decode()
    made = Invitation.objects.create(
        role=place.role.value,
        organisation_id=place.organisation_id,
        name=fit_name(name),
        token_index=token_index(token),
        invited_by_id=viewer.account_id,
        made_at=now,
    )
    audit.record("invitation.made", by=by, at=now, about=("invitation", made.pk))
    return token


@transaction.atomic
def take_back(invitation_id: int, *, organisation_id: int | None, viewer: Viewer, by: Actor, now: datetime) -> None:
    """Let an open invitation hold no longer; raises `InvitationOver`."""
    mine = open_invitations(viewer, organisation_id, now=now).filter(pk=invitation_id)
    invitation = mine.select_for_update(of=("self",)).first()
    if invitation is None:
        raise InvitationOver
    invitation.ended_at = now
    invitation.save(update_fields=["ended_at"])
    audit.record("invitation.taken_back", by=by, at=now, about=("invitation", invitation.pk))


@transaction.atomic
def join(token: str, account: Account, *, by: Actor, now: datetime) -> Membership:
    """Let somebody signed in take the role that a link offers; raises `InvitationOver`, `AlreadyHeld`, or `Restricted` where they have asked for deletion."""
    lock_account(account.pk)
    invitation = _locked(token, now)
    if Account.objects.filter(pk=account.pk, restricted_at__isnull=False).exists():
        raise Restricted
    try:
        with transaction.atomic():
            held = Membership.objects.create(
                account=account, role=invitation.role, organisation_id=invitation.organisation_id
            )
    except IntegrityError:
        raise AlreadyHeld from None
    _end(invitation, account, by, now)
    return held


@transaction.atomic
def join_newly(token: str, who: NewColleague, *, by: Actor, now: datetime) -> Account:
    """Make an account for the role that a link offers; raises `InvitationOver`, `LoginNameTaken`, or what `fit_name` raises."""
    invitation = _locked(token, now)
    person = Person(login_name=who.login_name, name=fit_name(who.name), password=who.password)
    try:
        with transaction.atomic():
            account = create_account(person, roles=[(Role(invitation.role), invitation.organisation_id)], now=now)
    except IntegrityError:
        raise LoginNameTaken from None
    _end(invitation, account, Actor(account.pk, Role(invitation.role), by.address), now)
    return account


def _locked(token: str, now: datetime) -> Invitation:
    Invitation.objects.select_for_update().filter(token_index=token_index(token)).first()
    invitation = invitation_by(token, now=now)
    giver = Membership.objects.filter(account_id=invitation.invited_by_id, account__is_active=True)
    place = Place(Role(invitation.role), invitation.organisation_id)
    if not any(may_manage(_viewer_of(held), place) for held in giver):
        raise InvitationOver  # whoever invited may not give this any more
    return invitation


def _viewer_of(held: Membership) -> Viewer:
    return Viewer(held.account_id, Role(held.role), held.organisation_id)


def _end(invitation: Invitation, account: Account, by: Actor, now: datetime) -> None:
    invitation.account, invitation.ended_at = account, now
    invitation.save(update_fields=["account", "ended_at"])
    audit.record("invitation.accepted", by=by, at=now, about=("account", account.pk))
    tell_of_acceptance(invitation, at=now)


@transaction.atomic
def end_role(membership_id: int, *, viewer: Viewer, needed_for: Sequence[str], by: Actor, now: datetime) -> Membership:
    """Take a role from somebody, at once on all their devices.

    Raises `NoSuchStaff`; `LastOfRole` where nobody could give it again; `StillNeeded` with what the caller says that the person is needed for.
    """
    held = held_role(viewer, membership_id)
    lock_until_commit(blind_index("staff", f"{held.role}/{held.organisation_id}"))
    held = held_role(viewer, membership_id)  # who has waited may find it taken
    in_place = Q(organisation_id=held.organisation_id)
    others = Membership.objects.filter(in_place, role=held.role, account__is_active=True)
    if Role(held.role) in KEPT_BY_SOMEBODY and not others.exclude(pk=held.pk).exists():
        raise LastOfRole
    if needed_for:
        raise StillNeeded(needed_for)
    ended = Membership(pk=held.pk, account=held.account, role=held.role, organisation_id=held.organisation_id)
    held.delete()
    audit.record("role.ended", by=by, at=now, about=("account", ended.account_id))
    return ended
