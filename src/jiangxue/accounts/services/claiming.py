"""Taking over, by registering, the account that an institution has written one down in. Clauses M1, C3; decision 0036."""

from datetime import datetime

from django.contrib.auth.hashers import is_password_usable, make_password

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.rules.names import is_same_name
from jiangxue.accounts.services import Person
from jiangxue.djangokit.sealed import blind_index, reveal, seal_for
from jiangxue.kernel.viewer import Role


def claimed(person: Person, *, proved: str, now: datetime) -> Account | None:
    """Give somebody who registers the account that was made for them, and return it; None where none waits for them.

    An account waits for one person: of the same name and number, and with the mobile number that was written down, where one was. A phone that
    is somebody else's raises `IntegrityError`, as at an account of one's own. `person.id_number` is as it is kept.
    """
    found = Account.objects.select_for_update(of=("self",)).filter(
        identity__id_number_index=blind_index("id_number", person.id_number), is_active=True, restricted_at=None
    )
    account = found.first()
    if account is None or not _waits_for(account, person, proved):
        return None
    identity = Identity.objects.get(account=account)
    identity.phone, identity.phone_index = None, None
    if person.phone:
        seal_for(identity, "phone", person.phone)
        identity.phone_index = blind_index("phone", person.phone)
    identity.save(update_fields=["phone", "phone_index"])
    account.password, account.password_changed_at = make_password(person.password), now
    account.save(update_fields=["password", "password_changed_at"])
    return account


def _waits_for(account: Account, person: Person, proved: str) -> bool:
    """Say whether nobody has used an account yet and it is this person's; one with a role beside the learner's is given by nobody but its institution."""
    if is_password_usable(account.password) or not is_same_name(account.name, person.name):
        return False
    roles = set(Membership.objects.filter(account=account).values_list("role", flat=True))
    identity = Identity.objects.get(account=account)
    written_down = reveal(identity, "phone") if identity.phone else ""
    return roles == {Role.LEARNER.value} and written_down in ("", proved)
