"""Auditing the log: everything is computed again from the rows, and nothing that follows from others is believed.

What an audit of the database alone cannot see is a log that was cut, set back or rewritten as a whole with the log's own key. For
that it is held against checkpoints that somebody outside has kept (`known`). docs/trust.md says what finds what.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import HASHES, Hash
from jiangxue.ledger.log.auditing_contents import check_contents, check_payloads
from jiangxue.ledger.log.auditing_heads import HeadsAudit
from jiangxue.ledger.log.auditing_notes import Checkpoints, Known, check_cosignatures, signing_keys
from jiangxue.ledger.log.findings import Finding, Findings, stream
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.regrowing import Regrown
from jiangxue.ledger.rules import heads, leaf, merkle
from jiangxue.ledger.rules.edge import Tile
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import NOTHING_BEFORE, OWN_ARCHIVE, Leaf, NotALeaf

_TILES_AT_ONCE = 64
_OTHER_FORM = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)
"""What comes of columns whose types somebody has changed."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, how often each kind of finding was made, and the first findings of each kind."""

    counts: Mapping[str, int]
    found: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.found


def audit(
    connection: Connection,
    by_default: Hash,
    *,
    known: Iterable[str] = (),
    ring: crypto.KeyRing | None = None,
    erased: Collection[UUID] = (),
) -> Audit:
    """Audit the log as it stands, in one snapshot; needs a connection without a transaction.

    `known` are notes of checkpoints that an auditor has from outside, and `erased` archives whose contents were erased again when a
    backup was brought back; with a `ring` every payload is opened. Memory grows with
    the number of archives, not of entries. Raises nothing but errors of the database.
    """
    findings, counts = Findings(), dict[str, int]()
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        try:
            _audit(connection, by_default, tuple(known), findings, counts)
            check_payloads(connection, findings, erased)
            if ring is not None:
                counts["payloads"] = check_contents(connection, _hash(connection, by_default), ring, findings)
        except _OTHER_FORM as fault:
            findings.add("log.unreadable", "", f"the audit came to no end: {fault!r}")
    return Audit(counts, dict(findings.by_kind), tuple(findings.kept))


def _audit(
    connection: Connection, by_default: Hash, notes: tuple[str, ...], findings: Findings, counts: dict[str, int]
) -> None:
    by = _hash(connection, by_default)
    keys = signing_keys(connection, findings)
    checkpoints, known = Checkpoints(connection, keys, findings), Known(notes, keys, findings)
    walk = _Walk(connection, by, findings)
    checkpoints.hold_against(walk.tree)
    known.hold_against(walk.tree)
    question = 'SELECT "index", aid, sequence, eid, leaf, leaf_hash FROM ledger_entry ORDER BY "index"'
    for index, *columns in stream(connection, findings, "entries", question):
        walk.take(index, *columns)
        checkpoints.hold_against(walk.tree)
        known.hold_against(walk.tree)
    walk.end()
    checkpoints.end(walk.tree)
    known.end(walk.tree)
    counts.update(entries=walk.tree.size, archives=len(walk.head_of), heads=walk.heads.count)
    counts.update(checkpoints=checkpoints.count, cosignatures=check_cosignatures(connection, findings))
    counts.update(known=known.count)
    for table in ("quarantined", "alarm"):
        counts[table] = _count(connection, f"ledger_{table}")


