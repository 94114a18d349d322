"""The tree of the ledger against a naive one written from RFC 6962, with both hashes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.kernel.hashing import HASHES, SHA256, SM3, Hash
from jiangxue.ledger.rules import edge as edges
from jiangxue.ledger.rules import merkle

_hashes = st.sampled_from([SHA256, SM3])
_sizes = st.integers(1, 80)


def naive_root(by: Hash, leaves: list[bytes]) -> bytes:
    """Return the root by the definition (RFC 6962, section 2.1)."""
    if len(leaves) < 2:
        return leaves[0] if leaves else by.of(b"")
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return by.of(b"\x01" + naive_root(by, leaves[:cut]) + naive_root(by, leaves[cut:]))


def leaves_of(by: Hash, count: int) -> list[bytes]:
    return [merkle.leaf_hash(by, number.to_bytes(4, "big")) for number in range(count)]


def nodes_over(by: Hash, leaves: list[bytes]) -> merkle.Nodes:
    def node(level: int, number: int) -> bytes:
        part = leaves[number << level : (number + 1) << level]
        assert len(part) == 1 << level, "only whole subtrees are asked for"
        return naive_root(by, part)

    return node


def test_sha256_and_sm3_are_those_that_are_published() -> None:
    assert HASHES["sha256"].of(b"abc") == hashlib.sha256(b"abc").digest()
    assert HASHES["sm3"].of(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert HASHES["sm3"].of(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@given(_hashes, st.integers(0, 80))
def test_the_root_is_that_of_the_definition(by: Hash, size: int) -> None:
    leaves = leaves_of(by, size)
    assert merkle.root_of(by, leaves) == naive_root(by, leaves) == merkle.root(by, nodes_over(by, leaves), size)


@given(_hashes, st.lists(st.integers(0, 700), max_size=6))
def test_an_edge_grows_to_the_same_root_in_whatever_portions(by: Hash, portions: list[int]) -> None:
    leaves, edge, tiles = leaves_of(by, sum(portions)), edges.EMPTY, []
    for portion in portions:
        edge, filled = edges.append(by, edge, leaves[edge.size : edge.size + portion])
        tiles += filled
    assert edges.root(by, edge) == naive_root(by, leaves)
    assert edges.is_whole(edge)
    assert [tile.hashes for tile in tiles if tile.level == 0] == [
        b"".join(leaves[at : at + 256]) for at in range(0, len(leaves) - 255, 256)
    ]
    assert [(tile.level, tile.number) for tile in tiles if tile.level == 0] == [
        (0, number) for number in range(len(leaves) // 256)
    ]


@given(_hashes, _sizes, st.data())
def test_an_inclusion_proof_leads_to_the_root(by: Hash, size: int, data: st.DataObject) -> None:
    leaves, index = leaves_of(by, size), data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(by, nodes_over(by, leaves), index, size)
    found, at, last = leaves[index], index, size - 1
    for each in proof:
        if at & 1 or at == last:
            found = merkle.node_hash(by, each, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = merkle.node_hash(by, found, each)
        at, last = at >> 1, last >> 1
    assert found == naive_root(by, leaves)


@given(_hashes, _sizes, st.data())
def test_a_longer_tree_continues_a_shorter_one_and_no_other(by: Hash, new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(0, new))
    leaves = leaves_of(by, new)
    roots = (old, naive_root(by, leaves[:old])), (new, naive_root(by, leaves))
    proof = merkle.consistency_proof(by, nodes_over(by, leaves), old, new)
    assert merkle.is_continued(by, *roots, proof)
    assert not merkle.is_continued(by, (old, by.of(b"another")), roots[1], proof)
    assert not merkle.is_continued(by, roots[1], (old, roots[0][1]), proof) or old == new
    assert not merkle.is_continued(by, *roots, [*proof, by.of(b"more")])
    for at in range(len(proof)):
        assert not merkle.is_continued(by, *roots, [*proof[:at], by.of(b"other"), *proof[at + 1 :]])
        assert not merkle.is_continued(by, *roots, [*proof[:at], *proof[at + 1 :]])
    if old > 0:
        assert not merkle.is_continued(by, roots[0], (new, by.of(b"another")), proof)


@given(_hashes, _sizes, st.data())
def test_a_shared_proof_and_its_leaves_make_the_root_and_it_holds_nothing_else(
    by: Hash, size: int, data: st.DataObject
) -> None:
    leaves = leaves_of(by, size)
    indices = sorted(data.draw(st.sets(st.integers(0, size - 1))))
    proof = iter(merkle.shared_proof(by, nodes_over(by, leaves), indices, size))

    def computed(low: int, high: int) -> bytes:
        within = [index for index in indices if low <= index < high]
        if not within:
            return next(proof)
        if high - low == 1:
            return leaves[low]
        cut = 1
        while cut * 2 < high - low:
            cut *= 2
        return by.of(b"\x01" + computed(low, low + cut) + computed(low + cut, high))

    assert computed(0, size) == naive_root(by, leaves)
    assert next(proof, None) is None


@pytest.mark.parametrize("levels", [(b"",), (bytes(32), bytes(32)), (bytes(31),), (bytes(64),)])
def test_an_edge_of_another_size_is_not_whole(levels: tuple[bytes, ...]) -> None:
    assert not edges.is_whole(edges.Edge(1, levels))
