"""What an archive shows to those who do not trust us. docs/formats/archive.md."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry with what it commits to; salt and payload are None where the content was erased."""

    index: int
    leaf: str
    salt: bytes | None
    payload: str | None


@dataclass(frozen=True, slots=True)
class ShownHeads:
    """The last witnessed heads: its entry, and the place of the archive in it."""

    entry: ShownEntry
    position: int
    sequence: int
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Anchor:
    """An older checkpoint with cosignatures, and the proof that the one of the archive continues it."""

    note: str
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class ProvedArchive:
    """Entries, and the proofs that lead from them to a witnessed checkpoint of the log."""

    note: str
    size: int
    entries: Sequence[ShownEntry]
    heads: ShownHeads
    anchors: Sequence[Anchor]
    proof: Sequence[bytes]
