"""The one place of the witness that asks the machine for the time; everywhere else time is an argument."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

Clock = Callable[[], int]
"""Returns whole seconds since 1970-01-01 UTC."""

_BEIJING = timezone(timedelta(hours=8))


def machine_clock() -> int:
    """Return the present of this machine in whole seconds since 1970-01-01 UTC, rounded down."""
    return int(time.time())


def for_people(at_s: int) -> str:
    """Return a time as people in China read it."""
    return f"{datetime.fromtimestamp(at_s, _BEIJING):%Y-%m-%d %H:%M:%S}（北京时间）"


def for_file_names(at_s: int) -> str:
    """Return a time in UTC without signs that Windows refuses in names of files."""
    return datetime.fromtimestamp(at_s, timezone.utc).strftime("%Y%m%dT%H%M%SZ")
