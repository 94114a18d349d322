"""Whether the parts of the platform work, and which keys seal how much. Clauses T10, M2."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from jiangxue.audit.queries import last_time_of
from jiangxue.djangokit.resealing import values_by_key
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.ledger.queries.keys import opens_archives

WORKER_SILENT = timedelta(seconds=60)
RESTORED = "restored: "
"""How the comment on a database begins that was brought back from a backup and not admitted; the rest says why."""

_QUESTION = """
SELECT (SELECT max(last_heartbeat) > clock_timestamp() - make_interval(secs => %s) FROM procrastinate_workers),
    shobj_description(oid, 'pg_database')
FROM pg_database WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the platform and whether it works."""

    name: str
    works: bool


def parts() -> list[Part]:
    """Return the database, the job worker and the sealing keys, each with its state; heartbeats are judged by the clock they are written by.

    A database that was restored and not admitted is a fourth part, which does not work.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_QUESTION, [WORKER_SILENT.total_seconds()])
            alive, comment = cursor.fetchone()
        found = [Part("database", works=True), Part("jobs", works=bool(alive)), Part("keys", works=opens_archives())]
    except DatabaseError:
        return [Part(name, works=False) for name in ("database", "jobs", "keys")]
    return [*found, Part("admitted", works=False)] if why_not_admitted(comment) else found


@dataclass(frozen=True, slots=True)
class SealingKeys:
    """Which keys are known here, which one seals, and how many values each seals, by its number.

    `columns` says the same for each column; None counts what is no sealed value at all.
    """

    known: Mapping[int, str]
    """The fingerprint of each key by its number."""

    current: int
    columns: Mapping[str, Counter[int | None]]

    @property
    def values(self) -> dict[int, int]:
        """How many values each key seals, over all columns."""
        total: Counter[int | None] = sum(self.columns.values(), Counter())
        return {number: count for number, count in total.items() if number is not None}

    @property
    def damaged(self) -> int:
        """How many values are no sealed values at all."""
        return sum(counted[None] for counted in self.columns.values())

    @property
    def lacking(self) -> dict[int, int]:
        """Keys that seal something and are not known here, with how many values each seals."""
        return {number: count for number, count in self.values.items() if number not in self.known}

    @property
    def waiting(self) -> int:
        """How many values another key than the current one seals."""
        return sum(count for number, count in self.values.items() if number != self.current)

    @property
    def removable(self) -> list[int]:
        """Keys that are known here, seal nothing any more and may be taken away."""
        return [number for number in self.known if number != self.current and number not in self.values]


def sealing_keys() -> SealingKeys:
    """Return which keys are known here and what they seal; reads the beginning of every sealed value."""
    ring = key_ring()
    known = {number: crypto.fingerprint(key) for number, key in sorted(ring.keys.items())}
    return SealingKeys(known, ring.current, values_by_key())


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made (None: never), by the audit, and whether that is too long ago."""

    at: datetime | None
    is_late: bool


def last_backup(now: datetime) -> LastBackup:
    """Return how it stands with backups; a demonstration needs none."""
    at = last_time_of("backup.made")
    is_old = at is None or now - at > timedelta(hours=settings.BACKUP_HOURS)
    return LastBackup(at, is_late=is_old and not (at is None and settings.DEMONSTRATION))


def why_not_admitted(comment: str | None) -> str:
    """Return why a database is not admitted, by the comment on it; empty if it is."""
    return comment.removeprefix(RESTORED) if comment and comment.startswith(RESTORED) else ""
