"""The Merkle tree of RFC 6962 over any hash: roots, proofs, and whether one tree continues another."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from jiangxue.kernel.hashing import Hash

type Nodes = Callable[[int, int], bytes]
"""Gives the hash of the perfect subtree (level, number): that of the leaves from `number << level` on, `1 << level` of them."""


def leaf_hash(by: Hash, leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return by.of(b"\x00" + leaf)


def node_hash(by: Hash, left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return by.of(b"\x01" + left + right)


def root_of(by: Hash, leaves: Sequence[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    row = list(leaves)
    if not row:
        return by.of(b"")
    while len(row) > 1:
        pairs = [node_hash(by, row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(row) & ~1 :]
    return row[0]


def root(by: Hash, nodes: Nodes, size: int) -> bytes:
    """Return the root of the first `size` leaves of a tree that is kept elsewhere."""
    return _range(by, nodes, 0, size) if size else by.of(b"")


def inclusion_proof(by: Hash, nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root of `size` leaves, lowest first (section 2.1.1)."""
    proof = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_range(by, nodes, middle, high))
            high = middle
        else:
            proof.append(_range(by, nodes, low, middle))
            low = middle
    return proof[::-1]


def consistency_proof(by: Hash, nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Return the hashes that show the tree of `old` leaves to be the beginning of that of `new` (section 2.1.2)."""
    if old in (0, new):
        return []
    proof = []
    low, high, whole = 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_range(by, nodes, middle, high))
            high = middle
        else:
            proof.append(_range(by, nodes, low, middle))
            low, whole = middle, False
    if not whole:
        proof.append(_range(by, nodes, low, high))
    return proof[::-1]


def is_continued(by: Hash, old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Say whether the tree `old` (size, root) is shown by `proof` to be the beginning of the tree `new`."""
    (old_size, old_root), (new_size, new_root) = old, new
    if old_size > new_size or (old_size in (0, new_size) and proof):
        return False
    if old_size == new_size:
        return old_root == new_root
    if old_size == 0:
        return old_root == by.of(b"")
    return _computed(by, old_size, new_size, list(proof), old_root) == (old_root, new_root)


def shared_ranges(indices: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of leaves, from left to right, whose hashes lead together with the leaves `indices` (rising) to the root."""
    stack = [(0, size, 0, len(indices))]
    while stack:
        low, high, first, last = stack.pop()
        if first == last:
            yield low, high
        elif high - low > 1:
            middle = low + _split(high - low)
            cut = bisect_left(indices, middle, first, last)
            stack += [(middle, high, cut, last), (low, middle, first, cut)]


def shared_proof(by: Hash, nodes: Nodes, indices: Sequence[int], size: int) -> list[bytes]:
    """Return the hashes of `shared_ranges`."""
    return [_range(by, nodes, low, high) for low, high in shared_ranges(indices, size)]


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _range(by: Hash, nodes: Nodes, low: int, high: int) -> bytes:
    """Return the root over the leaves from `low` on below `high`, a range that the recursion of RFC 6962 comes to."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        if low:
            level = min(level, (low & -low).bit_length() - 1)
        parts.append(nodes(level, low >> level))
        low += 1 << level
    found = parts.pop()
    while parts:
        found = node_hash(by, parts.pop(), found)
    return found


def _computed(by: Hash, old: int, new: int, proof: list[bytes], old_root: bytes) -> tuple[bytes, bytes] | None:
    """Return the roots that a consistency proof leads to (RFC 9162, section 2.1.4.2); None if its length is wrong."""
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        return None
    left, right = old - 1, new - 1
    while left & 1:
        left, right = left >> 1, right >> 1
    first = second = proof[0]
    for each in proof[1:]:
        if right == 0:
            return None
        if left & 1 or left == right:
            first, second = node_hash(by, each, first), node_hash(by, each, second)
            while left and not left & 1:
                left, right = left >> 1, right >> 1
        else:
            second = node_hash(by, second, each)
        left, right = left >> 1, right >> 1
    return (first, second) if right == 0 else None
