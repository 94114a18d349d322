"""Accounts of people whom an institution writes down: nobody's password, no consent assumed. Clauses C3, M1; decision 0036.

Such an account is claimed by its owner: by a code to the mobile number and the end of the identity number (`recovering`), or by
registering with the same name and number (`registering`).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.hashers import is_password_usable
from django.db import IntegrityError, transaction

from jiangxue.accounts.errors import NumberUnderOtherName, Restricted
from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.queries.holders import phone_holders
from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.names import is_same_name, tidied_name
from jiangxue.accounts.rules.number_flaws import fit_number
from jiangxue.accounts.services import Person, create_account
from jiangxue.accounts.services.codes import phone_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import blind_index, seal_for
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """Whom an institution writes down: name, document and number, and a mobile number, empty where it knows none."""

    name: str
    id_type: IdType
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The account of somebody who was written down, and whether it was made for that."""

    account_id: int
    is_new: bool


@as_program()
@transaction.atomic
def account_of(who: WrittenDown, *, by: Actor, now: datetime) -> Admitted:
    """Return the learner's account of a number, made where there is none; a mobile number that is somebody else's is left out.

    What stands in an account is not changed by what others write down. Raises `NameUnfit`, `NumberUnfit` or `NotAPhone`,
    `NumberUnderOtherName`, and `Restricted` where the account is closed or its owner has asked for deletion.
    """
    fit = WrittenDown(
        fit_name(tidied_name(who.name)),
        who.id_type,
        fit_number(who.id_type, who.id_number, learning_day(now)),
        phone_of(who.phone) if who.phone else "",
    )
    account = _holder(fit)
    if account is None:
        account = _made(fit, by, now)
        if account is not None:
            return Admitted(account.pk, is_new=True)
        account = _holder(fit)  # another institution has made it in this moment
        assert account is not None
    if not is_same_name(account.name, fit.name):
        raise NumberUnderOtherName
    if not account.is_active or account.restricted_at is not None:
        raise Restricted
    Membership.objects.get_or_create(account=account, role=Role.LEARNER.value, organisation=None)
    return Admitted(account.pk, is_new=False)


@as_program()
@transaction.atomic
def write_phone(account_id: int, *, phone: str, by: Actor, now: datetime) -> bool:
    """Keep another mobile number of somebody who has not claimed their account yet; say whether it was: not one of somebody else, nor once it is theirs.

    The caller answers for it that nobody else has written them down.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    wanted = phone_of(phone)
    if is_password_usable(account.password) or phone_holders([wanted]):
        return False
    identity = Identity.objects.get(account=account)
    seal_for(identity, "phone", wanted)
    identity.phone_index = blind_index("phone", wanted)
    try:
        with transaction.atomic():
            identity.save(update_fields=["phone", "phone_index"])
    except IntegrityError:  # somebody has taken it in this moment
        return False
    audit.record("phone.written_down", by=by, at=now, about=("account", account_id))
    return True


def _holder(who: WrittenDown) -> Account | None:
    return Account.objects.filter(identity__id_number_index=blind_index("id_number", who.id_number)).first()


def _made(who: WrittenDown, by: Actor, now: datetime) -> Account | None:
    """Make the account; None where somebody else has made it in this moment."""
    if who.phone and phone_holders([who.phone]):
        who = replace(who, phone="")
    person = Person(f"u{new_id().hex[:12]}", who.name, None, who.id_number, who.phone, who.id_type)
    try:
        with transaction.atomic():
            account = create_account(person, roles=[(Role.LEARNER, None)], now=now)
    except IntegrityError:
        if _holder(who) is not None:
            return None
        if not who.phone:
            raise
        return _made(replace(who, phone=""), by, now)  # somebody has taken the phone in this moment
    audit.record("account.written_down", by=by, at=now, about=("account", account.pk))
    return account
