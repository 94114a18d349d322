"""How often something may be tried: so many times within a window that moves with the present."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within `within`."""

    most: int
    within: timedelta


type Limits = tuple[Limit, ...]
KEPT = timedelta(days=1)
"""The longest window: what is older counts for nothing."""
REGISTERING_FROM_AN_ADDRESS: Limits = (Limit(60, timedelta(hours=1)),)
REGISTERING_A_NUMBER: Limits = (Limit(10, timedelta(days=1)),)
REGISTERING_BY_A_PHONE: Limits = REGISTERING_A_NUMBER
RECOVERING_FROM_AN_ADDRESS: Limits = (Limit(30, timedelta(hours=1)),)
RECOVERING_BY_A_PHONE: Limits = (Limit(10, timedelta(days=1)),)
CODES_BY_PASSWORD_LINK: Limits = (Limit(10, timedelta(days=1)),)
"""Codes that are typed on links for one account, whoever has the links."""

VERIFYING_FROM_AN_ADDRESS: Limits = (Limit(120, timedelta(hours=1)),)
"""Codes of printed proofs that are looked up: an office behind one address may have a pile of them."""


def refused_until(attempts: Sequence[datetime], limits: Iterable[Limit], now: datetime) -> datetime | None:
    """Return when the next attempt is heard, None if it is now; `attempts` are those that were heard, oldest first."""
    ends = [
        attempts[-limit.most] + limit.within
        for limit in limits
        if len(attempts) >= limit.most and now < attempts[-limit.most] + limit.within
    ]
    return max(ends, default=None)
