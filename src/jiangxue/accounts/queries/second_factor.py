"""Whether somebody has set up a second factor. Clause M3."""

from datetime import datetime

from jiangxue.accounts.models import RecoveryCode, SecondFactor
from jiangxue.accounts.rules.second_factor import usable_code
from jiangxue.djangokit.sealed import reveal_bytes


def set_up_at(account_id: int) -> datetime | None:
    """Return since when somebody's second factor holds; None where it is not set up."""
    return SecondFactor.objects.filter(account_id=account_id).values_list("confirmed_at", flat=True).first()


def recovery_codes_left(account_id: int) -> int:
    """Return how many recovery codes somebody has not used yet."""
    return RecoveryCode.objects.filter(account_id=account_id, used_at=None).count()


def shown_code(account_id: int, *, now: datetime) -> str:
    """Return the code that an app of somebody shows now, for a demonstration, which has no phones; empty until the next one where it was used."""
    factor = SecondFactor.objects.filter(account_id=account_id).first()
    if factor is None:
        return ""
    return usable_code(reveal_bytes(factor, "secret"), now=now, used=factor.used_step)
