"""Who somebody is, as pages show it by default: masked. Clause M2."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jiangxue.accounts.models import Account, Identity
from jiangxue.accounts.rules.id_types import IdType, told_by
from jiangxue.djangokit.sealed import reveal
from jiangxue.ui.id_types import ID_TYPES, SEXES
from jiangxue.ui.masking import masked_identity, masked_name, masked_phone


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person's name, account and numbers, masked or in full; a number that is not kept is empty.

    In full it comes with the date of birth and the sex, where the number tells them.
    """

    name: str
    login_name: str
    id_type: str
    id_number: str
    phone: str
    born: date | None = None
    sex: str = ""


def masked_person(account_id: int) -> ShownPerson:
    """Return who somebody is with name and numbers masked and without their account, for themselves or for who has found them within reach."""
    full = person_in_full(account_id)
    return ShownPerson(
        masked_name(full.name), "", full.id_type, masked_identity(full.id_number), masked_phone(full.phone)
    )


def person_in_full(account_id: int) -> ShownPerson:
    """Return who somebody is in full; nobody calls this but the services that log the act."""
    return persons_in_full([account_id])[account_id]


def persons_in_full(account_ids: Collection[int]) -> dict[int, ShownPerson]:
    """Return the same of several, by account."""
    identities = {each.account_id: each for each in Identity.objects.filter(account__in=account_ids)}
    accounts = Account.objects.filter(pk__in=account_ids)
    return {account.pk: _in_full(account, identities.get(account.pk)) for account in accounts}


def _in_full(account: Account, identity: Identity | None) -> ShownPerson:
    if identity is None:
        return ShownPerson(account.name, account.login_name, "", "", "")
    number, phone = reveal(identity, "id_number"), reveal(identity, "phone") if identity.phone else ""
    told = told_by(IdType(identity.id_type), number)
    sex = str(SEXES[told.sex]) if told.sex else ""
    return ShownPerson(account.name, account.login_name, str(ID_TYPES[identity.id_type]), number, phone, told.born, sex)


def id_type_of(account_id: int) -> IdType:
    """Return which document somebody is registered with; a resident identity card where none is kept."""
    found = Identity.objects.filter(account_id=account_id).values_list("id_type", flat=True).first()
    return IdType(found) if found else IdType.RESIDENT
