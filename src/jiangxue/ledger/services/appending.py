"""Appending evidence, in the transaction of the fact that it proves. Clause T8.2."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from jiangxue.djangokit.sealed import key_ring, seal_bytes_for
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.hashing import HASH_OF_PROFILE
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.errors import NoSuchArchive
from jiangxue.ledger.log.vouching import SALT_BYTES, ring_of_archive
from jiangxue.ledger.models import InboxEntry, Payload, SubjectKey
from jiangxue.ledger.rules.evidence import require_evidence


def open_archive() -> UUID:
    """Make an archive with a key of its own and return its random id."""
    (aid,) = open_archives(1)
    return aid


def ensure_archive(aid: UUID) -> None:
    """Make the archive of a fixed name that belongs to nobody, with a key of its own, unless it is there; callers take turns."""
    if not SubjectKey.objects.filter(aid=aid).exists():
        _make([aid])


def open_archives(count: int) -> list[UUID]:
    """Make several archives in one statement, each with a key of its own, and return their random ids."""
    aids = [new_id() for _ in range(count)]
    _make(aids)
    return aids


def _make(aids: Sequence[UUID]) -> None:
    rows = [SubjectKey(aid=aid) for aid in aids]
    for row in rows:
        seal_bytes_for(row, "sealed_key", crypto.new_key())
    SubjectKey.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an archive, to be appended: what happened, of which kind, and when."""

    aid: UUID
    kind: str
    payload: Mapping[str, Value]
    at: datetime


def append(aid: UUID, kind: str, payload: Mapping[str, Value], *, at: datetime) -> UUID:
    """Append one event to an archive's log and return its id; nothing is kept if the caller's transaction fails."""
    (eid,) = append_all([Event(aid, kind, payload, at)])
    return eid


def append_all(events: Sequence[Event]) -> list[UUID]:
    """Append events in their order, of any archives, in three statements, and return their ids. Raises `NoSuchArchive`, `NotEvidence`."""
    rings = _archive_rings({event.aid for event in events})
    by = HASH_OF_PROFILE[settings.CRYPTO_PROFILE]
    entries, payloads = [], []
    for event in events:
        eid, salt = new_id(), os.urandom(SALT_BYTES)
        sealed = _canonical(event, eid)
        require_evidence(event.kind, event.payload, sealed)
        ciphertext = rings[event.aid].seal(salt + sealed, f"payload:{eid}")
        payloads.append(Payload(eid=eid, aid=event.aid, ciphertext=ciphertext))
        commitment = crypto.commitment(salt, sealed, by)
        entries.append(
            InboxEntry(eid=eid, aid=event.aid, kind=event.kind, at_ms=to_ms(event.at), commitment=commitment)
        )
    Payload.objects.bulk_create(payloads)
    InboxEntry.objects.bulk_create(entries)
    return [entry.eid for entry in entries]


def _canonical(event: Event, eid: UUID) -> bytes:
    data, at_ms = event.payload, to_ms(event.at)
    return canonical_json({"aid": str(event.aid), "at_ms": at_ms, "data": data, "eid": str(eid), "kind": event.kind})


def _archive_rings(aids: Collection[UUID]) -> dict[UUID, crypto.KeyRing]:
    ring = key_ring()
    rows = SubjectKey.objects.filter(aid__in=aids)
    found = {row.aid: ring_of_archive(ring, row.aid, bytes(row.sealed_key)) for row in rows}
    for aid in aids:
        if aid not in found:
            raise NoSuchArchive(str(aid))
    return found
