"""Daily heads: that nothing before them was left out of the archive (docs/formats/archive.md, heads.json)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from jiangxue_verify.canonical import NotCanonical, decode, parse_object, shaped
from jiangxue_verify.entries import Entry
from jiangxue_verify.errors import Finding, Refused
from jiangxue_verify.leaves import OWN_ARCHIVE, Leaf, LeafMalformed, hash_in, parse_leaf
from jiangxue_verify.merkle import LARGEST_SIZE, Tree, included, leaf_hash
from jiangxue_verify.payloads import Content, said_by

KIND = "heads"
MAX_PATH = 63
_SHAPE = {"data": str, "index": int, "leaf": str, "path": list, "position": int, "salt": str, "sequence": int}
_DATA_SHAPE = {"archives": int, "root": str}


@dataclass(frozen=True)
class Heads:
    """The entry of daily heads, and the archive's place in its tree."""

    index: int
    leaf: Leaf
    content: Content
    path: Sequence[bytes]
    position: int
    sequence: int
    """The number of the archive's last entry then."""


def parse_heads(content: bytes) -> Heads:
    """Return what `heads.json` says, in its one form."""
    try:
        said = parse_object(decode(content), _SHAPE)
        leaf, salt, path = parse_leaf(said["leaf"]), hash_in(said["salt"]), [hash_in(one) for one in said["path"]]
    except (NotCanonical, LeafMalformed) as error:
        raise Refused("form.heads") from error
    numbers = (said["index"], said["position"], said["sequence"] - 1)
    if not all(0 <= number < LARGEST_SIZE for number in numbers) or len(path) > MAX_PATH:
        raise Refused("form.heads")
    return Heads(said["index"], leaf, Content(said["data"], salt), path, said["position"], said["sequence"])


def left_out(heads: Heads, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find out whether the archive stands in the daily heads with exactly the entries shown."""
    if heads.leaf.archive_id != OWN_ARCHIVE or heads.leaf.kind != KIND or heads.leaf.hash_id != entries[0].leaf.hash_id:
        yield Refused("heads.other-entry")
    if any(entry.leaf.event_id == heads.leaf.event_id for entry in entries):
        yield Refused("heads.other-entry")
    before = sum(entry.index < heads.index for entry in entries)
    if before != heads.sequence:
        yield Refused("heads.left-out", shown=before, counted=heads.sequence)
    try:
        tree = _tree_of(heads)
    except Refused as finding:
        yield finding
        return
    if heads.sequence <= len(entries) and not _stands_in(tree, heads, entries[heads.sequence - 1].leaf):
        yield Refused("heads.path")


def _tree_of(heads: Heads) -> Tree:
    """Return the tree over the last entries of all archives."""
    data = said_by(heads.content, heads.leaf)
    try:
        said = shaped(data, _DATA_SHAPE)
        return Tree(said["archives"], hash_in(said["root"]))
    except (NotCanonical, LeafMalformed) as error:
        raise Refused("heads.form") from error


def _stands_in(tree: Tree, heads: Heads, last: Leaf) -> bool:
    """Tell whether the tree has, at the place shown, the archive with this as its last entry."""
    hash_ = heads.leaf.hash_of_log
    head = UUID(last.archive_id).bytes + heads.sequence.to_bytes(8, "big") + last.hash
    return included(hash_, tree, heads.position, leaf_hash(hash_, head), heads.path)
