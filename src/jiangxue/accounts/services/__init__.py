"""Making accounts, signing in, changing passwords and roles."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import BoundedSemaphore

from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from jiangxue.accounts.errors import NumberUnfit, RoleNotHeld, WrongCredentials
from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.queries import account_by_identifier, memberships
from jiangxue.accounts.rules import identifiers
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.number_flaws import fit_number
from jiangxue.accounts.services.locking import claim_guess, forgive
from jiangxue.accounts.services.numbers import take_turns, write_number
from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM, REFUSED, Actor
from jiangxue.djangokit.sealed import blind_index, seal_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role

HASHES_AT_ONCE = 2
"""Passwords that one process hashes at a time: hashing is slow by design, and must not take every processor from the learners."""
_HASHING = BoundedSemaphore(HASHES_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Person:
    """What a new account is made of; `id_number` and `phone` in any form that people type; without a password nobody signs in until one is set."""

    login_name: str
    name: str
    password: str | None
    id_number: str = ""
    phone: str = ""
    id_type: IdType = IdType.RESIDENT


@transaction.atomic
def create_account(person: Person, *, roles: Iterable[tuple[Role, int | None]], now: datetime) -> Account:
    """Make an account with its roles, each a (role, organisation id); a number in use raises `IntegrityError`.

    A wrong number raises `ValueError`, and so does a phone number without an identity number: it would belong to nobody.
    """
    account = Account.objects.create(
        login_name=person.login_name,
        name=person.name,
        password=make_password(person.password),
        created_at=now,
        password_changed_at=now,
    )
    if person.id_number or person.phone:
        _keep_identity(account, person, learning_day(now))
    Membership.objects.bulk_create(
        Membership(account=account, role=role, organisation_id=organisation_id) for role, organisation_id in roles
    )
    audit.record("account.created", by=PROGRAM, at=now, about=("account", account.pk))
    return account


def _keep_identity(account: Account, person: Person, today: date) -> None:
    try:
        number = fit_number(person.id_type, person.id_number, today)
    except NumberUnfit:
        raise ValueError("not a number of this kind of document") from None
    identity = Identity(account=account, id_type=person.id_type.value)
    write_number(identity, number)
    if person.phone:
        phone = identifiers.normalised(person.phone)
        if not identifiers.is_phone(phone):
            raise ValueError("not a mobile number")
        seal_for(identity, "phone", phone)
        identity.phone_index = blind_index("phone", phone)
    take_turns(bytes(index) for index in (identity.id_number_index, identity.phone_index) if index)
    identity.save(force_insert=True)


def sign_in(*, identifier: str, password: str, address: str | None, now: datetime) -> Account:
    """Return the account that may sign in, or raise `SignInLocked` or `WrongCredentials`; every attempt is audited."""
    by = Actor(address=address)
    key = _lock_key(identifier)
    claim_guess(key, by=by, now=now)
    with _HASHING:
        account = authenticate(identifier=identifier, password=password)
    if not isinstance(account, Account):
        audit.record("sign_in", by=by, at=now, result=REFUSED)
        raise WrongCredentials
    forgive(key)
    audit.record("sign_in", by=replace(by, account_id=account.pk), at=now)
    return account


def confirm_password(account: Account, *, password: str, by: Actor, now: datetime) -> None:
    """Ask a signed-in person for the password again; raises `SignInLocked` or `WrongCredentials`, and counts as signing in does."""
    key = _lock_key(account.login_name)
    claim_guess(key, by=by, now=now)
    with _HASHING:
        right = check_password(password, account.password)
    if not right:
        audit.record("password.confirmed", by=by, at=now, result=REFUSED)
        raise WrongCredentials
    forgive(key)


def _lock_key(identifier: str) -> bytes:
    """Return one key for all ways to name an account, so that three names do not give three times the guesses."""
    account = account_by_identifier(identifier)
    named = f"account:{account.pk}" if account else identifiers.normalised(identifier).lower()
    return blind_index("sign_in", named)


def forgive_failures(account_id: int) -> None:
    """Lift the lock of an account whose owner has proved who they are in another way."""
    forgive(blind_index("sign_in", f"account:{account_id}"))


@transaction.atomic
def change_password(account: Account, *, password: str, by: Actor, now: datetime) -> None:
    """Set a new password; browser sessions signed in with the old one end."""
    account.password = make_password(password)
    account.password_changed_at = now
    account.save(update_fields=["password", "password_changed_at"])
    audit.record("password.changed", by=by, at=now)


def choose_role(*, account_id: int, membership_id: int, now: datetime) -> Membership:
    """Return the held role to look through from now on, or raise `RoleNotHeld`."""
    membership = memberships(account_id).filter(pk=membership_id).first()
    if membership is None:
        audit.record("role.chosen", by=Actor(account_id), at=now, result=REFUSED)
        raise RoleNotHeld
    audit.record("role.chosen", by=Actor(account_id, membership.role), at=now)
    return membership
