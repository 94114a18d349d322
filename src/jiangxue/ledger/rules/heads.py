"""The daily heads: one tree over the last entry of every archive, so that none can lose its last entries unnoticed."""

from dataclasses import dataclass
from uuid import UUID

from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.leaf import OWN_ARCHIVE, b64u

KIND = "heads"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of an archive: its number there and its leaf hash."""

    aid: UUID
    sequence: int
    leaf_hash: bytes


def hash_of(by: Hash, head: Head) -> bytes:
    """Return the leaf hash of an archive in the tree of heads."""
    return merkle.leaf_hash(by, head.aid.bytes + head.sequence.to_bytes(8, "big") + head.leaf_hash)


def payload(eid: UUID, at_ms: int, archives: int, root: bytes) -> bytes:
    """Return the payload of the entry that keeps the root of the heads."""
    data: Value = {"archives": archives, "root": b64u(root)}
    return canonical_json({"aid": str(OWN_ARCHIVE), "at_ms": at_ms, "data": data, "eid": str(eid), "kind": KIND})
