"""RFC 6962, section 2.1, written down as its definitions stand there: slow, and plain enough to be seen to be right."""

from collections.abc import Sequence

from jiangxue_verify.hashing import Hash


def cut(count: int) -> int:
    """Return the largest power of two smaller than a count of at least 2."""
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def mth(hash_: Hash, leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves (not leaf hashes)."""
    if not leaves:
        return hash_(b"")
    if len(leaves) == 1:
        return hash_(b"\x00" + leaves[0])
    k = cut(len(leaves))
    return hash_(b"\x01" + mth(hash_, leaves[:k]) + mth(hash_, leaves[k:]))


def path(hash_: Hash, m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the audit path of leaf `m`."""
    if len(leaves) == 1:
        return []
    k = cut(len(leaves))
    if m < k:
        return [*path(hash_, m, leaves[:k]), mth(hash_, leaves[k:])]
    return [*path(hash_, m - k, leaves[k:]), mth(hash_, leaves[:k])]


def proof(hash_: Hash, m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the consistency proof from the first `m` leaves, at least one, to all."""
    return _subproof(hash_, m, leaves, whole=True)


def _subproof(hash_: Hash, m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [mth(hash_, leaves)]
    k = cut(len(leaves))
    if m <= k:
        return [*_subproof(hash_, m, leaves[:k], whole=whole), mth(hash_, leaves[k:])]
    return [*_subproof(hash_, m - k, leaves[k:], whole=False), mth(hash_, leaves[:k])]


def multiproof(hash_: Hash, known: set[int], leaves: Sequence[bytes], first: int = 0) -> list[bytes]:
    """Return the hashes of `proof.bin` for some indexes (docs/formats/archive.md)."""
    if not known & set(range(first, first + len(leaves))):
        return [mth(hash_, leaves)]
    if len(leaves) == 1:
        return []
    k = cut(len(leaves))
    left = multiproof(hash_, known, leaves[:k], first)
    return left + multiproof(hash_, known, leaves[k:], first + k)
