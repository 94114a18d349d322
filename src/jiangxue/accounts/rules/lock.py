"""When wrong passwords lock a sign-in. Clause M3; GB/T 22239-2019 level 3."""

from collections.abc import Sequence
from datetime import datetime, timedelta

ATTEMPTS = 5
LOCK = timedelta(minutes=30)


def locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when a lock ends, or None; `failures` are the failed attempts since the last success, oldest first."""
    recent = [at for at in failures if at > now - LOCK]
    return recent[ATTEMPTS - 1] + LOCK if len(recent) >= ATTEMPTS else None
