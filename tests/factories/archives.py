"""What an archive holds, as whoever has the keys can read it."""

import json
from typing import Any
from uuid import UUID

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.ledger.models import Payload, SubjectKey
from jiangxue.ledger.services import SALT_BYTES


def events_of(aid: UUID) -> list[dict[str, Any]]:
    """Return the events of an archive, in no order."""
    sealed_key = bytes(SubjectKey.objects.get(pk=aid).sealed_key)
    ring = crypto.KeyRing({1: key_ring().open(sealed_key, f"subject_key:{aid}")}, 1)
    rows = Payload.objects.filter(aid=aid)
    return [json.loads(ring.open(bytes(row.ciphertext), f"payload:{row.eid}")[SALT_BYTES:]) for row in rows]
