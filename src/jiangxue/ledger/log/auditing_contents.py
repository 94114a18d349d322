"""Part of the audit: what the entries commit to lies beside them, none was lost before it was sealed, and it can be opened."""

from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.log.findings import Findings, stream
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.vouching import opened, ring_of_archive
from jiangxue.ledger.rules import leaf
from jiangxue.ledger.rules.erasure import EARLIEST_YEARS, IN_LEAF
from jiangxue.ledger.rules.leaf import Event, NotALeaf

_MISSING = """
SELECT e."index", e.eid FROM ledger_entry e
WHERE NOT EXISTS (SELECT FROM ledger_payload p WHERE p.eid = e.eid AND p.aid = e.aid)
    AND NOT EXISTS (SELECT FROM ledger_heads h WHERE h."index" = e."index")
    AND NOT e.aid = ANY (%s)
    AND NOT EXISTS (
        SELECT FROM ledger_entry later JOIN ledger_payload kept ON kept.eid = later.eid AND kept.aid = later.aid
        WHERE later.aid = e.aid AND later.sequence > e.sequence AND strpos(later.leaf, %s) > 0
    )
"""
_EARLY = """
SELECT e."index", e.aid FROM ledger_entry e
JOIN LATERAL (
    SELECT leaf FROM ledger_entry b WHERE b.aid = e.aid AND b.sequence < e.sequence AND strpos(b.leaf, %s) = 0
    ORDER BY b.sequence DESC LIMIT 1
) before ON true
WHERE strpos(e.leaf, %s) > 0 AND to_timestamp(substring(before.leaf FROM '"o":([0-9]{1,15})')::bigint / 1000.0)
    + make_interval(years => %s) > to_timestamp(substring(e.leaf FROM '"o":([0-9]{1,15})')::bigint / 1000.0)
"""
_LOST = """
WITH unsealed AS MATERIALIZED (
    SELECT p.eid, p.aid FROM ledger_payload p
    WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.eid = p.eid)
        AND NOT EXISTS (SELECT FROM ledger_quarantined q WHERE q.eid = p.eid)
)
SELECT eid, aid FROM unsealed WHERE NOT ledger_is_waiting(eid)
"""
_CONTENTS = """
SELECT e."index", e.leaf, p.ciphertext, coalesce(k.sealed_key, '') FROM ledger_entry e
JOIN ledger_payload p ON p.eid = e.eid LEFT JOIN ledger_subjectkey k ON k.aid = e.aid
"""
_KEYS_AT_HAND = 4096


def check_payloads(connection: Connection, findings: Findings, erased: Collection[UUID]) -> None:
    """Check that each entry has its payload, and each payload its entry, its row in the inbox or in quarantine.

    Contents may be missing before a record that they were erased, and of archives that are known to have been `erased`.
    """
    for index, eid in stream(connection, findings, "payloads_missing", _MISSING, list(erased), IN_LEAF):
        findings.add("payload.missing", index, f"what event {eid} commits to is not kept")
    for index, aid in stream(connection, findings, "erased_early", _EARLY, IN_LEAF, IN_LEAF, EARLIEST_YEARS):
        findings.add(
            "erased.early", index, f"archive {aid} was erased before five years had passed since its last record"
        )
    for eid, aid in stream(connection, findings, "payloads_lost", _LOST):
        findings.add("payload.lost", eid, f"an event of archive {aid} was lost before it was sealed")


def check_contents(connection: Connection, by: Hash, ring: crypto.KeyRing, findings: Findings) -> int:
    """Open every payload and hold it against what its entry commits to; return how many there are."""

    @lru_cache(_KEYS_AT_HAND)
    def key(aid: UUID, sealed: bytes) -> crypto.KeyRing:
        return ring_of_archive(ring, aid, sealed)

    count = 0
    for index, text, ciphertext, sealed in stream(connection, findings, "contents", _CONTENTS):
        count += 1
        try:
            event = leaf.read(text.encode()).event
            salt, payload = opened(key(event.aid, sealed), event.eid, ciphertext)
        except NotALeaf:
            continue
        except crypto.NotGenuine as fault:
            findings.add("payload.unreadable", index, str(fault))
            continue
        if not _is_committed(by, event, salt, payload):
            findings.add("payload.altered", index, "not what the entry commits to")
    return count


def _is_committed(by: Hash, event: Event, salt: bytes, payload: bytes) -> bool:
    return leaf.is_payload_of(event, payload) and crypto.commitment(salt, payload, by) == event.commitment
