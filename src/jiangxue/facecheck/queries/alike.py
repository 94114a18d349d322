"""Which stored faces were found to be alike. Clauses T3.2, M6."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from jiangxue.facecheck.models import AlikeFaces


@dataclass(frozen=True, slots=True)
class Alike:
    """Two accounts whose enrolled faces are alike, how much in thousandths, and when that was found."""

    accounts: tuple[int, int]
    permille: int
    found_at: datetime


def alike_faces(account_ids: Iterable[int]) -> list[Alike]:
    """Return what was found of the faces of some accounts, as far as both faces are stored still, in order of time."""
    found = AlikeFaces.objects.filter(Q(one__in=account_ids) | Q(other__in=account_ids)).order_by("found_at", "pk")
    rows = found.values_list("one", "other", "permille", "found_at")
    return [Alike((one, other), permille, found_at) for one, other, permille, found_at in rows]
