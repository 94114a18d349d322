"""When wrong passwords lock a sign-in. Clause M3; GB/T 22239-2019 level 3."""

from collections.abc import Sequence
from datetime import datetime, timedelta

ATTEMPTS = 5
WINDOW = timedelta(minutes=30)
LOCK = timedelta(minutes=30)


def locked_until(failures: Sequence[datetime], now: datetime) -> datetime | None:
    """Return when a lock ends, or None: 5 failures within 30 minutes lock for 30 minutes from the fifth.

    `failures` are the failed attempts since the last success, oldest first; nothing is added to them during a lock.
    """
    last = failures[-ATTEMPTS:]
    if len(last) < ATTEMPTS or last[-1] - last[0] >= WINDOW:
        return None
    until = last[-1] + LOCK
    return until if now < until else None
