"""Whether the parts of the platform work. Clause T10."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection

WORKER_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the platform and whether it works."""

    name: str
    works: bool


def parts() -> list[Part]:
    """Return the database and the job worker, each with its state; heartbeats are judged by the clock they are written by."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(last_heartbeat) > clock_timestamp() - make_interval(secs => %s) FROM procrastinate_workers",
                [WORKER_SILENT.total_seconds()],
            )
            (alive,) = cursor.fetchone()
    except DatabaseError:
        return [Part("database", works=False), Part("jobs", works=False)]
    return [Part("database", works=True), Part("jobs", works=bool(alive))]
