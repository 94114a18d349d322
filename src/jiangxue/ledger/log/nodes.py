"""The nodes of the log's tree, read from tiles and edge."""

import hmac
from collections.abc import Callable, Sequence

import psycopg
from psycopg.rows import TupleRow

from jiangxue.kernel.hashing import HASH_BYTES, HASHES, Hash
from jiangxue.ledger.errors import LogDamaged
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.edge import EMPTY, TILE_LEVELS, TILE_WIDTH, Edge, cut, is_whole, mac

type Connection = psycopg.Connection[TupleRow]
"""A plain connection on which each statement commits by itself (autocommit), so that a `transaction()` is one."""

type Fetch = Callable[[str, Sequence[object]], list[TupleRow]]
"""Asks the database one question with `%s` for its values, and returns all rows: the same for every driver."""


def fetch_by(connection: Connection) -> Fetch:
    """Return how to ask one question over a plain connection."""
    return lambda question, values: connection.execute(question.encode(), values).fetchall()


def read_edge(fetch: Fetch, by_default: Hash) -> tuple[Hash, Edge]:
    """Return the hash and the edge of the log; a log that was never begun is empty and has the default hash."""
    rows = fetch("SELECT hash_name, size, levels FROM ledger_edge WHERE id = 1", [])
    if not rows:
        return by_default, EMPTY
    ((name, size, levels),) = rows
    edge = Edge(size, tuple(bytes(level) for level in levels))
    if name not in HASHES or not is_whole(edge):
        raise LogDamaged("the edge is not that of a tree")
    return HASHES[name], edge


def read_vouched_edge(fetch: Fetch, by: Hash, key: bytes) -> Edge:
    """Return the edge of a log with this hash, if a sealer vouches for it. Raises `LogDamaged`."""
    found, edge = read_edge(fetch, by)
    if found != by:
        raise LogDamaged(f"the log is one of {found.name}, and events are committed to by {by.name}")
    rows = fetch("SELECT mac FROM ledger_edge WHERE id = 1", [])
    if rows and not hmac.compare_digest(bytes(rows[0][0]), mac(key, by, edge)):
        raise LogDamaged(f"no sealer vouches for the log of {edge.size} entries: somebody else wrote to it")
    return edge


type Tiles = Callable[[int, int], bytes | None]
"""Gives the hashes of a full tile by level and number, joined; None if there is none."""


def tiles_by(fetch: Fetch) -> Tiles:
    """Return the tiles of the log."""

    def tile(level: int, number: int) -> bytes | None:
        question = "SELECT hashes FROM ledger_tile WHERE level = %s AND number_in_level = %s"
        rows = fetch(question, [level, number])
        return bytes(rows[0][0]) if rows else None

    return tile


class StoredNodes:
    """Gives the hashes of perfect subtrees, as `merkle.Nodes`, from an edge and full tiles; remembers the tiles it has read."""

    def __init__(self, by: Hash, edge: Edge, tiles: Tiles) -> None:
        self._by, self._edge, self._tiles = by, edge, tiles
        self._read: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, number: int) -> bytes:
        """Return the hash of one perfect subtree, or raise `LogDamaged` if it cannot be found."""
        above, within = divmod(level, TILE_LEVELS)
        first, width = number << within, 1 << within
        part = self._tile(above, first // TILE_WIDTH)[first % TILE_WIDTH : first % TILE_WIDTH + width]
        if len(part) != width:
            raise LogDamaged(f"no node at level {level}, number {number}")
        return merkle.root_of(self._by, part)

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._read:
            at_edge = number == (self._edge.size >> (TILE_LEVELS * level)) // TILE_WIDTH
            hashes = self._edge.hashes(level) if at_edge else self._tiles(level, number)
            if hashes is None or (not at_edge and len(hashes) != TILE_WIDTH * HASH_BYTES):
                raise LogDamaged(f"tile {number} of level {level} is missing")
            self._read[level, number] = cut(hashes)
        return self._read[level, number]
