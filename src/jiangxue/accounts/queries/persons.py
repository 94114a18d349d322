"""Who somebody is, as pages show it by default: masked. Clause M2."""

from dataclasses import dataclass

from jiangxue.accounts.models import Account, Identity
from jiangxue.djangokit.sealed import reveal
from jiangxue.ui.masking import masked_identity, masked_name, masked_phone


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person's name, account and numbers, masked or in full; a number that is not kept is empty."""

    name: str
    login_name: str
    id_type: str
    id_number: str
    phone: str


def masked_person(account_id: int) -> ShownPerson:
    """Return who somebody is with name and numbers masked and without their account, for themselves or for who has found them within reach."""
    full = person_in_full(account_id)
    return ShownPerson(
        masked_name(full.name), "", full.id_type, masked_identity(full.id_number), masked_phone(full.phone)
    )


def person_in_full(account_id: int) -> ShownPerson:
    """Return who somebody is in full; nobody calls this but the services that log the act."""
    account = Account.objects.get(pk=account_id)
    identity = Identity.objects.filter(account_id=account_id).first()
    if identity is None:
        return ShownPerson(account.name, account.login_name, "", "", "")
    number, phone = reveal(identity, "id_number"), reveal(identity, "phone") if identity.phone else ""
    return ShownPerson(account.name, account.login_name, identity.get_id_type_display(), number, phone)