class _Walk:
    """Goes through the entries and computes what follows from them."""

    def __init__(self, connection: Connection, by: Hash, findings: Findings) -> None:
        self.tree = Regrown(by)
        self.head_of: dict[UUID, Head] = {}
        self.heads = HeadsAudit(connection, by, findings)
        self._connection, self._by, self._findings = connection, by, findings
        self._index = 0

    def take(self, index: int, aid: UUID, sequence: int, eid: UUID, text: str, leaf_hash: bytes) -> None:  # noqa: PLR0913, PLR0917 (a row)
        """Take the next entry."""
        if index != self._index:
            self._findings.add("entry.missing", self._index, f"the next entry has index {index}")
        self._index = index + 1
        computed = merkle.leaf_hash(self._by, text.encode())
        if leaf_hash != computed:
            self._findings.add("entry.wrong_hash", index, "the hash beside this entry is not that of its leaf")
        found = self._read(index, text)
        if found is not None:
            if (found.event.aid, found.sequence, found.event.eid) != (aid, sequence, eid):
                self._findings.add("entry.other_columns", index, "the columns beside the leaf say otherwise than it")
            if found.event.aid == OWN_ARCHIVE and found.event.kind == heads.KIND:
                self.heads.hold_against(index, found.event, self.head_of)
            self._chain(index, found, computed)
        self.tree.add(computed)
        if len(self.tree.filled) >= _TILES_AT_ONCE:
            self._compare_tiles()

    def end(self) -> None:
        """Check what follows from all entries together."""
        self.heads.end()
        self._compare_tiles()
        stored = _count(self._connection, "ledger_tile")
        if stored != self.tree.tiles:
            self._findings.add("tile.surplus", stored, f"the entries fill {self.tree.tiles} tiles")
        self._compare_edge()
        self._compare_last_entries()
        question = "SELECT eid, count(*) FROM ledger_entry GROUP BY eid HAVING count(*) > 1"
        for eid, times in stream(self._connection, self._findings, "repeated", question):
            self._findings.add("entry.repeated", eid, f"this event stands in the log {times} times")

    def _read(self, index: int, text: str) -> Leaf | None:
        try:
            found = leaf.read(text.encode())
        except NotALeaf as fault:
            self._findings.add("entry.malformed", index, str(fault))
            return None
        if found.hash_name != self._by.name:
            self._findings.add("entry.malformed", index, f"hashed by {found.hash_name} in a log of {self._by.name}")
        return found

    def _chain(self, index: int, found: Leaf, computed: bytes) -> None:
        aid = found.event.aid
        before = self.head_of.get(aid)
        wanted = (before.sequence + 1, before.leaf_hash) if before else (1, NOTHING_BEFORE)
        if (found.sequence, found.before) != wanted:
            self._findings.add("entry.out_of_chain", index, f"does not follow the entry before it in archive {aid}")
        self.head_of[aid] = Head(aid, found.sequence, computed)
        self.heads.pass_entry(aid)

    def _compare_tiles(self) -> None:
        filled, self.tree.filled = self.tree.filled, []
        rows = self._connection.execute(
            "SELECT level, number_in_level, hashes FROM ledger_tile WHERE (level, number_in_level) IN"
            " (SELECT * FROM unnest(%s::smallint[], %s::bigint[]))",
            [[tile.level for tile in filled], [tile.number for tile in filled]],
            binary=True,
        ).fetchall()
        stored = {(level, number): hashes for level, number, hashes in rows}
        for tile in filled:
            self._compare_tile(tile, stored.get((tile.level, tile.number)))

    def _compare_tile(self, tile: Tile, stored: bytes | None) -> None:
        if stored != tile.hashes:
            kind = "tile.missing" if stored is None else "tile.altered"
            self._findings.add(kind, f"{tile.level}/{tile.number}", "not the hashes that follow from the entries")

    def _compare_edge(self) -> None:
        rows = self._connection.execute("SELECT hash_name, size, levels FROM ledger_edge").fetchall()
        right = [b"".join(row) for row in self.tree.rows]
        for name, size, levels in rows:
            same = all(one == other for one, other in zip_longest(right, levels or (), fillvalue=b""))
            if (name, size) != (self._by.name, self.tree.size) or not same:
                self._findings.add("edge.altered", size, f"not the edge of the {self.tree.size} entries")
        if len(rows) != 1 and (rows or self.tree.size):
            self._findings.add("edge.altered", self.tree.size, f"there are {len(rows)} edges")

    def _compare_last_entries(self) -> None:
        count = 0
        question = "SELECT aid, sequence, leaf_hash FROM ledger_head"
        for aid, sequence, leaf_hash in stream(self._connection, self._findings, "last_entries", question):
            count += 1
            if self.head_of.get(aid) != Head(aid, sequence, leaf_hash):
                self._findings.add("last_entry.altered", aid, "not the last entry of this archive")
        if count != len(self.head_of):
            self._findings.add("last_entry.altered", count, f"{len(self.head_of)} archives have entries")


def _hash(connection: Connection, by_default: Hash) -> Hash:
    """Return the hash that the first entry names: the edge beside it is what is to be checked."""
    row = connection.execute('SELECT leaf FROM ledger_entry ORDER BY "index" LIMIT 1').fetchone()
    try:
        return HASHES[leaf.read(row[0].encode()).hash_name] if row else by_default
    except NotALeaf:
        return by_default


def _count(connection: Connection, table: str) -> int:
    question = f"SELECT count(*) FROM {table}"  # noqa: S608 (our own names)
    (count,) = connection.execute(question.encode()).fetchone() or (0,)
    return int(count)
