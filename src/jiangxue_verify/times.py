"""When entries were seen from outside, and whether they were recorded in time (docs/formats/archive.md, check 7)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from jiangxue_verify.entries import Entry
from jiangxue_verify.errors import Finding, Refused
from jiangxue_verify.heads import Heads
from jiangxue_verify.notes import Checkpoint

DAY_MS = 86_400_000
EARLY_MS = 120_000
"""Clocks may differ by so much."""
SAID_MS = DAY_MS
"""An entry that was seen later than this is named, and is no failure."""


@dataclass(frozen=True)
class Term:
    """Within how many days an entry must have been seen, and since when (ms) there are witnesses: none could see it before."""

    days: int
    since_ms: int = 0

    def is_over(self, happened_ms: int, seen_ms: int) -> bool:
        """Say whether something that claims to have happened then was seen too late."""
        return seen_ms - max(happened_ms, self.since_ms) > self.days * DAY_MS


@dataclass(frozen=True)
class Late:
    """An entry that was seen more than a day after it claims to have happened."""

    number: int
    happened_ms: int
    seen_ms: int


@dataclass(frozen=True, order=True)
class Sighting:
    """When as many witnesses as are needed had seen something, ms since 1970 UTC, and the name of the last of them."""

    time_ms: int
    name: str


class Sightings:
    """From the index of an entry to the time at which `need` witnesses, but at least one, had seen it.

    One witness with a wrong clock, or in league with the operator, makes nothing earlier where more are needed.
    """

    def __init__(self, checkpoints: Iterable[Checkpoint], need: int) -> None:
        last = max(need, 1) - 1
        seen = sorted(
            (point.size, sorted(Sighting(seconds * 1000, name) for name, seconds in point.cosigned.items())[last])
            for point in checkpoints
            if len(point.cosigned) > last
        )
        self._sizes = [size for size, _ in seen]
        self._earliest = list(accumulate((sighting for _, sighting in reversed(seen)), min))[::-1]

    def seen(self, index: int) -> Sighting | None:
        """Return the earliest such time over a tree that holds this entry, None if there is none."""
        place = bisect_right(self._sizes, index)
        return self._earliest[place] if place < len(self._sizes) else None

    def seen_ms(self, index: int) -> int | None:
        """Return the time of it."""
        sighting = self.seen(index)
        return None if sighting is None else sighting.time_ms


def wrong_times(sightings: Sightings, entries: Sequence[Entry], heads: Heads, term: Term) -> Iterator[Finding]:
    """Find entries that were seen before they claim to have happened, or too late to be believed."""
    for number, entry in enumerate(entries, 1):
        yield from _wrong_time("times.entry", sightings.seen_ms(entry.index), entry.leaf.happened_ms, term, number)
    yield from _wrong_time("times.heads", sightings.seen_ms(heads.index), heads.leaf.happened_ms, term, 0)


def _wrong_time(where: str, seen_ms: int | None, happened_ms: int, term: Term, number: int) -> Iterator[Finding]:
    if seen_ms is None:
        return
    values = {"number": number, "happened_ms": happened_ms, "seen_ms": seen_ms}
    if happened_ms > seen_ms + EARLY_MS:
        yield Refused(f"{where}-future", **values)
    if term.is_over(happened_ms, seen_ms):
        yield Refused(f"{where}-late", days=term.days, **values)


def late_entries(sightings: Sightings, entries: Sequence[Entry]) -> tuple[Late, ...]:
    """Return the entries that were seen more than a day after they claim to have happened."""
    late = []
    for number, entry in enumerate(entries, 1):
        seen_ms, happened_ms = sightings.seen_ms(entry.index), entry.leaf.happened_ms
        if seen_ms is not None and seen_ms - happened_ms > SAID_MS:
            late.append(Late(number, happened_ms, seen_ms))
    return tuple(late)
