"""Finding accounts and the roles they hold."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import QuerySet

from jiangxue.accounts.models import Account, Identity, Membership
from jiangxue.accounts.rules import identifiers
from jiangxue.accounts.rules.id_types import spellings
from jiangxue.accounts.rules.identifiers import Kind
from jiangxue.accounts.rules.registered import Registered
from jiangxue.djangokit.sealed import blind_index, reveal
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ui.masking import masked_identity


def account_by_identifier(identifier: str) -> Account | None:
    """Return the account that a phone number, identity number or login name belongs to."""
    wanted = identifiers.normalised(identifier)
    match identifiers.kind_of(wanted):
        case Kind.PHONE:
            found = Account.objects.filter(identity__phone_index=blind_index("phone", wanted))
        case Kind.ID_NUMBER:
            found = _of_numbers([wanted])
        case Kind.LOGIN_NAME:
            # Numbers of other documents look like login names; those of accounts that people open themselves are never chosen.
            named = Account.objects.filter(login_name=wanted.lower()).first()
            return named or _of_numbers(spellings(identifier)).first()
    return found.first()


def _of_numbers(numbers: Iterable[str]) -> QuerySet[Account]:
    indexes = [blind_index("id_number", number) for number in numbers]
    return Account.objects.filter(identity__id_number_index__in=indexes)


def accounts_of_number(said: str) -> list[int]:
    """Return the accounts that are registered with an identity number, however it is typed: one, or none. The caller shows only whom its viewer may see, and logs the act."""
    return list(_of_numbers({identifiers.normalised(said), *spellings(said)}).values_list("pk", flat=True))


def memberships(account_id: int) -> QuerySet[Membership]:
    """Return the roles an account holds, in a fixed order."""
    return Membership.objects.filter(account_id=account_id).select_related("organisation__region").order_by("pk")


def viewer_for(membership: Membership) -> Viewer:
    """Return the viewer that a held role makes of its account."""
    organisation = membership.organisation
    return Viewer(
        account_id=membership.account_id,
        role=Role(membership.role),
        organisation_id=organisation.pk if organisation else None,
        region=organisation.region_id if organisation else None,
    )


def own_numbers(viewer: Viewer) -> tuple[str, str]:
    """Return the viewer's own identity number and phone number in full, empty where none is kept; the caller logs the act."""
    identity = Identity.objects.filter(account_id=viewer.account_id).first()
    if identity is None:
        return "", ""
    return reveal(identity, "id_number"), reveal(identity, "phone") if identity.phone else ""


def password_set_at(account_id: int) -> datetime | None:
    """Return when the present password of an active account was set; None for an account that is not active."""
    return Account.objects.filter(pk=account_id, is_active=True).values_list("password_changed_at", flat=True).first()


def account_id_of(login_name: str) -> int | None:
    """Return the account with exactly this login name, for whoever may search by it."""
    return Account.objects.filter(login_name=login_name.strip().lower()).values_list("pk", flat=True).first()


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """Return the names of accounts, for saying who did something that the viewer may see; a page masks them."""
    return dict(Account.objects.filter(pk__in=account_ids).values_list("pk", "name"))


def registered(account_ids: Collection[int]) -> dict[int, Registered]:
    """Return persons as they are registered, for what is written down of them; no full number leaves this function."""
    identities = Identity.objects.in_bulk(account_ids)
    found = {}
    for account_id, name in names_of(account_ids).items():
        identity = identities.get(account_id)
        number = masked_identity(reveal(identity, "id_number")) if identity else ""
        found[account_id] = Registered(account_id, name, identity.id_type if identity else "", number)
    return found
