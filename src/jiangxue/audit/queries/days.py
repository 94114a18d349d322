"""The entries of a day of the audit, for the program itself: it computes digests, and nobody sees the entries."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import OperationalError, connection
from django.db.models import Q
from psycopg.errors import LockNotAvailable

from jiangxue.audit.errors import StillWriting
from jiangxue.audit.models import AuditEntry, DayCheck
from jiangxue.audit.rules.days import Line
from jiangxue.kernel.clock import learning_day, to_us
from jiangxue.kernel.zone import LEARNING_ZONE

_AT_ONCE = 2000

type Report = DayCheck
"""What the domains above call a report of computing days again."""


def settled_id() -> int:
    """Return the largest number up to which no entry will ever come any more, or raise `StillWriting`.

    Outside a transaction: whoever writes an entry waits meanwhile, two seconds at most.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_settled_id()")
            (found,) = cursor.fetchone()
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            raise StillWriting from None
        raise
    return int(found)


def first_day() -> date | None:
    """Return the day of the entry that came first; None while there is none."""
    at = AuditEntry.objects.order_by("pk").values_list("at", flat=True).first()
    return None if at is None else learning_day(at)


def last_id_of(day: date, after: int | None, settled: int) -> int:
    """Return where a day ends: the largest settled number of an entry from before the following midnight, or where the day before ended."""
    midnight = datetime.combine(day + timedelta(days=1), time(), LEARNING_ZONE)
    found = _between(after, settled)
    last = AuditEntry.objects.filter(found, at__lt=midnight).order_by("-pk").values_list("pk", flat=True).first()
    return last if last is not None else (after or 0)


def lines_between(after: int | None, last: int) -> Iterator[Line]:
    """Return the entries numbered after one up to another, by number, however many there are; `after` None: from the first on."""
    found = AuditEntry.objects.filter(_between(after, last)).order_by("pk")
    columns = ("pk", "at", "actor_id", "role", "action", "object_kind", "object_id", "result", "reason")
    rows = found.values_list(*columns).iterator(_AT_ONCE)
    return (Line(number, to_us(at), *rest) for number, at, *rest in rows)


def last_check() -> Report | None:
    """Return the newest report of computing days again."""
    return DayCheck.objects.order_by("-pk").first()


def _between(after: int | None, last: int) -> Q:
    return Q(pk__lte=last) if after is None else Q(pk__gt=after, pk__lte=last)
