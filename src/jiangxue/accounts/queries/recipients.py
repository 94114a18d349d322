"""Whom to tell what waits: the active accounts that hold a role somewhere, for the program itself. Clause C5."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from jiangxue.accounts.models import Membership
from jiangxue.kernel.viewer import EXCLUSIVE_ROLES, Role

PLATFORM = None
"""Stands for no organisation: roles of the platform itself."""


def holders_of(*roles: Role, organisation_id: int | None) -> set[int]:
    """Return the active accounts that hold one of some roles in an organisation, or in the platform itself (`PLATFORM`)."""
    where = Q(organisation=None) if organisation_id is PLATFORM else Q(organisation=organisation_id)
    return _active(Membership.objects.filter(where, role__in=roles))


def administrators(*roles: Role) -> set[int]:
    """Return the active accounts of the three administrators, or of those of them that are named."""
    return holders_of(*(roles or EXCLUSIVE_ROLES), organisation_id=PLATFORM)


def supervisors_over(region: str) -> set[int]:
    """Return the active accounts of the supervisors who answer for a region: its own and those of wider ones."""
    within = [region[:length] for length in range(1, len(region) + 1)]
    return _active(Membership.objects.filter(role=Role.SUPERVISOR, organisation__region_id__in=within))


def supervisors_nearest(region: str, *, without: Collection[int] = ()) -> set[int]:
    """Return the active accounts of the supervisors who answer for the narrowest region around one that has any beside `without`.

    Whoever answers for a wider region sees what waits there without being told of each thing.
    """
    for length in range(len(region), 0, -1):
        held = Membership.objects.filter(role=Role.SUPERVISOR, organisation__region_id=region[:length])
        if found := _active(held) - set(without):
            return found
    return set()


def _active(held: QuerySet[Membership]) -> set[int]:
    return set(held.filter(account__is_active=True).values_list("account_id", flat=True))
