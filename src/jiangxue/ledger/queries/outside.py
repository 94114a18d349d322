"""The log held against what is known of it outside this database: checkpoints that were fetched, and the signer's memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.nodes import StoredNodes, read_edge, tiles_by
from jiangxue.ledger.models import Entry, Witness
from jiangxue.ledger.queries.proofs import cosigned
from jiangxue.ledger.queries.state import need, witnessed_checkpoint
from jiangxue.ledger.queries.tree import fetch, hash_of_log, last_checkpoint, log_keys
from jiangxue.ledger.rules import edge as edges
from jiangxue.ledger.rules import leaf, merkle, note
from jiangxue.ledger.rules.note import NotANote


class Standing(StrEnum):
    """How the log here stands to a tree that is known outside."""

    CONTINUES = "continues"
    OLDER = "older"
    OTHER = "other"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree by its hash, its size and its root; `seen_at` is when a witness saw it, if it says so."""

    by: Hash
    size: int
    root: bytes
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The newest notes of the log: as it was signed, and as it was witnessed; empty before there was one."""

    signed: str
    witnessed: str


def tree_here() -> Tree:
    """Return the tree of the log as it stands. Raises `LogDamaged`."""
    by, edge = read_edge(fetch, hash_of_log())
    return Tree(by, edge.size, edges.root(by, edge))


def newest_notes() -> Signed:
    """Return the newest note with its cosignatures, and the newest that as many witnesses have signed as are demanded, one at least."""
    newest, witnessed = last_checkpoint(), witnessed_checkpoint(max(need(), 1))
    return Signed(cosigned(newest) if newest else "", cosigned(witnessed) if witnessed else "")


def tree_of_note(text: str) -> Tree | None:
    """Return the tree that a note of this log is about; None if no key of this log signed it. Raises `NotANote` if it is no note."""
    note.read_checkpoint(note.split(text)[0])
    keys = log_keys()
    witnesses = [note.read_key(key) for key in Witness.objects.values_list("verifier_key", flat=True)]
    try:
        opened = note.opened(text, [*keys, *witnesses])
    except NotANote:
        return None
    if not opened.by_log or opened.checkpoint.origin not in {key.name for key in keys}:
        return None
    return Tree(hash_of_log(), opened.checkpoint.size, opened.checkpoint.root, _last_seen(opened.witnessed))


def erased_by_memory(folder: Path) -> frozenset[UUID]:
    """Return the archives that a signer knows to have been erased. Raises `SignerRefusal` if that cannot be read."""
    return Memory(folder).erased()


def tree_of_memory(folder: Path) -> Tree:
    """Return the tree that a signer signed last, by its memory. Raises `SignerRefusal` if that cannot be read."""
    by, edge = Memory(folder).read()
    return Tree(by, edge.size, edges.root(by, edge))


def standing_to(known: Tree) -> Standing:
    """Say whether the log here continues a tree that is known outside, by a consistency proof over the nodes that are kept here.

    A larger tree than there is here cannot be proven to begin with it: that the log is older is all that can be said. Raises `LogDamaged`.
    """
    by, edge = read_edge(fetch, hash_of_log())
    if known.by != by:
        return Standing.FOREIGN
    if known.size > edge.size:
        return Standing.OLDER
    here = (edge.size, edges.root(by, edge))
    proof = merkle.consistency_proof(by, StoredNodes(by, edge, tiles_by(fetch)), known.size, edge.size)
    return Standing.CONTINUES if merkle.is_continued(by, (known.size, known.root), here, proof) else Standing.OTHER


def last_recorded_at() -> datetime | None:
    """Return when the last entry of the log happened; None in a log without any."""
    last = Entry.objects.order_by("-index").values_list("leaf", flat=True).first()
    return None if last is None else from_ms(leaf.read(last.encode()).event.at_ms)


def _last_seen(witnessed: Mapping[str, int]) -> datetime | None:
    return from_ms(max(witnessed.values()) * 1000) if witnessed else None
