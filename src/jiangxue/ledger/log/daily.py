"""Entering the daily heads, and keeping their tree so that each archive's place in it can be proved until the next."""

import os
from collections.abc import Callable

from jiangxue.kernel import crypto
from jiangxue.kernel.hashing import Hash
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.log.nodes import Connection
from jiangxue.ledger.log.sealing import Sealer, begin, heads_of, keep
from jiangxue.ledger.log.vouching import SALT_BYTES
from jiangxue.ledger.rules import heads
from jiangxue.ledger.rules.edge import EMPTY, append, root
from jiangxue.ledger.rules.heads import Head
from jiangxue.ledger.rules.leaf import OWN_ARCHIVE, Event


def enter_heads(sealer: Sealer, now_ms: int) -> int:
    """Enter the heads of all archives as they are now, commit, and return the new size of the log."""
    connection, by = sealer.connection, sealer.by
    with connection.transaction():
        growing = begin(connection, by)
        every = _every_head(connection)
        root_of_heads = _keep_tree(connection, by, every)
        eid, salt = new_id(), os.urandom(SALT_BYTES)
        payload = heads.payload(eid, now_ms, len(every), root_of_heads)
        growing.heads = heads_of(connection, {OWN_ARCHIVE})
        growing.add(Event(OWN_ARCHIVE, eid, heads.KIND, now_ms, crypto.commitment(salt, payload, by)))
        connection.execute(
            'INSERT INTO ledger_heads ("index", salt, payload, archives, at_ms) VALUES (%s, %s, %s, %s, %s)',
            [growing.edge.size, salt, payload.decode(), len(every), now_ms],
        )
        sealer.at("heads computed")
        size = keep(connection, growing, sealer.at)
        connection.execute("DELETE FROM ledger_headswish WHERE at_ms <= %s", [now_ms])
        sealer.at("heads before commit")
    sealer.at("heads committed")
    return size


def is_due(connection: Connection, now_ms: int, day_of: Callable[[int], object], pause_ms: int) -> bool:
    """Say whether heads are to be entered: something was sealed, and a new day has begun or somebody waits and the pause is over."""
    (size,) = connection.execute("SELECT coalesce(max(size), 0) FROM ledger_edge").fetchone() or (0,)
    last = connection.execute('SELECT "index", at_ms FROM ledger_heads ORDER BY "index" DESC LIMIT 1').fetchone()
    if last is None:
        return bool(size)
    index, at_ms = last
    if day_of(at_ms) != day_of(now_ms):
        return True
    wished = connection.execute("SELECT FROM ledger_headswish LIMIT 1").fetchone() is not None
    return wished and now_ms - at_ms >= pause_ms and index + 1 < size


def _every_head(connection: Connection) -> list[Head]:
    rows = connection.execute(
        "SELECT aid, sequence, leaf_hash FROM ledger_head WHERE aid <> %s ORDER BY aid", [OWN_ARCHIVE]
    ).fetchall()
    return [Head(*row) for row in rows]


def _keep_tree(connection: Connection, by: Hash, every: list[Head]) -> bytes:
    """Replace the tree of the last heads by that of these, and return its root."""
    edge, tiles = append(by, EMPTY, [heads.hash_of(by, head) for head in every])
    connection.execute("DELETE FROM ledger_headsplace")
    connection.execute("DELETE FROM ledger_headsnode")
    with connection.cursor() as cursor:
        with cursor.copy("COPY ledger_headsplace (position, aid, sequence) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("int8", "uuid", "int8"))
            for position, head in enumerate(every):
                copy.write_row((position, head.aid, head.sequence))
        nodes = [(tile.level, tile.number, tile.hashes) for tile in tiles]
        nodes += [(level, -1, hashes) for level, hashes in enumerate(edge.levels)]
        cursor.executemany("INSERT INTO ledger_headsnode (level, number_in_level, hashes) VALUES (%s, %s, %s)", nodes)
    return root(by, edge)
