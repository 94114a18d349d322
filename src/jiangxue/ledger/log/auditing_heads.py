"""Part of the audit: whether the daily heads say what the entries before them come to, and whether their trees are kept right."""

from uuid import UUID

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import Hash
from jiangxue.ledger.log.daily import AT_EDGE
from jiangxue.ledger.log.findings import Findings, stream
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.regrowing import Regrown
from jiangxue.ledger.rules import heads, merkle
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import OWN_ARCHIVE, Event

type HeadOf = dict[UUID, Head]


class HeadsAudit:
    """Holds each entry of heads against the last entries of all archives before it.

    Computing a tree of heads takes about a microsecond for each archive; nothing is kept but one hash for each.
    """

    def __init__(self, connection: Connection, by: Hash, findings: Findings) -> None:
        self.count = 0
        self._connection, self._by, self._findings = connection, by, findings
        self._hashes: dict[UUID, bytes] = {}
        self._order: list[UUID] = []
        self._changed: set[UUID] = set()
        question = 'SELECT "index", salt, payload, archives, at_ms FROM ledger_heads ORDER BY "index"'
        self._rows = stream(connection, findings, "heads", question)
        self._next = next(self._rows, None)
        kept = "SELECT heads FROM ledger_headsplace UNION SELECT heads FROM ledger_headsnode"
        self._trees_kept = {index for (index,) in connection.execute(kept).fetchall()}

    def pass_entry(self, aid: UUID) -> None:
        """Remember that an archive got a new last entry."""
        if aid != OWN_ARCHIVE:
            self._changed.add(aid)

    def hold_against(self, index: int, event: Event, head_of: HeadOf) -> None:
        """Check the entry of heads with this index; `head_of` is as it stands before that entry."""
        self.count += 1
        self._skip_to(index)
        if self._next is None or self._next[0] != index:
            self._findings.add("heads.missing", index, "what this entry of heads commits to is not kept")
            return
        _, salt, payload, archives, at_ms = self._next
        root = merkle.root_of(self._by, self._leaves(head_of))
        if crypto.commitment(salt, payload.encode(), self._by) != event.commitment:
            self._findings.add("heads.altered", index, "what is kept of these heads is not what the entry commits to")
        if payload.encode() != heads.payload(event.eid, event.at_ms, len(self._order), root):
            self._findings.add("heads.wrong", index, "these heads are not the last entries of all archives before them")
        if (archives, at_ms) != (len(self._order), event.at_ms):
            self._findings.add("heads.altered", index, "number of archives or time are not those of the entry")
        self._next = next(self._rows, None)
        if index in self._trees_kept or self._next is None:
            self._trees_kept.discard(index)
            self._check_tree_kept(index, head_of)

    def end(self) -> None:
        """Report what is kept of heads that are no entry."""
        self._skip_to(None)
        for index in sorted(self._trees_kept):
            self._findings.add("heads.tree_altered", index, "a tree is kept of heads that were never entered")

    def _skip_to(self, index: int | None) -> None:
        while self._next is not None and (index is None or self._next[0] < index):
            self._findings.add("heads.without_entry", self._next[0], "heads are kept that were never entered")
            self._next = next(self._rows, None)

    def _leaves(self, head_of: HeadOf) -> list[bytes]:
        self._order += [aid for aid in self._changed if aid not in self._hashes]
        self._order.sort()
        for aid in self._changed:
            self._hashes[aid] = heads.hash_of(self._by, head_of[aid])
        self._changed.clear()
        return [self._hashes[aid] for aid in self._order]

    def _check_tree_kept(self, index: int, head_of: HeadOf) -> None:
        """Hold the tree from which places in these heads are proved against them."""
        tree = Regrown(self._by)
        for leaf in self._leaves(head_of):
            tree.add(leaf)
        nodes = {(tile.level, tile.number): tile.hashes for tile in tree.filled}
        nodes |= {(level, AT_EDGE): b"".join(row) for level, row in enumerate(tree.rows) if row}
        question = "SELECT level, number_in_level, hashes FROM ledger_headsnode WHERE heads = %s AND hashes <> ''"
        for level, number, hashes in stream(self._connection, self._findings, "headsnodes", question, index):
            if nodes.pop((level, number), None) != hashes:
                self._findings.add("heads.tree_altered", f"{index}: {level}/{number}", "not of the tree of these heads")
        for place in nodes:
            self._findings.add("heads.tree_altered", f"{index}: {place}", "missing in the tree of these heads")
        self._check_places(index, head_of)

    def _check_places(self, index: int, head_of: HeadOf) -> None:
        count = 0
        question = "SELECT position, aid, sequence FROM ledger_headsplace WHERE heads = %s ORDER BY position"
        for position, aid, sequence in stream(self._connection, self._findings, "headsplaces", question, index):
            right = position == count < len(self._order) and self._order[position] == aid
            if not right or head_of[aid].sequence != sequence:
                self._findings.add("heads.tree_altered", f"{index}: {position}", f"archive {aid} does not stand here")
            count += 1
        if count != len(self._order):
            self._findings.add("heads.tree_altered", index, f"{count} of {len(self._order)} archives have places")
