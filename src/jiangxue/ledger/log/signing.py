"""Signing what is committed: the signer remembers the edge of the tree it signed last, and continues that tree or refuses.

It does not ask the database what the tree looks like: it hashes the entries that came since, appends them to its own edge, and signs
only if it comes to the root that the sealer came to. So a log that was set back or rewritten gets no signature.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.errors import SignerRefusal
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.nodes import Connection, fetch_by, read_vouched_edge
from jiangxue.ledger.log.sealing import At
from jiangxue.ledger.rules import edge as edges
from jiangxue.ledger.rules import leaf as leaves
from jiangxue.ledger.rules import merkle, note
from jiangxue.ledger.rules.edge import Edge
from jiangxue.ledger.rules.erasure import IN_LEAF

_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Signer:
    """What signs: a connection with the signer's rights, its memory outside the database, its key, the log's origin and the sealers' key."""

    connection: Connection
    memory: Memory
    private: Ed25519PrivateKey
    origin: str
    log_key: bytes
    at: At = lambda _: None

    def introduce(self, now_ms: int) -> None:
        """Enter the public key. Raises `SignerRefusal` if the log was signed with another one, or further than this signer remembers."""
        _, remembered = self.memory.read()
        key = str(note.public_key(self.origin, note.LOG_KEY, self.private))
        known = {each for (each,) in self.connection.execute("SELECT verifier_key FROM ledger_signingkey").fetchall()}
        (signed,) = self.connection.execute("SELECT coalesce(max(size), 0) FROM ledger_checkpoint").fetchone() or (0,)
        if (known and key not in known) or signed > remembered.size:
            raise SignerRefusal(
                f"the log was signed up to {signed}, by a key or with a memory that this signer does not have"
            )
        self.connection.execute(
            "INSERT INTO ledger_signingkey (verifier_key, origin, from_size, at_ms) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [key, self.origin, remembered.size, now_ms],
        )

    def sign(self, now_ms: int) -> int | None:
        """Sign the log as it is committed; return the size signed, None if there is nothing new. Raises `SignerRefusal`.

        What is signed is remembered, on disk, before it is signed: a crash in between is made good at the next call.
        """
        by, remembered = self.memory.read()
        edge = read_vouched_edge(fetch_by(self.connection), by, self.log_key)
        erased: list[UUID] = []
        continued = continue_edge(self.connection, by, remembered, edge.size, erased=erased.append)
        if edges.root(by, continued) != edges.root(by, edge):
            raise SignerRefusal(f"the entries up to {edge.size} do not lead to the root that the database shows")
        self.at("checked")
        if continued != remembered:
            self.memory.remember_erased(erased)
            self.memory.write(by, continued)
            self.at("remembered")
        return self._keep(note.Checkpoint(self.origin, edge.size, edges.root(by, continued)), now_ms)

    def _keep(self, checkpoint: note.Checkpoint, now_ms: int) -> int | None:
        signed = note.signed(checkpoint, self.private)
        self.at("signed")
        if checkpoint.size == 0:
            return None
        kept = self.connection.execute(
            "INSERT INTO ledger_checkpoint (size, root, note, at_ms) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [checkpoint.size, checkpoint.root, signed, now_ms],
        )
        self.at("kept")
        return checkpoint.size if kept.rowcount else None


def continue_edge(
    connection: Connection, by: Hash, edge: Edge, size: int, *, erased: Callable[[UUID], None] = lambda _: None
) -> Edge:
    """Return an edge after the entries that came up to `size`, hashed from their leaves; `erased` hears of archives that these say were erased.

    Raises `SignerRefusal`.
    """
    if size < edge.size:
        raise SignerRefusal(f"the log has {size} entries and had {edge.size}: it was set back or cut")
    while edge.size < size:
        until = min(edge.size + _BATCH, size)
        rows = connection.execute(
            'SELECT leaf FROM ledger_entry WHERE "index" >= %s AND "index" < %s ORDER BY "index"', [edge.size, until]
        ).fetchall()
        if len(rows) != until - edge.size:
            raise SignerRefusal(f"entries are missing between {edge.size} and {until}")
        edge, _ = edges.append(by, edge, [merkle.leaf_hash(by, leaf.encode()) for (leaf,) in rows])
        for (leaf,) in rows:
            if IN_LEAF in leaf:
                erased(_archive_of(leaf))
    return edge


def _archive_of(leaf: str) -> UUID:
    try:
        return leaves.read(leaf.encode()).event.aid
    except leaves.NotALeaf as fault:
        raise SignerRefusal(f"an entry is not of its form: {fault}") from None
