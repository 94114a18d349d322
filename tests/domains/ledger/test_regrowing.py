"""The tree that an audit grows is the one of the rules, at every size."""

import pytest

from jiangxue.kernel.hashing import SHA256, SM3, Hash
from jiangxue.ledger.log.regrowing import Regrown
from jiangxue.ledger.rules import edge, merkle


@pytest.mark.parametrize("by", [SHA256, SM3], ids=lambda by: by.name)
def test_the_root_is_right_at_each_size(by: Hash) -> None:
    tree, leaves = Regrown(by), list[bytes]()
    for number in range(600):
        assert tree.root() == merkle.root_of(by, leaves)
        leaves.append(merkle.leaf_hash(by, str(number).encode()))
        tree.add(leaves[-1])


def test_tiles_and_edge_are_those_that_the_sealer_keeps() -> None:
    leaves = [merkle.leaf_hash(SHA256, str(number).encode()) for number in range(256 * 256 + 300)]
    tree = Regrown(SHA256)
    for leaf_hash in leaves:
        tree.add(leaf_hash)
    kept, tiles = edge.append(SHA256, edge.EMPTY, leaves)
    assert sorted(tree.filled, key=lambda tile: (tile.level, tile.number)) == tiles
    assert [b"".join(row) for row in tree.rows] == list(kept.levels)
    assert tree.tiles == len(tiles) == 258
