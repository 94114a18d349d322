"""Helping colleagues back in who have lost their phone or forgotten their password. Clause M3; decisions 0044, 0047.

No colleague gets in by it: a password is set by a link and the second factor together, a second factor by who knows the password. Who
has neither is invited anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core import signing
from django.db import transaction

from jiangxue.accounts.errors import MayNotManage, NoSecondFactor, NotOnlyOurs, PasswordLinkOver, SecondFactorWrong
from jiangxue.accounts.models import Account, Membership
from jiangxue.accounts.queries import viewer_for
from jiangxue.accounts.queries.second_factor import set_up_at
from jiangxue.accounts.queries.staff import role_watched
from jiangxue.accounts.rules.limits import CODES_BY_PASSWORD_LINK
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.accounts.rules.staff import PASSWORD_LINK_HOLDS, Place, may_manage
from jiangxue.accounts.services import change_password, forgive_failures
from jiangxue.accounts.services.limiting import claim_attempt
from jiangxue.accounts.services.second_factor import forget_second_factor, takes_code
from jiangxue.accounts.services.telling import tell_of_help
from jiangxue.audit import services as audit
from jiangxue.audit.services import REFUSED, Actor
from jiangxue.kernel.clock import from_us, to_us
from jiangxue.kernel.viewer import Role, Viewer

RENEWED, LINKED, SET = "second_factor.reset", "password.link_made", "password.set_by_link"
_SIGNER = signing.Signer(salt="jiangxue.accounts.password_link", sep=".")
_HASH_LENGTH = 16


def renew_second_factor(membership_id: int, *, reason: str, viewer: Viewer, by: Actor, now: datetime) -> None:
    """Let a colleague set up the second factor anew, for a reason.

    Raises `NoSuchStaff`, `MayNotManage` for oneself, `NotOnlyOurs` where the person holds roles that the viewer may not take, or what
    `fit_reason` raises.
    """
    said = fit_reason(reason)
    with _helping(RENEWED, membership_id, viewer=viewer, by=by, now=now) as account_id:
        forget_second_factor(account_id)
        audit.record(RENEWED, by=by, at=now, about=("account", account_id), reason=said)
        tell_of_help(account_id, RENEWED, at=now)


def make_password_link(membership_id: int, *, reason: str, viewer: Viewer, by: Actor, now: datetime) -> str:
    """Return the token of a link by which a colleague sets a new password, for a reason; it holds for a day and until password or second factor change.

    Raises what `renew_second_factor` does, and `NoSecondFactor` where the person has none set up: the link alone would be the account.
    """
    said = fit_reason(reason)
    with _helping(LINKED, membership_id, viewer=viewer, by=by, now=now) as account_id:
        if set_up_at(account_id) is None:
            raise NoSecondFactor
        state = _state_of(Account.objects.get(pk=account_id))
        audit.record(LINKED, by=by, at=now, about=("account", account_id), reason=said)
        tell_of_help(account_id, LINKED, at=now)
    return _SIGNER.sign_object([account_id, viewer.account_id, *state, to_us(now + PASSWORD_LINK_HOLDS)])


@contextmanager
def _helping(help_given: str, membership_id: int, *, viewer: Viewer, by: Actor, now: datetime) -> Iterator[int]:
    """Give the account that a viewer may help, in a transaction; what is refused is recorded."""
    account_id = role_watched(viewer, membership_id).account_id
    if account_id == viewer.account_id:
        raise MayNotManage
    try:
        with transaction.atomic():
            if not _may_help(viewer, account_id):
                raise NotOnlyOurs
            yield account_id
    except (NotOnlyOurs, NoSecondFactor):
        audit.record(help_given, by=by, at=now, about=("account", account_id), result=REFUSED)
        raise


def _may_help(viewer: Viewer, account_id: int) -> bool:
    roles = Membership.objects.filter(account_id=account_id).exclude(role=Role.LEARNER)
    places = [Place(Role(each.role), each.organisation_id) for each in roles]
    is_everywhere = viewer.role is Role.SYSTEM_ADMINISTRATOR
    return bool(places) and (is_everywhere or all(may_manage(viewer, place) for place in places))


def owner_of_link(token: str, *, now: datetime) -> Account:
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
    return account


def set_password_by_link(token: str, *, password: str, code: str, by: Actor, now: datetime) -> Account:
    """Set the password of whom a link is for, after a code of their app or a recovery code; return the account.

    Browsers signed in with the old one are signed out, a lock is lifted. Raises `PasswordLinkOver`, `SecondFactorWrong`, or after ten
    codes for one account within a day `TooManyAttempts`: these are counted apart, so that a link in wrong hands locks nobody out.
    """
    owner = owner_of_link(token, now=now)
    claim_attempt({f"password_link/{owner.pk}": CODES_BY_PASSWORD_LINK}, now=now)
    own = Actor(owner.pk, address=by.address)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=owner.pk)
        account = owner_of_link(token, now=now)
        is_right = takes_code(account.pk, code, by=own, now=now)
        if is_right:
            change_password(account, password=password, by=own, now=now)
            forgive_failures(account.pk)
            audit.record(SET, by=own, at=now, about=("account", account.pk))
            tell_of_help(account.pk, SET, at=now)
    if not is_right:
        audit.record(SET, by=by, at=now, about=("account", account.pk), result=REFUSED)
        raise SecondFactorWrong
    return account


def _state_of(account: Account) -> list[str | int]:
    """Return what a link depends on: a keyed hash of the password's, and since when the second factor holds."""
    since = set_up_at(account.pk)
    return [account.get_session_auth_hash()[:_HASH_LENGTH], to_us(since) if since else 0]
