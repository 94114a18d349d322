"""What an archive says, read from nothing but what is sealed in it. Clauses T8.1, T8.2."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import HASHES
from jiangxue.ledger.errors import LogDamaged, NoSuchArchive
from jiangxue.ledger.log.vouching import opened, ring_of_archive
from jiangxue.ledger.models import Entry, Payload, SubjectKey
from jiangxue.ledger.rules import leaf as leaves
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
    try:
        ring = ring_of_archive(key_ring(), aid, bytes(key.sealed_key))
        contents = {
            eid: opened(ring, eid, bytes(ciphertext))
            for eid, ciphertext in Payload.objects.filter(aid=aid).values_list("eid", "ciphertext")
        }
    except crypto.NotGenuine as fault:
        raise LogDamaged(f"a content of the archive cannot be opened: {fault}") from None
    sealed = [_sealed(entry, contents.pop(entry.eid, None)) for entry in _entries(aid)]
    return [*sealed, *sorted(_waiting(contents), key=lambda record: (record.at_ms, record.eid))]


def _entries(aid: UUID) -> Iterator[Entry]:
    return Entry.objects.filter(aid=aid).defer("leaf_hash").order_by("sequence").iterator()


def _sealed(entry: Entry, content: tuple[bytes, bytes] | None) -> Record:
    leaf = leaves.read(entry.leaf.encode())
    event = leaf.event
    if content is None:
        return Record(entry.eid, entry.sequence, entry.index, event.kind, event.at_ms, None)
    salt, payload = content
    if crypto.commitment(salt, payload, HASHES[leaf.hash_name]) != event.commitment:
        raise LogDamaged(f"the content of entry {entry.sequence} is not the one that was sealed")
    return Record(entry.eid, entry.sequence, entry.index, event.kind, event.at_ms, _decode(payload).data)


def _waiting(contents: Mapping[UUID, tuple[bytes, bytes]]) -> Iterator[Record]:
    for eid, (_, payload) in contents.items():
        said = _decode(payload)
        yield Record(eid, None, None, said.kind, said.at_ms, said.data)
