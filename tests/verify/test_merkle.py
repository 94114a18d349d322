"""Roots and proofs are those of RFC 6962, and no other proof is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue_verify.hashing import HASHES, Hash
from jiangxue_verify.merkle import (
    LARGEST_SIZE,
    ProofMisfit,
    Tree,
    consistent,
    included,
    leaf_hash,
    multiproof_root,
    root,
)
from tests.verify import naive

_SHA = HASHES["sha256"]
_LEAVES = [b"%d" % number for number in range(70)]
_SIZES = st.integers(1, 70)


def _tree(size: int, hash_: Hash = _SHA) -> Tree:
    return Tree(size, naive.mth(hash_, _LEAVES[:size]))


@pytest.mark.parametrize("hash_", HASHES.values(), ids=HASHES)
def test_roots_are_those_of_the_definition(hash_: Hash) -> None:
    for size in range(70):
        assert root(hash_, [leaf_hash(hash_, leaf) for leaf in _LEAVES[:size]]) == naive.mth(hash_, _LEAVES[:size])


@pytest.mark.parametrize("hash_", HASHES.values(), ids=HASHES)
def test_every_leaf_is_proven_at_its_place_and_at_no_other(hash_: Hash) -> None:
    for size in (1, 2, 3, 7, 8, 13):
        tree = _tree(size, hash_)
        for index in range(size):
            path = naive.path(hash_, index, _LEAVES[:size])
            leaf = leaf_hash(hash_, _LEAVES[index])
            assert [place for place in range(-1, size + 2) if included(hash_, tree, place, leaf, path)] == [index]


@given(size=_SIZES, data=st.data())
def test_an_audit_path_holds_only_as_it_is(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path, leaf, tree = naive.path(_SHA, index, _LEAVES[:size]), leaf_hash(_SHA, _LEAVES[index]), _tree(size)
    assert included(_SHA, tree, index, leaf, path)
    assert not included(_SHA, tree, index, leaf, [*path, leaf])
    assert not included(_SHA, tree, index, leaf_hash(_SHA, b"other"), path)
    assert not included(_SHA, Tree(size, _SHA(b"other")), index, leaf, path)
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        assert not included(_SHA, tree, index, leaf, path[:place] + path[place + 1 :])
        assert not included(_SHA, tree, index, leaf, [*path[:place], _SHA(path[place]), *path[place + 1 :]])
        assert not included(_SHA, tree, index, leaf, [*path[:place], path[place][:31], *path[place + 1 :]])


@given(old=_SIZES, new=_SIZES, data=st.data())
def test_a_consistency_proof_holds_only_as_it_is(old: int, new: int, data: st.DataObject) -> None:
    old, new = sorted((old, new))
    proof = naive.proof(_SHA, old, _LEAVES[:new])
    before, after = _tree(old), _tree(new)
    assert consistent(_SHA, before, after, proof)
    assert not consistent(_SHA, before, after, [*proof, before.root])
    assert not consistent(_SHA, Tree(old, _SHA(b"other")), after, proof)
    assert not consistent(_SHA, before, Tree(new, _SHA(b"other")), proof)
    assert old == new or not consistent(_SHA, after, before, proof)
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not consistent(_SHA, before, after, proof[:place] + proof[place + 1 :])
        assert not consistent(_SHA, before, after, [*proof[:place], _SHA(proof[place]), *proof[place + 1 :]])


def test_a_rewritten_history_has_no_consistency_proof() -> None:
    other = [*_LEAVES[:4], b"changed", *_LEAVES[5:20]]
    for old in range(5, 20):
        proof = naive.proof(_SHA, old, other)
        assert not consistent(_SHA, _tree(old), Tree(20, naive.mth(_SHA, other)), proof)


def test_from_nothing_to_anything_no_hash_is_needed() -> None:
    nothing = Tree(0, _SHA(b""))
    assert consistent(_SHA, nothing, _tree(5), [])
    assert consistent(_SHA, nothing, nothing, [])
    assert not consistent(_SHA, nothing, Tree(0, _SHA(b"other")), [])
    assert not consistent(_SHA, Tree(0, _SHA(b"other")), _tree(5), [])
    assert not consistent(_SHA, nothing, _tree(5), [_SHA(b"")])


@given(size=_SIZES, data=st.data())
def test_many_leaves_are_proven_at_once_by_exactly_the_hashes_that_are_needed(size: int, data: st.DataObject) -> None:
    indexes = data.draw(st.sets(st.integers(0, size - 1), min_size=1))
    known = {index: leaf_hash(_SHA, _LEAVES[index]) for index in indexes}
    proof = naive.multiproof(_SHA, indexes, _LEAVES[:size])
    assert multiproof_root(_SHA, size, known, proof) == _tree(size).root
    with pytest.raises(ProofMisfit):
        multiproof_root(_SHA, size, known, [*proof, _SHA(b"")])
    if proof:
        with pytest.raises(ProofMisfit):
            multiproof_root(_SHA, size, known, proof[:-1])
        assert multiproof_root(_SHA, size, known, [_SHA(proof[0]), *proof[1:]]) != _tree(size).root
    changed = {**known, min(indexes): _SHA(b"other")}
    assert multiproof_root(_SHA, size, changed, proof) != _tree(size).root


@pytest.mark.parametrize("known", [{}, {-1: bytes(32)}, {3: bytes(32)}, {0: bytes(31)}])
def test_leaves_outside_the_tree_are_refused(known: dict[int, bytes]) -> None:
    with pytest.raises(ProofMisfit):
        multiproof_root(_SHA, 3, known, [bytes(32), bytes(32)])


def test_the_largest_tree_needs_no_more_than_63_hashes_and_a_larger_one_is_refused() -> None:
    assert multiproof_root(_SHA, LARGEST_SIZE, {0: bytes(32)}, [bytes(32)] * 63)
    with pytest.raises(ProofMisfit):
        multiproof_root(_SHA, LARGEST_SIZE + 1, {0: bytes(32)}, [bytes(32)] * 63)
    assert not included(_SHA, Tree(LARGEST_SIZE + 1, bytes(32)), 0, bytes(32), [])
