"""Moving the inbox into the log, some thousand rows in one transaction; several sealers take turns. Decision 0019."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.log.nodes import Connection, fetch_by, read_vouched_edge
from jiangxue.ledger.log.vouching import Vouched, lacking, sealed_keys, vouch
from jiangxue.ledger.rules import merkle
from jiangxue.ledger.rules.edge import Edge, Tile, append, mac
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import NOTHING_BEFORE, Event, Leaf, written

type At = Callable[[str], None]
"""Told of each point at which a crash must do no harm; tests kill the process there."""

LIMIT = 5000
_LOCK = int.from_bytes(b"jx-seal.", "big", signed=True)
_ENTRY_TYPES = ("int8", "uuid", "int8", "uuid", "text", "bytea")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one step did: how many entries were added, how many rows were not believed, and how large the log is now.

    `lacking` are the numbers of sealing keys for which rows wait, because this process does not have them.
    """

    entries: int
    quarantined: int
    size: int
    lacking: frozenset[int] = frozenset()


@dataclass(slots=True)
class Growing:
    """A log while entries are added to it: where it stands, and what is to be written."""

    by: Hash
    edge: Edge
    heads: dict[UUID, Head]
    rows: list[tuple[int, UUID, int, UUID, str, bytes]] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Give an event the next place in the log and in its archive."""
        before = self.heads.get(event.aid) or Head(event.aid, 0, NOTHING_BEFORE)
        leaf = written(Leaf(event, before.sequence + 1, before.leaf_hash, self.by.name))
        head = Head(event.aid, before.sequence + 1, merkle.leaf_hash(self.by, leaf))
        index = self.edge.size + len(self.rows)
        self.rows.append((index, event.aid, head.sequence, event.eid, leaf.decode(), head.leaf_hash))
        self.heads[event.aid] = head


@dataclass(frozen=True, slots=True)
class Sealer:
    """What seals: a connection with the sealer's rights, the keys that vouch for the inbox, the hash of the log, and its key."""

    connection: Connection
    ring: crypto.KeyRing
    by: Hash
    log_key: bytes
    limit: int = LIMIT
    at: At = lambda _: None

    def seal(self, now_ms: int) -> Sealed:
        """Seal the rows of the inbox that came first, at most `limit`, and commit."""
        with self.connection.transaction():
            growing = begin(self.connection, self.by, self.log_key)
            come = _inbox(self.connection, self.ring, self.limit)
            if not come.events:
                return Sealed(0, 0, growing.edge.size, come.lacking)
            vouched = vouch(self.connection, self.ring, self.by, come.events, come.sealed_keys)
            good = [event for event in come.events if event.eid not in vouched.reasons]
            growing.heads = heads_of(self.connection, self.by, {event.aid for event in good})
            for event in good:
                growing.add(event)
            self.at("computed")
            size = keep(self.connection, growing, self.log_key, self.at)
            _quarantine(self.connection, come.events, vouched, now_ms)
            _empty(self.connection, come.arrivals)
            self.at("before commit")
        self.at("committed")
        return Sealed(len(good), len(vouched.reasons), size, come.lacking)


