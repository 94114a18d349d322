"""What an archive shows to those who do not trust us: its entries, and the proofs that lead to a witnessed checkpoint."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.crypto import NotGenuine
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.errors import LogDamaged, NoSuchArchive, NotSealedYet
from jiangxue.ledger.log.daily import AT_EDGE
from jiangxue.ledger.log.nodes import StoredNodes
from jiangxue.ledger.log.vouching import opened, ring_of_archive
from jiangxue.ledger.models import Checkpoint, Cosignature, Entry, Heads, HeadsNode, HeadsPlace, Payload, SubjectKey
from jiangxue.ledger.queries.readiness import readiness
from jiangxue.ledger.queries.tree import fetch, stored_nodes
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.edge import Edge
from jiangxue.ledger.rules.erasure import IN_LEAF
from jiangxue.ledger.rules.shown import Anchor, ProvedArchive, ShownEntry, ShownHeads


def proved_archive(aid: UUID) -> ProvedArchive:
    """Return an archive with its proofs, up to the newest checkpoint that is witnessed as the rule demands.

    Call it in one snapshot. Raises `NoSuchArchive`, `NotSealedYet`, or `LogDamaged` if the tables do not fit together.
    """
    ready = readiness(aid)
    if ready.checkpoint is None or ready.heads is None:
        raise NotSealedYet(str(aid))
    by, nodes = stored_nodes()
    size, root = ready.checkpoint.size, bytes(ready.checkpoint.root)
    if merkle.root(by, nodes, size) != root:
        raise LogDamaged(f"the tree does not lead to the root that was signed at {size}")
    entries = _entries(aid, size)
    heads = _heads(by, ready.heads, aid)
    indices = sorted({*(entry.index for entry in entries), heads.entry.index})
    return ProvedArchive(
        note=cosigned(ready.checkpoint),
        size=size,
        entries=entries,
        heads=heads,
        anchors=_anchors(by, nodes, aid, size, ready.need),
        proof=merkle.shared_proof(by, nodes, indices, size),
    )


def cosigned(checkpoint: Checkpoint) -> str:
    """Return a checkpoint's note with the cosignatures that came."""
    lines = Cosignature.objects.filter(size=checkpoint.size).order_by("witness_id").values_list("line", flat=True)
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


def _entries(aid: UUID, size: int) -> list[ShownEntry]:
    key = SubjectKey.objects.filter(aid=aid).first()
    if key is None:
        raise NoSuchArchive(str(aid))
    contents = dict(Payload.objects.filter(aid=aid).values_list("eid", "ciphertext"))
    shown = []
    try:
        ring = ring_of_archive(key_ring(), aid, bytes(key.sealed_key))
        for entry in Entry.objects.filter(aid=aid, index__lt=size).order_by("sequence"):
            salt, payload = None, None
            if entry.eid in contents:
                salt, plain = opened(ring, entry.eid, bytes(contents[entry.eid]))
                payload = plain.decode()
            shown.append(ShownEntry(entry.index, entry.leaf, salt, payload))
    except NotGenuine as fault:
        raise LogDamaged(f"the content of entry {len(shown) + 1} cannot be opened: {fault}") from None
    _refuse_lost(shown)
    return shown


def _refuse_lost(shown: Sequence[ShownEntry]) -> None:
    """Refuse contents that are not kept without an erasure on record after them: whoever verifies the archive would refuse it."""
    is_erased = False
    for entry in reversed(shown):
        if entry.payload is None and not is_erased:
            raise LogDamaged(f"the content of the entry at {entry.index} is lost, and no erasure is on record")
        is_erased = is_erased or (entry.payload is not None and IN_LEAF in entry.leaf)


def _heads(by: Hash, heads: Heads, aid: UUID) -> ShownHeads:
    entry = Entry.objects.filter(index=heads.index).first()
    if entry is None:
        raise LogDamaged(f"the entry of daily heads at {heads.index} is lost")
    place = HeadsPlace.objects.get(heads=heads.index, aid=aid)
    rows = HeadsNode.objects.filter(heads=heads.index)
    edge = Edge(
        heads.archives, tuple(bytes(row.hashes) for row in rows.filter(number_in_level=AT_EDGE).order_by("level"))
    )

    def tile(level: int, number: int) -> bytes | None:
        found = rows.filter(level=level, number_in_level=number).first()
        return bytes(found.hashes) if found else None

    path = merkle.inclusion_proof(by, StoredNodes(by, edge, tile), place.position, heads.archives)
    shown = ShownEntry(heads.index, entry.leaf, bytes(heads.salt), heads.payload)
    return ShownHeads(shown, place.position, place.sequence, path)


def _anchors(by: Hash, nodes: StoredNodes, aid: UUID, size: int, demanded: int) -> list[Anchor]:
    """Return older witnessed checkpoints that say by when each entry was there: of each day that has any, the last one needed.

    One walk over entries and checkpoints together: where one witness has signed alone for a year, asking for each entry took hours.
    """
    found = fetch(
        """
        WITH witnessed AS (
            SELECT size, min(signed_at) AS signed_at FROM ledger_cosignature
            WHERE size < %s GROUP BY size HAVING count(*) >= %s
        ), places AS (
            SELECT size AS place, false AS is_entry, size FROM witnessed
            UNION ALL SELECT "index", true, NULL FROM ledger_entry WHERE aid = %s AND "index" < %s
        ), seen AS (
            SELECT is_entry, min(size) OVER (ORDER BY place DESC, is_entry DESC ROWS UNBOUNDED PRECEDING) AS size FROM places
        )
        SELECT size, signed_at FROM witnessed WHERE size IN (SELECT size FROM seen WHERE is_entry) ORDER BY size
        """,
        [size, max(demanded, 1), aid, size],
    )
    of_days = {learning_day(signed_at): old for old, signed_at in found}
    notes = Checkpoint.objects.in_bulk(list(of_days.values()))
    return [
        Anchor(cosigned(notes[old]), merkle.consistency_proof(by, nodes, old, size)) for old in sorted(of_days.values())
    ]
