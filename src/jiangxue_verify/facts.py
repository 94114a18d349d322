"""What a good archive proves, as numbers and names: asked for only after every check has passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiangxue_verify.archive import Archive
from jiangxue_verify.times import DAY_MS, Late, Sighting

STALE_DAYS = 2
"""Heads are made daily; that an archive has older ones is said."""


@dataclass(frozen=True)
class Facts:
    """What an archive proves; times in ms or seconds since 1970 UTC, as the names say."""

    archive_id: str
    entries: int
    erased: int
    origin: str
    log_size: int
    hash_id: str
    cosigned: Mapping[str, int]
    """From witness to the second at which it has seen the checkpoint."""
    first_seen: Sighting | None
    """Who has seen the first entry, and when; None where no witness has signed anything."""
    complete_until_ms: int
    complete_entries: int
    stale_days: int
    """By how many days the daily heads are older than the checkpoint, 0 if that is as usual."""
    late: Sequence[Late]
    since_ms: int
    """Since when there are witnesses, as the reader's trust list says; 0 if it does not."""


def facts_of(archive: Archive) -> Facts:
    """Return what an archive proves that has passed every check."""
    first, heads = archive.entries[0], archive.heads
    seen_s = min(archive.checkpoint.cosigned.values(), default=0)
    days = (seen_s * 1000 - heads.leaf.happened_ms) // DAY_MS
    return Facts(
        archive_id=first.leaf.archive_id,
        entries=len(archive.entries),
        erased=sum(entry.content is None for entry in archive.entries),
        origin=archive.checkpoint.origin,
        log_size=archive.checkpoint.size,
        hash_id=first.leaf.hash_id,
        cosigned=archive.checkpoint.cosigned,
        first_seen=archive.sightings.seen(first.index),
        complete_until_ms=heads.leaf.happened_ms,
        complete_entries=heads.sequence,
        stale_days=days if days >= STALE_DAYS else 0,
        late=archive.late,
        since_ms=archive.since_ms,
    )