def begin(connection: Connection, by: Hash, log_key: bytes) -> Growing:
    """Wait for the other sealers, and return the log as it stands; the caller's transaction holds the lock. Raises `LogDamaged`."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return Growing(by, read_vouched_edge(fetch_by(connection), by, log_key), {})


def keep(connection: Connection, growing: Growing, log_key: bytes, at: At) -> int:
    """Write down what was added, and return the new size of the log."""
    edge, tiles = append(growing.by, growing.edge, [row[-1] for row in growing.rows])
    with (
        connection.cursor() as cursor,
        cursor.copy(
            'COPY ledger_entry ("index", aid, sequence, eid, leaf, leaf_hash) FROM STDIN (FORMAT binary)'
        ) as copy,
    ):
        copy.set_types(_ENTRY_TYPES)
        for row in growing.rows:
            copy.write_row(row)
    at("entries written")
    _keep_heads(connection, growing.heads.values())
    _keep_tiles(connection, tiles)
    _keep_edge(connection, growing.by, edge, log_key)
    return edge.size


def _keep_heads(connection: Connection, heads: Iterable[Head]) -> None:
    heads = list(heads)
    connection.execute(
        """
        INSERT INTO ledger_head (aid, sequence, leaf_hash) SELECT * FROM unnest(%s::uuid[], %s::bigint[], %s::bytea[])
        ON CONFLICT (aid) DO UPDATE SET sequence = excluded.sequence, leaf_hash = excluded.leaf_hash
        """,
        [[head.aid for head in heads], [head.sequence for head in heads], [head.leaf_hash for head in heads]],
    )


def _keep_tiles(connection: Connection, tiles: Sequence[Tile]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_tile (level, number_in_level, hashes) VALUES (%s, %s, %s)",
            [(tile.level, tile.number, tile.hashes) for tile in tiles],
        )


def _keep_edge(connection: Connection, by: Hash, edge: Edge, log_key: bytes) -> None:
    connection.execute(
        """
        INSERT INTO ledger_edge (id, hash_name, size, levels, mac) VALUES (1, %s, %s, %s, %s)
        ON CONFLICT (id) DO UPDATE SET size = excluded.size, levels = excluded.levels, mac = excluded.mac
        """,
        [by.name, edge.size, list(edge.levels), mac(log_key, by, edge)],
    )


def _empty(connection: Connection, arrivals: list[int]) -> None:
    connection.execute("DELETE FROM ledger_inboxentry WHERE arrival = ANY(%s)", [arrivals])


@dataclass(frozen=True, slots=True)
class _Come:
    """What came into the inbox and can be judged: events with their places, the sealed keys of their archives, and numbers of keys that lack.

    The sealed keys are read once: were they asked for again, they could be sealed under another key by then.
    """

    arrivals: list[int]
    events: list[Event]
    sealed_keys: dict[UUID, bytes]
    lacking: frozenset[int]


def _inbox(connection: Connection, ring: crypto.KeyRing, limit: int) -> _Come:
    """Return the rows that came first, but for those of archives whose key is sealed under one that this process lacks.

    Such rows wait: in quarantine they would be lost to the log, for nothing but a setting.
    """
    waiting: dict[UUID, int] = {}
    while True:
        rows = connection.execute(
            "SELECT arrival, aid, eid, kind, at_ms, commitment FROM ledger_inboxentry"
            " WHERE aid <> ALL(%s) ORDER BY arrival LIMIT %s",
            [list(waiting), limit],
        ).fetchall()
        events = [Event(*facts) for _, *facts in rows]
        sealed = sealed_keys(connection, {event.aid for event in events})
        more = lacking(ring, sealed)
        if not more:
            return _Come([arrival for arrival, *_ in rows], events, sealed, frozenset(waiting.values()))
        waiting |= more


def heads_of(connection: Connection, by: Hash, aids: Iterable[UUID]) -> dict[UUID, Head]:
    """Return the last entries of these archives, where they have any, from the entries themselves.

    What `ledger_head` says is only written here: one altered row of it would break a chain for ever, one missing would stop them all.
    """
    rows = connection.execute(
        """
        SELECT asked.aid, last.sequence, last.leaf FROM unnest(%s::uuid[]) AS asked (aid) CROSS JOIN LATERAL (
            SELECT sequence, leaf FROM ledger_entry entry WHERE entry.aid = asked.aid ORDER BY sequence DESC LIMIT 1
        ) AS last
        """,
        [list(aids)],
    ).fetchall()
    return {aid: Head(aid, sequence, merkle.leaf_hash(by, text.encode())) for aid, sequence, text in rows}


def _quarantine(connection: Connection, events: Sequence[Event], vouched: Vouched, now_ms: int) -> None:
    refused = [event for event in events if event.eid in vouched.reasons]
    if not refused:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_quarantined (eid, aid, kind, event_at_ms, commitment, reason, at_ms)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [
                (each.eid, each.aid, each.kind, each.at_ms, each.commitment, vouched.reasons[each.eid], now_ms)
                for each in refused
            ],
        )
