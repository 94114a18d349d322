"""The Merkle tree of RFC 6962, section 2.1, over any hash: roots, and the proofs that lead to them.

Hashes are 32 bytes, leaf hashes come already hashed, indexes begin with 0. A proof that does not fit is simply false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jiangxue_verify.hashing import HASH_BYTES, Hash

LARGEST_SIZE = 2**63 - 1


class Tree(NamedTuple):
    """What a checkpoint says of a tree: how many leaves, and the root over them."""

    size: int
    root: bytes


class ProofMisfit(ValueError):
    """The hashes of a multiproof are too few or too many, or a leaf lies outside the tree."""


def leaf_hash(hash_: Hash, leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hash_(b"\0" + leaf)


def node_hash(hash_: Hash, left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from those of its two children."""
    return hash_(b"\1" + left + right)


def root(hash_: Hash, leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes; of none, the hash of nothing."""
    if not leaf_hashes:
        return hash_(b"")
    if len(leaf_hashes) == 1:
        return leaf_hashes[0]
    cut = _cut(len(leaf_hashes))
    return node_hash(hash_, root(hash_, leaf_hashes[:cut]), root(hash_, leaf_hashes[cut:]))


def included(hash_: Hash, tree: Tree, index: int, leaf: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a leaf hash stands at an index of a tree; `path` is its audit path, from below (RFC 6962, section 2.1.1)."""
    if not 0 <= index < tree.size <= LARGEST_SIZE or not _are_hashes(path, tree.root, leaf):
        return False
    current, last = leaf, tree.size - 1
    for sibling in path:
        if last == 0:
            return False
        if index % 2 or index == last:
            current = node_hash(hash_, sibling, current)
            index, last = _up_to_odd(index, last)
        else:
            current = node_hash(hash_, current, sibling)
        index, last = index // 2, last // 2
    return last == 0 and current == tree.root


def consistent(hash_: Hash, old: Tree, new: Tree, proof: Sequence[bytes]) -> bool:
    """Tell whether one tree is a prefix of another (RFC 6962, section 2.1.2).

    Equal sizes need equal roots and no proof; size 0 needs the root of nothing and no proof.
    """
    if not 0 <= old.size <= new.size <= LARGEST_SIZE or not _are_hashes(proof, old.root, new.root):
        return False
    if old.size == new.size:
        return not proof and old.root == new.root
    if old.size == 0:
        return not proof and old.root == hash_(b"")
    hashes = [old.root, *proof] if old.size & (old.size - 1) == 0 else proof
    return bool(hashes) and _both_roots(hash_, old.size, new.size, hashes) == (old.root, new.root)


def _both_roots(hash_: Hash, old_size: int, new_size: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Return the old and the new root that a consistency proof leads to; two empty ones if its length is wrong."""
    index, last = old_size - 1, new_size - 1
    while index % 2:
        index, last = index // 2, last // 2
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return b"", b""
        if index % 2 or index == last:
            old, new = node_hash(hash_, sibling, old), node_hash(hash_, sibling, new)
            index, last = _up_to_odd(index, last)
        else:
            new = node_hash(hash_, new, sibling)
        index, last = index // 2, last // 2
    return (old, new) if last == 0 else (b"", b"")


def _up_to_odd(index: int, last: int) -> tuple[int, int]:
    """Pass over the levels at which a node has no sibling to its right: it is carried up as it is."""
    while index % 2 == 0 and index:
        index, last = index // 2, last // 2
    return index, last


def multiproof_root(hash_: Hash, size: int, known: Mapping[int, bytes], proof: Sequence[bytes]) -> bytes:
    """Return the root of a tree of `size` leaves from some leaf hashes by index and the hashes beside them.

    The order is that of `proof.bin` (docs/formats/archive.md). ProofMisfit unless exactly these hashes are needed.
    """
    indexes = sorted(known)
    if not indexes or indexes[0] < 0 or indexes[-1] >= size or size > LARGEST_SIZE:
        raise ProofMisfit
    if not _are_hashes(proof) or not _are_hashes([*known.values()]):
        raise ProofMisfit
    beside = iter(proof)
    found = _range_root(hash_, range(size), [(index, known[index]) for index in indexes], beside)
    if next(beside, None) is not None:
        raise ProofMisfit
    return found


def _range_root(hash_: Hash, span: range, known: Sequence[tuple[int, bytes]], beside: Iterator[bytes]) -> bytes:
    """Return the root of the leaves in `span`; `known` are those of them that are known. At most 63 calls deep."""
    if not known:
        for hash_beside in beside:
            return hash_beside
        raise ProofMisfit
    if len(span) == 1:
        return known[0][1]
    middle = span.start + _cut(len(span))
    place = _first_from(known, middle)
    left = _range_root(hash_, range(span.start, middle), known[:place], beside)
    return node_hash(hash_, left, _range_root(hash_, range(middle, span.stop), known[place:], beside))


def _first_from(known: Sequence[tuple[int, bytes]], index: int) -> int:
    """Return the place of the first known leaf at or behind an index."""
    low, high = 0, len(known)
    while low < high:
        middle = (low + high) // 2
        if known[middle][0] < index:
            low = middle + 1
        else:
            high = middle
    return low


def _cut(count: int) -> int:
    """Return the largest power of two below a count of at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def _are_hashes(several: Sequence[bytes], *more: bytes) -> bool:
    return all(len(one) == HASH_BYTES for one in (*several, *more))
