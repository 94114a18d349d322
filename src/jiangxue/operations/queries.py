"""Whether the parts of the platform work, and which keys seal how much. Clauses T10, M2."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection

from jiangxue.djangokit.resealing import values_by_key
from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.ledger.queries.keys import opens_archives

WORKER_SILENT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the platform and whether it works."""

    name: str
    works: bool


def parts() -> list[Part]:
    """Return the database, the job worker and the sealing keys, each with its state; heartbeats are judged by the clock they are written by."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(last_heartbeat) > clock_timestamp() - make_interval(secs => %s) FROM procrastinate_workers",
                [WORKER_SILENT.total_seconds()],
            )
            (alive,) = cursor.fetchone()
        return [Part("database", works=True), Part("jobs", works=bool(alive)), Part("keys", works=opens_archives())]
    except DatabaseError:
        return [Part(name, works=False) for name in ("database", "jobs", "keys")]


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
