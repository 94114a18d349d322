"""Which learners are drawn for a look afterwards (抽查): anybody who knows the seed and the population can draw again. Clause C5; docs/rules/sampling.md."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from jiangxue.supervision.errors.sampling import NotASeed, OutsideScope

DOMAIN = "jiangxue-sample-1"
LONGEST_SEED = 40
MOST_DRAWN = 30
MOST_DAYS = 14
EARLIEST = date(2000, 1, 1)
"""No day before it is asked for: calendars end, and nobody learned here."""
_ARCHIVE_BYTES = 16


class SampleWord(StrEnum):
    """What the supervisor says after looking at a learner of a sample."""

    FINE = "fine"
    LOOK_CLOSER = "look_closer"


@dataclass(frozen=True, slots=True)
class Changed:
    """How many archives came into a population, and how many left it, since it was frozen."""

    came: int
    left: int

    def __bool__(self) -> bool:
        return bool(self.came or self.left)


def seed_of(said: str) -> str:
    """Return a seed as it is drawn by: full-width signs made plain, capitals small, blanks joined to one; 1 to 40 characters. Raises `NotASeed`."""
    seed = " ".join(unicodedata.normalize("NFKC", said).casefold().split())
    if not 0 < len(seed) <= LONGEST_SEED or not seed.isprintable():
        raise NotASeed
    return seed


def are_days_bounded(first: date, last: date) -> bool:
    """Say whether these are 1 to 14 days in a row, none of them before 2000."""
    return first >= EARLIEST and 1 <= (last - first).days + 1 <= MOST_DAYS


def require_bounds(first: date, last: date, *, size: int, today: date) -> None:
    """Raise `OutsideScope` unless 1 to 30 are drawn by 1 to 14 days in a row, none of them to come or before 2000."""
    if not 1 <= size <= MOST_DRAWN or not are_days_bounded(first, last) or last > today:
        raise OutsideScope


def rank_of(seed: str, archive: UUID) -> bytes:
    """Return the place of an archive in the order of a seed: SHA-256 of three lines, each ended by a line feed."""
    return hashlib.sha256(f"{DOMAIN}\n{seed}\n{archive}\n".encode()).digest()


def drawn(seed: str, population: Collection[UUID], size: int) -> list[UUID]:
    """Return the first `size` archives of a population in the order of a seed, the whole of a smaller one; how the population is ordered does not matter."""
    return sorted(set(population), key=lambda archive: (rank_of(seed, archive), archive.bytes))[:size]


def listed(population: Iterable[UUID]) -> str:
    """Write a population as its list is published and hashed: one archive a line, in the order of their numbers."""
    return "".join(f"{archive}\n" for archive in sorted(set(population)))


def digest_of(population: Iterable[UUID]) -> str:
    """Return the SHA-256 of the list of a population, in hexadecimal."""
    return hashlib.sha256(listed(population).encode()).hexdigest()


def packed(population: Iterable[UUID]) -> bytes:
    """Return a population as it is kept: 16 bytes for each archive, in their order."""
    return b"".join(archive.bytes for archive in sorted(set(population)))


def unpacked(kept: bytes) -> list[UUID]:
    """Return the archives of a population that is kept."""
    return [UUID(bytes=kept[at : at + _ARCHIVE_BYTES]) for at in range(0, len(kept), _ARCHIVE_BYTES)]


def changed(frozen: Collection[UUID], present: Collection[UUID]) -> Changed:
    """Say how a population differs from what it was when it was frozen."""
    then, now = set(frozen), set(present)
    return Changed(came=len(now - then), left=len(then - now))
