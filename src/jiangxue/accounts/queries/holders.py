"""Whose a number is, for those who put people on rosters: found by keyed indexes, never by a list of people."""

from collections.abc import Collection

from jiangxue.accounts.models import Account, Identity

type Known = Account
"""What the domains above call somebody's account."""


def holders_of(indexes: Collection[bytes]) -> dict[bytes, Account]:
    """Return the accounts of identity numbers, by the keyed index of each, for the program itself; nobody registered is missing."""
    found = Identity.objects.filter(id_number_index__in=indexes).select_related("account")
    return {bytes(each.id_number_index): each.account for each in found}


def phones_in_use(indexes: Collection[bytes]) -> frozenset[bytes]:
    """Return those of some mobile numbers, by their keyed indexes, that an account has, for the program itself."""
    taken = Identity.objects.filter(phone_index__in=indexes).values_list("phone_index", flat=True)
    return frozenset(bytes(each) for each in taken if each is not None)


def index_of(account_id: int) -> bytes | None:
    """Return the keyed index of somebody's identity number, for the program itself; None where none is kept."""
    found = Identity.objects.filter(account_id=account_id).values_list("id_number_index", flat=True).first()
    return None if found is None else bytes(found)
