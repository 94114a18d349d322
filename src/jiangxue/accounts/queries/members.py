"""Who works for an institution."""

from collections.abc import Collection

from django.db.models import QuerySet

from jiangxue.accounts.models import Account, Membership
from jiangxue.kernel.viewer import Role

TEACHING = (Role.HEAD_TEACHER, Role.TEACHER)


def staff_of(organisation_id: int, roles: Collection[Role] = TEACHING) -> QuerySet[Account]:
    """Return the active accounts that hold one of some roles for an institution, by name, for callers who know that it is the viewer's."""
    held = Membership.objects.filter(organisation_id=organisation_id, role__in=[role.value for role in roles])
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True).order_by("name", "pk")
