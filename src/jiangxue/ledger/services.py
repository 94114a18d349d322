"""Appending evidence, in the transaction of the fact that it proves. Clause T8.2."""

import os
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.errors import NoSuchArchive
from jiangxue.ledger.models import InboxEntry, Payload, SubjectKey

SALT_BYTES = 32


def open_archive() -> UUID:
    """Make an archive with a key of its own and return its random id."""
    aid = new_id()
    SubjectKey.objects.create(aid=aid, sealed_key=key_ring().seal(crypto.new_key(), f"subject_key:{aid}"))
    return aid


def append(aid: UUID, kind: str, payload: Mapping[str, Value], *, at: datetime) -> UUID:
    """Append one event to an archive's log and return its id; nothing is kept if the caller's transaction fails."""
    eid = new_id()
    salt = os.urandom(SALT_BYTES)
    data = canonical_json({"aid": str(aid), "at_ms": to_ms(at), "data": payload, "eid": str(eid), "kind": kind})
    ciphertext = _archive_ring(aid).seal(salt + data, f"payload:{eid}")
    Payload.objects.create(eid=eid, aid=aid, ciphertext=ciphertext)
    InboxEntry.objects.create(eid=eid, aid=aid, kind=kind, at_ms=to_ms(at), commitment=crypto.commitment(salt, data))
    return eid


def _archive_ring(aid: UUID) -> crypto.KeyRing:
    row = SubjectKey.objects.filter(aid=aid).first()
    if row is None:
        raise NoSuchArchive(str(aid))
    key = key_ring().open(bytes(row.sealed_key), f"subject_key:{aid}")
    return crypto.KeyRing({1: key}, 1)
