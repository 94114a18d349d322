"""Helping colleagues back in who have lost their phone or forgotten their password. Clause M3; decisions 0044, 0047.

A password is set by its owner alone: a colleague makes the link, the owner gives their second factor with the new password. So a
colleague who made both the link and room for a new second factor would have the account; within a week nobody does both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction

from jiangxue.accounts.errors import AnotherHasTo, MayNotManage, NotOnlyOurs, PasswordLinkOver
from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import viewer_for
from jiangxue.accounts.queries.second_factor import set_up_at
from jiangxue.accounts.queries.staff import role_watched
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.accounts.rules.staff import PASSWORD_LINK_HOLDS, TWO_PERSONS_FOR, Place, may_manage
from jiangxue.accounts.services import change_password, forgive_failures
from jiangxue.accounts.services.second_factor import confirm_code, forget_second_factor
from jiangxue.accounts.services.telling import tell_of_password_link
from jiangxue.audit import services as audit
from jiangxue.audit.queries import has_done
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.sealed import blind_index
from jiangxue.kernel.clock import from_us, to_us
from jiangxue.kernel.viewer import Role, Viewer

RENEWED = "second_factor.reset"
LINKED = "password.link_made"
_OTHER = {RENEWED: LINKED, LINKED: RENEWED}
_SIGNER = signing.Signer(salt="jiangxue.accounts.password_link", sep=".")
_HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """Whose password a link sets, and whether their second factor is asked for: it is, where they have set one up."""

    account: Account
    asks_for_code: bool


def renew_second_factor(membership_id: int, *, reason: str, viewer: Viewer, by: Actor, now: datetime) -> None:
    """Let a colleague set up the second factor anew, for a reason.

    Raises `NoSuchStaff`, `MayNotManage` for oneself, `NotOnlyOurs` where the person holds roles that the viewer may not take, `AnotherHasTo`
    where the viewer has made them a password link lately, or what `fit_reason` raises.
    """
    said = fit_reason(reason)
    with _helping(RENEWED, membership_id, viewer=viewer, by=by, now=now) as account_id:
        forget_second_factor(account_id)
        audit.record(RENEWED, by=by, at=now, about=("account", account_id), reason=said)


def make_password_link(membership_id: int, *, reason: str, viewer: Viewer, by: Actor, now: datetime) -> str:
    """Return the token of a link by which a colleague sets a new password, for a reason; it holds for a day and until the password is changed.

    Raises what `renew_second_factor` does, `AnotherHasTo` where the viewer has let them set up the second factor anew lately.
    """
    said = fit_reason(reason)
    with _helping(LINKED, membership_id, viewer=viewer, by=by, now=now) as account_id:
        account = Account.objects.get(pk=account_id)
        until = now + PASSWORD_LINK_HOLDS
        audit.record(LINKED, by=by, at=now, about=("account", account_id), reason=said)
        tell_of_password_link(account_id, at=now)
        return _SIGNER.sign_object([account_id, viewer.account_id, *_state_of(account), to_us(until)])


@contextmanager
def _helping(act: str, membership_id: int, *, viewer: Viewer, by: Actor, now: datetime) -> Iterator[int]:
    """Give the account that a viewer may help in this way, in a transaction; what is refused is recorded."""
    account_id = role_watched(viewer, membership_id).account_id
    try:
        with transaction.atomic():
            lock_until_commit(blind_index("helping", str(account_id)))
            _require_theirs(act, account_id, viewer, now)
            yield account_id
    except (NotOnlyOurs, AnotherHasTo):
        audit.record(act, by=by, at=now, about=("account", account_id), result=REFUSED)
        raise


def _require_theirs(act: str, account_id: int, viewer: Viewer, now: datetime) -> None:
    if account_id == viewer.account_id:
        raise MayNotManage
    if not _may_help(viewer, account_id):
        raise NotOnlyOurs
    if has_done(viewer.account_id, _OTHER[act], ("account", [account_id]), since=now - TWO_PERSONS_FOR):
        raise AnotherHasTo


def _may_help(viewer: Viewer, account_id: int) -> bool:
    roles = Membership.objects.filter(account_id=account_id).exclude(role=Role.LEARNER)
    places = [Place(Role(each.role), each.organisation_id) for each in roles]
    is_everywhere = viewer.role is Role.SYSTEM_ADMINISTRATOR
    return bool(places) and (is_everywhere or all(may_manage(viewer, place) for place in places))


def password_link(token: str, *, now: datetime) -> PasswordLink:
    """Return whose password a link sets, or raise `PasswordLinkOver`: too old, used, made void by another change, or by who may not make it any more."""
    try:
        account_id, made_by_id, *state, until_us = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise PasswordLinkOver from None
    account = Account.objects.filter(pk=account_id, is_active=True, restricted_at=None).first()
    if account is None or now >= from_us(until_us) or _state_of(account) != state:
        raise PasswordLinkOver
    makers = Membership.objects.filter(account_id=made_by_id, account__is_active=True).select_related("organisation")
    if not any(_may_help(viewer_for(held), account_id) for held in makers):
        raise PasswordLinkOver
    return PasswordLink(account, set_up_at(account_id) is not None)


def set_password_by_link(token: str, *, password: str, code: str, by: Actor, now: datetime) -> Account:
    """Set the password of whom a link is for, after a code of their app or a recovery code where they have a second factor.

    Browsers signed in with the old one are signed out, a lock is lifted. Raises `PasswordLinkOver`, `SignInLocked` or `SecondFactorWrong`.
    """
    link = password_link(token, now=now)
    own = Actor(link.account.pk, address=by.address)
    if link.asks_for_code:
        confirm_code(link.account, code=code, by=own, now=now)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=link.account.pk)
        held = password_link(token, now=now)
        change_password(held.account, password=password, by=own, now=now)
        forgive_failures(held.account.pk)
        audit.record("password.set_by_link", by=own, at=now, about=("account", held.account.pk))
    return held.account


def _state_of(account: Account) -> list[str | int]:
    """Return what a link depends on: a keyed hash of the password's, and since when the second factor holds."""
    since = set_up_at(account.pk)
    return [account.get_session_auth_hash()[:_HASH_LENGTH], to_us(since) if since else 0]
