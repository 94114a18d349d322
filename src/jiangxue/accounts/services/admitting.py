"""Accounts of people whom an institution writes down, many at once: nobody's password, no consent assumed. Clauses C3, M1; decision 0036.

Such an account is claimed by its owner: by a code to the mobile number and the end of the identity number (`recovering`), or by
registering with the same name and number (`registering`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import is_password_usable, make_password
from django.db import transaction

from jiangxue.accounts.errors import AccountRefusal, NumberUnderOtherName, Restricted
from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.queries.holders import accounts_of, phones_in_use
from jiangxue.accounts.rules.corrections import fit_name
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.names import is_same_name, tidied_name
from jiangxue.accounts.rules.number_flaws import fit_number
from jiangxue.accounts.services.codes import phone_of
from jiangxue.accounts.services.numbers import take_turns, write_number
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

    @property
    def index(self) -> bytes:
        """Return the keyed index of the number."""
        return blind_index("id_number", self.id_number)

    @property
    def phone_index(self) -> bytes | None:
        """Return the keyed index of the mobile number."""
        return blind_index("phone", self.phone) if self.phone else None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The account of somebody who was written down, whether it was made for that, and whether it then has the mobile number."""

    account_id: int
    is_new: bool
    has_phone: bool = True


type Outcome = Admitted | AccountRefusal
"""What comes of one person: an account, or why there is none."""


@as_program()
@transaction.atomic
def admit(people: Sequence[WrittenDown], *, by: Actor, now: datetime) -> list[Outcome]:
    """Return for each person, in their order, the learner's account of the number, made where there is none, or the refusal; in as many statements for many as for one.

    A mobile number that is somebody else's is left out; what stands in an account is not changed by what others write down. The refusals:
    `NameUnfit`, `NumberUnfit` or `NotAPhone`, `NumberUnderOtherName`, and `Restricted` where the account is closed or its owner has
    asked for deletion.
    """
    read = [_read(who, learning_day(now)) for who in people]
    fit = {each.index: each for each in reversed(read) if isinstance(each, WrittenDown)}
    take_turns([*fit, *(each.phone_index for each in fit.values() if each.phone_index)])
    held = accounts_of(fit)
    made = _made([each for index, each in fit.items() if index not in held], by, now)
    accounts = held | {index: each.account for index, each in made.items()}
    outcomes = [_outcome(each, accounts, made) if isinstance(each, WrittenDown) else each for each in read]
    _make_learners({each.account_id for each in outcomes if isinstance(each, Admitted)})
    return outcomes


@as_program()
@transaction.atomic
def write_phones(phones: Mapping[int, str], *, by: Actor, now: datetime) -> frozenset[int]:
    """Keep other mobile numbers of people, by account, who have not claimed theirs yet, and return whose: not one of somebody else, nor once the account is its owner's.

    The caller answers for it that nobody else has written them down.
    """
    wanted = {account_id: phone_of(phone) for account_id, phone in phones.items()}
    indexes = {account_id: blind_index("phone", phone) for account_id, phone in wanted.items()}
    take_turns(indexes.values())
    taken = set(phones_in_use(indexes.values()))
    waiting = []
    for account in Account.objects.select_for_update().filter(pk__in=wanted).order_by("pk"):
        index = indexes[account.pk]
        if not is_password_usable(account.password) and index not in taken:
            taken.add(index)
            waiting.append(account.pk)
    rows = list(Identity.objects.filter(account_id__in=waiting))
    for row in rows:
        seal_for(row, "phone", wanted[row.pk])
        row.phone_index = indexes[row.pk]
    Identity.objects.bulk_update(rows, ["phone", "phone_index"])
    audit.record_each("phone.written_down", by=by, at=now, about=("account", waiting))
    return frozenset(waiting)


def _read(who: WrittenDown, today: date) -> WrittenDown | AccountRefusal:
    """Return somebody as they are kept, or what is wrong with them."""
    try:
        return WrittenDown(
            fit_name(tidied_name(who.name)),
            who.id_type,
            fit_number(who.id_type, who.id_number, today),
            phone_of(who.phone) if who.phone else "",
        )
    except AccountRefusal as refusal:
        return refusal


def _outcome(who: WrittenDown, accounts: Mapping[bytes, Account], made: Mapping[bytes, Identity]) -> Outcome:
    account, identity = accounts[who.index], made.get(who.index)
    if not is_same_name(account.name, who.name):
        return NumberUnderOtherName()
    if not account.is_active or account.restricted_at is not None:
        return Restricted()
    return Admitted(account.pk, identity is not None, identity is None or identity.phone is not None)


def _made(people: Iterable[WrittenDown], by: Actor, now: datetime) -> dict[bytes, Identity]:
    """Make accounts, in the order of their numbers; of two with one mobile number the first has it."""
    new = sorted(people, key=lambda each: each.index)
    taken = set(phones_in_use([each.phone_index for each in new if each.phone_index]))
    accounts = Account.objects.bulk_create(_account(each, now) for each in new)
    identities = {}
    for account, each in zip(accounts, new, strict=True):
        identities[each.index] = _identity(account, each, is_phone_theirs=each.phone_index not in taken)
        if each.phone_index:
            taken.add(each.phone_index)
    Identity.objects.bulk_create(identities.values())
    audit.record_each("account.written_down", by=by, at=now, about=("account", [each.pk for each in accounts]))
    return identities


def _account(each: WrittenDown, now: datetime) -> Account:
    return Account(
        login_name=f"u{new_id().hex[:12]}",
        name=each.name,
        password=make_password(None),
        created_at=now,
        password_changed_at=now,
    )


def _identity(account: Account, each: WrittenDown, *, is_phone_theirs: bool) -> Identity:
    identity = Identity(account=account, id_type=each.id_type.value)
    write_number(identity, each.id_number)
    if each.phone and is_phone_theirs:
        seal_for(identity, "phone", each.phone)
        identity.phone_index = each.phone_index
    return identity


def _make_learners(account_ids: Iterable[int]) -> None:
    Membership.objects.bulk_create(
        (Membership(account_id=pk, role=Role.LEARNER.value) for pk in sorted(account_ids)), ignore_conflicts=True
    )
