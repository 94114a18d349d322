"""Counting what may not be tried without end. Clauses M1, M3."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.errors import TooManyAttempts
from jiangxue.accounts.models import CountedAttempt
from jiangxue.accounts.rules.limits import KEPT, Limits, refused_until
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.djangokit.sealed import blind_index


def claim_attempt(limits: Mapping[str, Limits], *, now: datetime) -> None:
    """Count an attempt under each name before it is heard, or raise `TooManyAttempts` and count it under none.

    A name says what is tried and with what, such as `register/address/10.0.0.1`; it is kept as a keyed index alone.
    Attempts under one name wait for each other, so that a hundred at once do not outrun the count.
    """
    keys = sorted((blind_index("attempt", name), limit) for name, limit in limits.items())
    with transaction.atomic():
        for key, _ in keys:
            lock_until_commit(key)
        ends = [until for key, limit in keys if (until := refused_until(_heard(key, now), limit, now))]
        if ends:
            raise TooManyAttempts(max(ends))
        CountedAttempt.objects.bulk_create(CountedAttempt(key=key, at=now) for key, _ in keys)


def _heard(key: bytes, now: datetime) -> list[datetime]:
    recent = CountedAttempt.objects.filter(key=key, at__gt=now - KEPT)
    return list(recent.order_by("at").values_list("at", flat=True))


def forget_attempts(*, now: datetime) -> int:
    """Remove what counts no longer, and return how many."""
    return CountedAttempt.objects.filter(at__lte=now - KEPT).delete()[0]
