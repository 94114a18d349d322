"""Whether a row of the inbox is the one that the application wrote: its sealed payload vouches for every column of it.

Whoever can write to the database but does not hold the sealing key can neither alter a row nor make one: the payload, sealed for its
event under its archive's key, says archive, event, kind and time, and the commitment is that of payload and salt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.errors import SealerRefusal
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.rules.leaf import Event, is_kind, is_payload_of

SALT_BYTES = 32
KEY_PLACE = "subject_key"
"""What the seal of an archive's key is bound to, together with the archive."""

OLDEST_AND_NEWEST_KEYS = """
(SELECT aid, sealed_key FROM ledger_subjectkey ORDER BY aid LIMIT 10)
UNION (SELECT aid, sealed_key FROM ledger_subjectkey ORDER BY aid DESC LIMIT 10)
"""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Why rows of the inbox are not believed, by event: `unvouched`, `altered`, or `repeated` if the log has the event already."""

    reasons: dict[UUID, str]


def vouch(
    connection: Connection, ring: crypto.KeyRing, by: Hash, events: Sequence[Event], sealed: Mapping[UUID, bytes]
) -> Vouched:
    """Hold events of the inbox against what was sealed when they were written; `sealed` are the keys of their archives."""
    payloads = _payloads(connection, events)
    keys = {aid: ring_of_archive(ring, aid, blob) for aid, blob in sealed.items() if _opens(ring, aid, blob)}
    reasons = dict.fromkeys(_known(connection, events), "repeated")
    for event in events:
        reason = _reason(by, event, keys.get(event.aid), payloads.get(event.eid))
        if reason:
            reasons[event.eid] = reason
    return Vouched(reasons)


def require_right_key(connection: Connection, ring: crypto.KeyRing) -> None:
    """Refuse sealing keys that open none of the oldest and newest archives' keys: by wrong ones, every row would go into quarantine.

    Raises `SealerRefusal`.
    """
    if not is_right_key(ring, connection.execute(OLDEST_AND_NEWEST_KEYS).fetchall()):
        raise SealerRefusal("this sealing key opens no archive: it is another one than the application's")


def is_right_key(ring: crypto.KeyRing, rows: Sequence[tuple[UUID, bytes]]) -> bool:
    """Say whether a ring opens any of these archives' keys; where there is no archive yet, any ring is right."""
    return not rows or any(_opens(ring, aid, bytes(sealed)) for aid, sealed in rows)


def _opens(ring: crypto.KeyRing, aid: UUID, sealed: bytes) -> bool:
    try:
        ring_of_archive(ring, aid, sealed)
    except crypto.NotGenuine:
        return False
    return True


def sealed_keys(connection: Connection, aids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the sealed keys of these archives, of those that have one."""
    rows = connection.execute("SELECT aid, sealed_key FROM ledger_subjectkey WHERE aid = ANY(%s)", [list(aids)])
    return dict(rows.fetchall())


def lacking(ring: crypto.KeyRing, sealed: Mapping[UUID, bytes]) -> dict[UUID, int]:
    """Return which of these archives have their key sealed under one that the ring lacks, and the number of that.

    It is a key that this process has not been told of, not an altered row: the program was begun with older settings than the others.
    """
    numbers = {aid: crypto.key_number(blob) for aid, blob in sealed.items()}
    return {aid: number for aid, number in numbers.items() if number is not None and number not in ring.keys}


def opened(ring_of_archive: crypto.KeyRing, eid: UUID, ciphertext: bytes) -> tuple[bytes, bytes]:
    """Return salt and payload of an event; raises `crypto.NotGenuine`."""
    plain = ring_of_archive.open(ciphertext, f"payload:{eid}")
    return plain[:SALT_BYTES], plain[SALT_BYTES:]


def ring_of_archive(ring: crypto.KeyRing, aid: UUID, sealed_key: bytes) -> crypto.KeyRing:
    """Return the ring that opens the payloads of one archive; raises `crypto.NotGenuine`."""
    return crypto.KeyRing({1: ring.open(sealed_key, f"{KEY_PLACE}:{aid}")}, 1)


def _reason(by: Hash, event: Event, key: crypto.KeyRing | None, ciphertext: bytes | None) -> str | None:
    if key is None or ciphertext is None:
        return "unvouched"
    try:
        salt, payload = opened(key, event.eid, ciphertext)
    except crypto.NotGenuine:
        return "unvouched"
    same = is_payload_of(event, payload) and crypto.commitment(salt, payload, by) == event.commitment
    return None if same and is_kind(event.kind) and event.at_ms >= 0 else "altered"


def _payloads(connection: Connection, events: Sequence[Event]) -> dict[UUID, bytes]:
    rows = connection.execute(
        "SELECT eid, ciphertext FROM ledger_payload WHERE eid = ANY(%s)", [[event.eid for event in events]]
    )
    return dict(rows.fetchall())


def _known(connection: Connection, events: Sequence[Event]) -> set[UUID]:
    rows = connection.execute("SELECT eid FROM ledger_entry WHERE eid = ANY(%s)", [[event.eid for event in events]])
    return {eid for (eid,) in rows.fetchall()}
