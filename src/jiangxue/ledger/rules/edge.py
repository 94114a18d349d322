"""The right edge of a tree that grows: all that must be remembered of it to append and to know its root."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue.kernel.hashing import HASH_BYTES, Hash
from jiangxue.ledger.rules import merkle

TILE_WIDTH = 256
TILE_LEVELS = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """256 hashes side by side at level 8 · `level`, from number 256 · `number` on; 8,192 bytes."""

    level: int
    number: int
    hashes: bytes


@dataclass(frozen=True, slots=True)
class Edge:
    """The size of a tree and, for each level of tiles, the hashes (joined) that fill no tile yet."""

    size: int
    levels: tuple[bytes, ...]

    def hashes(self, level: int) -> bytes:
        """Return the hashes of one level that fill no tile yet, joined."""
        return self.levels[level] if level < len(self.levels) else b""


EMPTY = Edge(0, ())


def append(by: Hash, edge: Edge, leaf_hashes: Sequence[bytes]) -> tuple[Edge, list[Tile]]:
    """Return the edge after these leaves, and the tiles that they have filled."""
    tiles: list[Tile] = []
    levels: list[bytes] = []
    coming, level = list(leaf_hashes), 0
    while coming or level < len(edge.levels):
        before = edge.hashes(level)
        first = (edge.size >> (TILE_LEVELS * level)) // TILE_WIDTH
        row = cut(before) + coming
        full = len(row) // TILE_WIDTH
        groups = [row[at * TILE_WIDTH : (at + 1) * TILE_WIDTH] for at in range(full)]
        tiles += [Tile(level, first + at, b"".join(group)) for at, group in enumerate(groups)]
        levels.append(b"".join(row[full * TILE_WIDTH :]))
        coming, level = [merkle.root_of(by, group) for group in groups], level + 1
    return Edge(edge.size + len(leaf_hashes), tuple(levels)), tiles


def root(by: Hash, edge: Edge) -> bytes:
    """Return the root of the tree with this edge."""
    found: bytes | None = None
    for hashes in edge.levels:
        for peak in reversed(_peaks(by, cut(hashes))):
            found = peak if found is None else merkle.node_hash(by, peak, found)
    return by.of(b"") if found is None else found


def mac(key: bytes, by: Hash, edge: Edge) -> bytes:
    """Return the code by which sealer and signer, and nobody else who can write to the database, vouch for an edge."""
    return hmac.digest(key, b"edge\0" + by.name.encode() + edge.size.to_bytes(8, "big") + root(by, edge), "sha256")


def is_whole(edge: Edge) -> bool:
    """Say whether an edge has the number of hashes at each level that its size demands."""
    wanted, rest = [], edge.size
    while rest:
        wanted.append(rest % TILE_WIDTH * HASH_BYTES)
        rest //= TILE_WIDTH
    found = [len(hashes) for hashes in edge.levels]
    return found[: len(wanted)] == wanted and not any(found[len(wanted) :])


def cut(hashes: bytes) -> list[bytes]:
    """Return joined hashes one by one."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def _peaks(by: Hash, row: Sequence[bytes]) -> list[bytes]:
    """Return the roots of the largest perfect trees that stand side by side over a row, from left to right."""
    peaks, at = [], 0
    while at < len(row):
        width = 1 << ((len(row) - at).bit_length() - 1)
        peaks.append(merkle.root_of(by, row[at : at + width]))
        at += width
    return peaks
