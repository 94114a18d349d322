"""What may be counted of people without opening their numbers."""

from collections.abc import Collection
from datetime import date

from jiangxue.accounts.models import Identity
from jiangxue.accounts.rules.id_types import Sex


def birth_and_sex(account_ids: Collection[int]) -> dict[int, tuple[date | None, Sex | None]]:
    """Return the month of birth, by its first day, and the sex of people as far as their documents tell, for callers who know that these are within the viewer's reach."""
    found = Identity.objects.filter(account__in=account_ids).values_list("account_id", "born_in", "sex")
    return {pk: (born_in, Sex(sex) if sex else None) for pk, born_in, sex in found}
