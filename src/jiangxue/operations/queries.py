"""Whether the parts of the platform work. Clause T10."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

WORKER_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the platform and whether it works."""

    name: str
    works: bool


def parts(now: datetime) -> list[Part]:
    """Return the database and the job worker, each with its state."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
            (heartbeat,) = cursor.fetchone()
    except DatabaseError:
        return [Part("database", works=False), Part("jobs", works=False)]
    alive = heartbeat is not None and now - heartbeat < WORKER_SILENT
    return [Part("database", works=True), Part("jobs", works=alive)]
