"""The tree once more from its leaves, hash by hash: written apart from the edge by which the sealer keeps it."""

from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.edge import TILE_LEVELS, TILE_WIDTH, Tile


class Regrown:
    """A tree that grows leaf by leaf; knows its root at each size, the tiles it has filled and what fills none yet."""

    def __init__(self, by: Hash) -> None:
        self.by = by
        self.size = 0
        self.filled: list[Tile] = []
        """Tiles that were filled since somebody emptied this list."""
        self.rows: list[list[bytes]] = []
        """For each level of tiles, the hashes that fill no tile yet."""
        self._tiles_of_level: list[int] = []
        self._peaks: list[bytes] = []

    def add(self, leaf_hash: bytes) -> None:
        """Add the next leaf."""
        node, level, rest = leaf_hash, 0, self.size
        self._keep(0, node)
        while rest & 1:
            node = merkle.node_hash(self.by, self._peaks.pop(), node)
            level, rest = level + 1, rest >> 1
            if level % TILE_LEVELS == 0:
                self._keep(level // TILE_LEVELS, node)
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._peaks:
            return self.by.of(b"")
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = merkle.node_hash(self.by, peak, found)
        return found

    @property
    def tiles(self) -> int:
        """How many tiles were filled in all."""
        return sum(self._tiles_of_level)

    def _keep(self, level: int, node: bytes) -> None:
        if level == len(self.rows):
            self.rows.append([])
            self._tiles_of_level.append(0)
        self.rows[level].append(node)
        if len(self.rows[level]) == TILE_WIDTH:
            self.filled.append(Tile(level, self._tiles_of_level[level], b"".join(self.rows[level])))
            self._tiles_of_level[level] += 1
            self.rows[level] = []
