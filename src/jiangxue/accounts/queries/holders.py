"""Whose a number is already, for lists on which people are written down by others. Clauses C3, M1."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import batched

from django.contrib.auth.hashers import is_password_usable

from jiangxue.accounts.models import Account, Identity
from jiangxue.djangokit.row_security import as_program
from jiangxue.djangokit.sealed import blind_index

_AT_ONCE = 2_000

type Known = Account
"""What the domains above call somebody's account."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is registered with a number.

    `is_claimed`: they have set a password, so the account is theirs; before, it is what an institution wrote down.
    `may_learn`: the account is in use, and its owner has not asked for deletion.
    """

    account_id: int
    name: str
    is_claimed: bool
    may_learn: bool


@as_program()
def holders_of(numbers: Collection[str]) -> dict[str, Holder]:
    """Return whose numbers are, by number as it is kept, for the program itself; nobody's are missing."""
    found: dict[str, Holder] = {}
    for some in batched(numbers, _AT_ONCE):
        by_index = {blind_index("id_number", number): number for number in some}
        for identity in Identity.objects.filter(id_number_index__in=by_index).select_related("account"):
            found[by_index[bytes(identity.id_number_index)]] = _holder(identity.account)
    return found


@as_program()
def phone_holders(phones: Collection[str]) -> dict[str, int]:
    """Return the accounts to which mobile numbers belong, by number, for the program itself; nobody's are missing."""
    return dict(_phone_holders(phones))


def _phone_holders(phones: Collection[str]) -> Iterator[tuple[str, int]]:
    for some in batched(phones, _AT_ONCE):
        by_index = {blind_index("phone", phone): phone for phone in some}
        rows = Identity.objects.filter(phone_index__in=by_index).values_list("phone_index", "account_id")
        yield from ((by_index[bytes(index)], account_id) for index, account_id in rows if index is not None)


def _holder(account: Account) -> Holder:
    return Holder(
        account.pk,
        account.name,
        is_claimed=is_password_usable(account.password),
        may_learn=account.is_active and account.restricted_at is None,
    )


@as_program()
def accounts_of(indexes: Collection[bytes]) -> dict[bytes, Account]:
    """Return the accounts of identity numbers, by the keyed index of each, for the program itself; nobody registered is missing."""
    found = Identity.objects.filter(id_number_index__in=indexes).select_related("account")
    return {bytes(each.id_number_index): each.account for each in found}


@as_program()
def phones_in_use(indexes: Collection[bytes]) -> frozenset[bytes]:
    """Return those of some mobile numbers, by their keyed indexes, that an account has, for the program itself."""
    taken = Identity.objects.filter(phone_index__in=indexes).values_list("phone_index", flat=True)
    return frozenset(bytes(each) for each in taken if each is not None)


@as_program()
def index_of(account_id: int) -> bytes | None:
    """Return the keyed index of somebody's identity number, for the program itself; None where none is kept."""
    found = Identity.objects.filter(account_id=account_id).values_list("id_number_index", flat=True).first()
    return None if found is None else bytes(found)
