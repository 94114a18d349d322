"""Registering those whom an institution puts on a roster: an account without a password, whose person sets one by a code to their mobile number. Clause M1."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.queries.holders import accounts_of
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.services.numbers import write_number
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import blind_index, seal_for
from jiangxue.kernel.ids import new_id
from jiangxue.kernel.viewer import Role


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to have a learner's account: name, document, number as it is kept, and mobile number."""

    name: str
    id_type: IdType
    number: str
    phone: str

    @property
    def index(self) -> bytes:
        """Return the keyed index of the number."""
        return blind_index("id_number", self.number)


@as_program()
@transaction.atomic
def enlist(people: Sequence[Newcomer], *, by: Actor, now: datetime) -> dict[bytes, int]:
    """Return the account of each person by the keyed index of their number, and make those that are missing; who has one becomes a learner too.

    Name and number must have been held together before. Raises `IntegrityError` where a number is registered at the same moment.
    """
    held = {index: account.pk for index, account in accounts_of([each.index for each in people]).items()}
    missing = [each for each in people if each.index not in held]
    accounts = Account.objects.bulk_create(_account(each, now) for each in missing)
    Identity.objects.bulk_create(_identity(account, each) for account, each in zip(accounts, missing, strict=True))
    for account in accounts:
        audit.record("account.enlisted", by=by, at=now, about=("account", account.pk))
    found = held | {each.index: account.pk for account, each in zip(accounts, missing, strict=True)}
    _make_learners(list(found.values()))
    return found


def _account(each: Newcomer, now: datetime) -> Account:
    return Account(
        login_name=f"u{new_id().hex[:12]}",
        name=each.name,
        password=make_password(None),
        created_at=now,
        password_changed_at=now,
    )


def _identity(account: Account, each: Newcomer) -> Identity:
    identity = Identity(account=account, id_type=each.id_type.value)
    write_number(identity, each.number)
    if each.phone:
        seal_for(identity, "phone", each.phone)
        identity.phone_index = blind_index("phone", each.phone)
    return identity


def _make_learners(account_ids: Sequence[int]) -> None:
    learners = Membership.objects.filter(account_id__in=account_ids, role=Role.LEARNER.value)
    are_learners = set(learners.values_list("account_id", flat=True))
    Membership.objects.bulk_create(
        Membership(account_id=pk, role=Role.LEARNER.value) for pk in account_ids if pk not in are_learners
    )
