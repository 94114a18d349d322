"""The worked example of docs/formats/ledger.md: `python -m tests.formats.example` writes it anew."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.kernel.canonical import canonical_json
from jiangxue.kernel.crypto import commitment
from jiangxue.kernel.hashing import SHA256, SM3, Hash
from jiangxue.ledger.rules import edge, heads, leaf, merkle, note
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import NOTHING_BEFORE, OWN_ARCHIVE, Event, Leaf

FILE = Path(__file__).with_name("ledger.json")
ORIGIN, WITNESS = "example.org/jiangxue/log1", "witness.example.gov.cn/jiangxue"
LOG_SEED, WITNESS_SEED = bytes(range(32)), bytes(range(32, 64))
BEGAN_MS, SIGNED_S = 1_795_572_000_000, 1_795_572_400
_ARCHIVES = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427"), UUID("9f2c0d5e-7a34-4c1b-9e57-3d6a8b1f4c20")
_KINDS = (
    ("enrolment.opened", 0),
    ("session.opened", 0),
    ("enrolment.opened", 1),
    ("segment.sealed", 0),
    ("session.closed", 0),
    ("session.opened", 1),
)


def example() -> dict[str, object]:
    """Return the whole example, once with each hash."""
    keys = {
        "log_seed": LOG_SEED.hex(),
        "log_key": str(note.public_key(ORIGIN, note.LOG_KEY, _private(LOG_SEED))),
        "witness_seed": WITNESS_SEED.hex(),
        "witness_key": str(note.public_key(WITNESS, note.WITNESS_KEY, _private(WITNESS_SEED))),
    }
    return {**keys, "logs": {by.name: _log(by) for by in (SHA256, SM3)}}


def _log(by: Hash) -> dict[str, object]:
    entries = list(_entries(by))
    hashes = [bytes.fromhex(str(each["leaf_hash"])) for each in entries]
    grown, _ = edge.append(by, edge.EMPTY, hashes)
    checkpoint = note.Checkpoint(ORIGIN, len(entries), edge.root(by, grown))
    signed = note.signed(checkpoint, _private(LOG_SEED))
    return {
        "entries": entries,
        "roots": [merkle.root_of(by, hashes[:size]).hex() for size in range(len(hashes) + 1)],
        "note": signed + note.cosigned(checkpoint, WITNESS, _private(WITNESS_SEED), SIGNED_S),
    }


def _entries(by: Hash) -> Iterator[dict[str, object]]:
    last: dict[UUID, Head] = {}
    for number, (kind, archive) in enumerate(_KINDS):
        aid, at_ms, eid = _ARCHIVES[archive], BEGAN_MS + 30_000 * number, UUID(int=1 << 64 | number)
        named = {"aid": str(aid), "at_ms": at_ms, "data": {"课节": number}, "eid": str(eid), "kind": kind}
        yield _entry(by, last, Event(aid, eid, kind, at_ms, b""), canonical_json(named))
    every = sorted(last.values(), key=lambda head: head.aid.bytes)
    at_ms, eid = BEGAN_MS + 300_000, UUID(int=1 << 64 | len(_KINDS))
    payload = heads.payload(eid, at_ms, len(every), merkle.root_of(by, [heads.hash_of(by, head) for head in every]))
    yield _entry(by, last, Event(OWN_ARCHIVE, eid, heads.KIND, at_ms, b""), payload)


def _entry(by: Hash, last: dict[UUID, Head], event: Event, payload: bytes) -> dict[str, object]:
    salt = hashlib.sha256(event.eid.bytes).digest()
    before = last.get(event.aid) or Head(event.aid, 0, NOTHING_BEFORE)
    committed = Event(event.aid, event.eid, event.kind, event.at_ms, commitment(salt, payload, by))
    text = leaf.written(Leaf(committed, before.sequence + 1, before.leaf_hash, by.name))
    last[event.aid] = Head(event.aid, before.sequence + 1, merkle.leaf_hash(by, text))
    return {
        "payload": payload.decode(),
        "salt": salt.hex(),
        "leaf": text.decode(),
        "leaf_hash": last[event.aid].leaf_hash.hex(),
    }


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


if __name__ == "__main__":
    FILE.write_text(json.dumps(example(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
