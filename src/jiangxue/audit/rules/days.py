"""Days of the audit (审计日): the digest of what was entered between two cuts. docs/formats/audit-day.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.hashing import Hash
from jiangxue.kernel.zone import LEARNING_ZONE

FORMAT = 1
ARCHIVE = UUID(int=1)
"""The archive of the ledger that holds the days. Its name is fixed, so that nobody can point to another one that tells a shorter story."""

KIND = "audit.day"
GRACE = timedelta(minutes=10)
"""How long after midnight a day is cut at the earliest."""

LATELY = 31


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the audit as it goes into a digest: all of it but the network address, which the law may want removed. `at_us` is its instant in microseconds since 1970 UTC."""

    id: int
    at_us: int
    actor_id: int | None
    role: str
    action: str
    object_kind: str
    object_id: str
    result: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A day as the ledger holds it: entries numbered after `after` up to `last`, how many these are, and their digest under a hash."""

    day: date
    after: int | None
    last: int
    entries: int
    hash_name: str
    digest: str

    def to_values(self) -> dict[str, Value]:
        """Return it as the ledger keeps it."""
        return {
            "format": FORMAT,
            "day": self.day.isoformat(),
            "after": self.after,
            "last": self.last,
            "entries": self.entries,
            "hash": self.hash_name,
            "digest": self.digest,
        }


class Difference(StrEnum):
    """In what a day differs from what was sealed of it."""

    FEWER = "fewer"
    MORE = "more"
    CHANGED = "changed"
    BROKEN = "broken"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Finding:
    """A day that differs, in what, and how many entries were sealed and are found."""

    day: date
    difference: Difference
    sealed: int
    found: int


def line_of(entry: Line) -> bytes:
    """Return an entry as one line: canonical JSON and a line feed; its instant in microseconds since 1970 UTC."""
    values: dict[str, Value] = {
        "action": entry.action,
        "actor": entry.actor_id,
        "at_us": entry.at_us,
        "id": entry.id,
        "object": entry.object_id,
        "object_kind": entry.object_kind,
        "reason": entry.reason,
        "result": entry.result,
        "role": entry.role,
    }
    return canonical_json(values) + b"\n"


def digest_of(entries: Iterable[Line], by: Hash) -> tuple[str, int]:
    """Return the digest of entries in their order, in hexadecimal, and how many they are.

    Each line is hashed with the digest of all lines before it; what comes before the first is 32 zero bytes. Source: clauses M3, T8.2.
    """
    digest, count = bytes(32), 0
    for entry in entries:
        digest, count = by.of(digest + line_of(entry)), count + 1
    return digest.hex(), count


def day_to_seal(now: datetime) -> date:
    """Return the last day that may be sealed: yesterday of Asia/Shanghai, from ten minutes after midnight on."""
    return (now - GRACE).astimezone(LEARNING_ZONE).date() - timedelta(days=1)


def breaks_of(days: Sequence[Sealed], now: datetime) -> list[Finding]:
    """Return where days that stand in the ledger do not go on from one another, and whether the last one is overdue.

    The first begins before all entries, each other one where the one before it ends and on the day after it; a day is overdue when a
    second one could be sealed already.
    """
    found = []
    for before, this in zip([None, *days], days, strict=False):
        after = None if before is None else before.last
        follows = before is None or this.day == before.day + timedelta(days=1)
        if this.after != after or not follows or (after is not None and this.last < after):
            found.append(Finding(this.day, Difference.BROKEN, this.entries, this.entries))
    if days and days[-1].day < day_to_seal(now) - timedelta(days=1):
        found.append(Finding(days[-1].day + timedelta(days=1), Difference.OVERDUE, 0, 0))
    return found


def difference(sealed: Sealed, digest: str, entries: int) -> Finding | None:
    """Return in what a day that was computed again differs from what was sealed; None if it agrees."""
    if (digest, entries) == (sealed.digest, sealed.entries):
        return None
    kind = (
        Difference.FEWER
        if entries < sealed.entries
        else Difference.MORE
        if entries > sealed.entries
        else Difference.CHANGED
    )
    return Finding(sealed.day, kind, sealed.entries, entries)


def due_for_check(days: Sequence[Sealed], today: date) -> list[Sealed]:
    """Return the days that are computed again on a day: those of the last 31, and of the older ones every 31st, so that each comes round once in 31 days."""
    return [
        each
        for each in days
        if (today - each.day).days <= LATELY or each.day.toordinal() % LATELY == today.toordinal() % LATELY
    ]
