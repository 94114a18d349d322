"""What an archive says, read from nothing but what is sealed in it. Clauses T8.1, T8.2."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

import msgspec

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import HASHES
from jiangxue.ledger.errors import LogDamaged, NoSuchArchive
from jiangxue.ledger.log.vouching import opened, ring_of_archive
from jiangxue.ledger.models import Entry, Payload, SubjectKey
from jiangxue.ledger.queries.tree import fetch
from jiangxue.ledger.rules import leaf as leaves
from jiangxue.ledger.rules.erasure import IN_LEAF
from jiangxue.ledger.rules.record import Record


class _Sealed(msgspec.Struct):
    data: dict[str, Any]
    kind: str
    at_ms: int


_decode = msgspec.json.Decoder(_Sealed).decode


def records_of(aid: UUID) -> list[Record]:
    """Return the records of an archive: those that are sealed in their order, then those that wait, by time.

    Call it in one snapshot. Raises `NoSuchArchive`, or `LogDamaged` where a content is not the one that was sealed.
    """
    key = SubjectKey.objects.filter(aid=aid).first()
    if key is None:
        raise NoSuchArchive(str(aid))
    rows = Payload.objects.filter(aid=aid).values_list("eid", "ciphertext")
    contents = {eid: bytes(ciphertext) for eid, ciphertext in rows}
    found: list[Record] = []
    try:
        ring = ring_of_archive(key_ring(), aid, bytes(key.sealed_key))
        for entry in _entries(aid):
            found.append(_sealed(ring, entry, contents.pop(entry.eid, None)))
        waiting = [_waiting(ring, eid, ciphertext) for eid, ciphertext in contents.items()]
    except crypto.NotGenuine as fault:
        raise LogDamaged(f"the content of entry {len(found) + 1} cannot be opened: {fault}") from None
    return [*found, *sorted(waiting, key=lambda record: (record.at_ms, record.eid))]


def _entries(aid: UUID) -> Iterator[Entry]:
    return Entry.objects.filter(aid=aid).defer("leaf_hash").order_by("sequence").iterator()


def _sealed(ring: crypto.KeyRing, entry: Entry, ciphertext: bytes | None) -> Record:
    leaf = leaves.read(entry.leaf.encode())
    event = leaf.event
    if ciphertext is None:
        return Record(entry.eid, entry.sequence, entry.index, event.kind, event.at_ms, None)
    salt, payload = opened(ring, entry.eid, ciphertext)
    if crypto.commitment(salt, payload, HASHES[leaf.hash_name]) != event.commitment:
        raise LogDamaged(f"the content of entry {entry.sequence} is not the one that was sealed")
    return Record(entry.eid, entry.sequence, entry.index, event.kind, event.at_ms, _decode(payload).data)


def _waiting(ring: crypto.KeyRing, eid: UUID, ciphertext: bytes) -> Record:
    _salt, payload = opened(ring, eid, ciphertext)
    said = _decode(payload)
    return Record(eid, None, None, said.kind, said.at_ms, said.data)


def last_records_ms(aids: Collection[UUID]) -> dict[UUID, int]:
    """Return when the last record of each archive happened that is not itself about erasing; those of which records wait to be sealed are left out."""
    rows = fetch(
        """
        SELECT h.aid, substring(e.leaf FROM '"o":([0-9]{1,15})')::bigint FROM ledger_head h
        JOIN LATERAL (
            SELECT leaf FROM ledger_entry WHERE aid = h.aid AND strpos(leaf, %s) = 0 ORDER BY sequence DESC LIMIT 1
        ) e ON true
        WHERE h.aid = ANY (%s) AND (SELECT events FROM ledger_waiting(h.aid)) = 0
        """,
        [IN_LEAF, list(aids)],
    )
    return dict(rows)
