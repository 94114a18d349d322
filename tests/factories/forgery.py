"""What whoever owns the machine can do to a log: take the guards off, and write another one with our own code."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel import crypto
from jiangxue.kernel.canonical import Value, canonical_json
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.log.daily import enter_heads
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.sealing import begin, heads_of, keep
from jiangxue.ledger.log.vouching import SALT_BYTES, ring_of_archive
from jiangxue.ledger.rules import heads, leaf, merkle, note
from jiangxue.ledger.rules.edge import EMPTY, append, mac
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import OWN_ARCHIVE, Event
from tests.factories.logs import Log

_GUARDED = ("entry", "tile", "checkpoint", "cosignature", "heads", "inboxentry", "quarantined", "signingkey")
_OF_THE_TREE = ("entry", "tile", "edge", "head", "heads", "headsplace", "headsnode")


@contextmanager
def unguarded(log: Log) -> Iterator[Connection]:
    """Yield a connection to which no trigger says anything, in one transaction."""
    with log.admin.transaction():
        for table in _GUARDED:
            log.admin.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER".encode())
        yield log.admin
        for table in _GUARDED:
            log.admin.execute(f"ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER ledger_{table}_append_only".encode())
            log.admin.execute(f"ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER ledger_{table}_no_truncate".encode())
        log.admin.execute("ALTER TABLE ledger_inboxentry ENABLE ALWAYS TRIGGER ledger_inboxentry_only_sealed")


def history(log: Log) -> list[Event]:
    """Return the events that the log holds."""
    rows = log.admin.execute('SELECT leaf FROM ledger_entry ORDER BY "index"').fetchall()
    return [leaf.read(text.encode()).event for (text,) in rows]


def retell(log: Log, change: Callable[[list[Event]], Sequence[Event]]) -> None:
    """Replace the log by one of other events, everything computed again but the checkpoints: those take the key."""
    events = change(history(log))
    with unguarded(log) as admin:
        for table in _OF_THE_TREE:
            admin.execute(f"DELETE FROM ledger_{table}".encode())
        for is_heads, some in groupby(events, lambda event: event.aid == OWN_ARCHIVE and event.kind == heads.KIND):
            if is_heads:
                for event in some:
                    enter_heads(replace(log.sealer, connection=admin), event.at_ms)
            else:
                enter(log, admin, list(some))


def cut(log: Log, size: int) -> None:
    """Cut the tail off: entries, their payloads, and all that is derived and signed beyond `size`."""
    with unguarded(log) as admin:
        gone = [size]
        admin.execute(
            'DELETE FROM ledger_payload WHERE eid IN (SELECT eid FROM ledger_entry WHERE "index" >= %s)', gone
        )
        for table in ("cosignature", "checkpoint"):
            admin.execute(f"DELETE FROM ledger_{table} WHERE size > %s".encode(), gone)
        for table, column in (("entry", "index"), ("heads", "index"), ("headsplace", "heads"), ("headsnode", "heads")):
            admin.execute(f'DELETE FROM ledger_{table} WHERE "{column}" >= %s'.encode(), gone)
        _derive(log, admin)


def resign(log: Log) -> None:
    """Sign with the stolen key whatever the log is now, at the sizes at which it was signed and at its own; drop cosignatures."""
    hashes = [row[0] for row in log.admin.execute('SELECT leaf_hash FROM ledger_entry ORDER BY "index"').fetchall()]
    with unguarded(log) as admin:
        sizes = {size for (size,) in admin.execute("SELECT size FROM ledger_checkpoint").fetchall()}
        admin.execute("DELETE FROM ledger_cosignature")
        admin.execute("DELETE FROM ledger_checkpoint")
        for size in sorted(each for each in sizes | {len(hashes)} if each <= len(hashes)):
            signed = stolen_signature(log, hashes[:size])
            admin.execute(
                "INSERT INTO ledger_checkpoint (size, root, note, at_ms) VALUES (%s, %s, %s, 0)",
                [size, note.read_checkpoint(note.split(signed)[0]).root, signed],
            )


def stolen_signature(log: Log, hashes: Sequence[bytes]) -> str:
    """Return a note over a tree that the log's key signs without its signer."""
    root = merkle.root_of(log.sealer.by, hashes)
    return note.signed(note.Checkpoint(log.signer.origin, len(hashes), root), log.signer.private)


def with_other_content(log: Log, event: Event, data: Value) -> Event:
    """Exchange what an event says, with the keys that only the operator has, and return the event that commits to it."""
    payload = canonical_json(
        {"aid": str(event.aid), "at_ms": event.at_ms, "data": data, "eid": str(event.eid), "kind": event.kind}
    )
    salt = os.urandom(SALT_BYTES)
    sealed_key = log.one("SELECT sealed_key FROM ledger_subjectkey WHERE aid = %s", event.aid)
    assert isinstance(sealed_key, bytes)
    ciphertext = ring_of_archive(key_ring(), event.aid, sealed_key).seal(salt + payload, f"payload:{event.eid}")
    log.admin.execute(
        "INSERT INTO ledger_payload (eid, aid, ciphertext) VALUES (%s, %s, %s)"
        " ON CONFLICT (eid) DO UPDATE SET ciphertext = excluded.ciphertext",
        [event.eid, event.aid, ciphertext],
    )
    return replace(event, commitment=crypto.commitment(salt, payload, log.sealer.by))


def invented(event: Event) -> Event:
    """Return an event that never was, beside a real one."""
    return replace(event, eid=new_id(), commitment=os.urandom(32))


def enter(log: Log, admin: Connection, events: Sequence[Event], log_key: bytes | None = None) -> None:
    """Enter events past the inbox; with another `log_key`, as somebody does who has only the database."""
    growing = begin(admin, log.sealer.by, log.sealer.log_key)
    growing.heads = heads_of(admin, log.sealer.by, {event.aid for event in events})
    for event in events:
        growing.add(event)
    keep(admin, growing, log_key or log.sealer.log_key, log.sealer.at)


def _derive(log: Log, admin: Connection) -> None:
    """Compute tiles, edge and last entries from the entries that are left."""
    rows = admin.execute('SELECT aid, sequence, leaf_hash FROM ledger_entry ORDER BY "index"').fetchall()
    edge, tiles = append(log.sealer.by, EMPTY, [leaf_hash for _, _, leaf_hash in rows])
    for table in ("tile", "head"):
        admin.execute(f"DELETE FROM ledger_{table}".encode())
    with admin.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_tile (level, number_in_level, hashes) VALUES (%s, %s, %s)",
            [(tile.level, tile.number, tile.hashes) for tile in tiles],
        )
        last = {aid: Head(aid, sequence, leaf_hash) for aid, sequence, leaf_hash in rows}
        cursor.executemany(
            "INSERT INTO ledger_head (aid, sequence, leaf_hash) VALUES (%s, %s, %s)",
            [(head.aid, head.sequence, head.leaf_hash) for head in last.values()],
        )
    vouched = mac(log.sealer.log_key, log.sealer.by, edge)  # as it stood there once: whoever cuts has seen it
    admin.execute("UPDATE ledger_edge SET size = %s, levels = %s, mac = %s", [edge.size, list(edge.levels), vouched])
