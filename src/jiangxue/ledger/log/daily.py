"""Entering the daily heads, and keeping their tree so that each archive's place in it can be proved until the next."""

import os
from collections.abc import Callable
from typing import LiteralString

from psycopg import sql

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

AT_EDGE = -1
"""The number under which the hashes of a level that fill no tile are kept."""


def enter_heads(sealer: Sealer, now_ms: int) -> int:
    """Enter the heads of all archives as they are now, commit, and return the new size of the log."""
    connection, by = sealer.connection, sealer.by
    with connection.transaction():
        growing = begin(connection, by, sealer.log_key)
        every = _every_head(connection)
        root_of_heads = _keep_tree(connection, by, growing.edge.size, every)
        eid, salt = new_id(), os.urandom(SALT_BYTES)
        payload = heads.payload(eid, now_ms, len(every), root_of_heads)
        growing.heads = heads_of(connection, by, {OWN_ARCHIVE})
        growing.add(Event(OWN_ARCHIVE, eid, heads.KIND, now_ms, crypto.commitment(salt, payload, by)))
        connection.execute(
            'INSERT INTO ledger_heads ("index", salt, payload, archives, at_ms) VALUES (%s, %s, %s, %s, %s)',
            [growing.edge.size, salt, payload.decode(), len(every), now_ms],
        )
        sealer.at("heads computed")
        size = keep(connection, growing, sealer.log_key, sealer.at)
        connection.execute("DELETE FROM ledger_headswish WHERE at_ms <= %s", [now_ms])
        sealer.at("heads before commit")
    sealer.at("heads committed")
    return size


def is_due(connection: Connection, now_ms: int, day_of: Callable[[int], object], pause_ms: int) -> bool:
    """Say whether heads are to be entered: on a new day, or when somebody waits, there is something new, and the last ones are witnessed."""
    size = _one(connection, "SELECT coalesce(max(size), 0) FROM ledger_edge")
    last = connection.execute('SELECT "index", at_ms FROM ledger_heads ORDER BY "index" DESC LIMIT 1').fetchone()
    if last is None:
        return size > 0
    index, at_ms = last
    if day_of(at_ms) != day_of(now_ms):
        return True
    wished = _one(connection, "SELECT count(*) FROM ledger_headswish") > 0
    return wished and now_ms - at_ms >= pause_ms and index + 1 < size and witnessed_size(connection) > index


def witnessed_size(connection: Connection) -> int:
    """Return the largest size that as many witnesses as are demanded have countersigned; that of the log where none is demanded."""
    need = _one(connection, "SELECT coalesce((SELECT need FROM ledger_witnessrule ORDER BY id DESC LIMIT 1), 1)")
    if need == 0:
        return _one(connection, "SELECT coalesce(max(size), 0) FROM ledger_edge")
    counted = "SELECT size FROM ledger_cosignature GROUP BY size HAVING count(*) >= %s ORDER BY size DESC LIMIT 1"
    row = connection.execute(counted, [need]).fetchone()
    return row[0] if row else 0


def _one(connection: Connection, question: LiteralString) -> int:
    row = connection.execute(question).fetchone()
    assert row is not None
    return int(row[0])


def _every_head(connection: Connection) -> list[Head]:
    rows = connection.execute(
        "SELECT aid, sequence, leaf_hash FROM ledger_head WHERE aid <> %s ORDER BY aid", [OWN_ARCHIVE]
    ).fetchall()
    return [Head(*row) for row in rows]


def _keep_tree(connection: Connection, by: Hash, index: int, every: list[Head]) -> bytes:
    """Keep the tree of these heads, forget those that are older than the last witnessed ones, and return the root."""
    edge, tiles = append(by, EMPTY, [heads.hash_of(by, head) for head in every])
    with connection.cursor() as cursor:
        with cursor.copy("COPY ledger_headsplace (heads, position, aid, sequence) FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(("int8", "int8", "uuid", "int8"))
            for position, head in enumerate(every):
                copy.write_row((index, position, head.aid, head.sequence))
        nodes = [(index, tile.level, tile.number, tile.hashes) for tile in tiles]
        nodes += [(index, level, AT_EDGE, hashes) for level, hashes in enumerate(edge.levels)]
        cursor.executemany(
            "INSERT INTO ledger_headsnode (heads, level, number_in_level, hashes) VALUES (%s, %s, %s, %s)", nodes
        )
    witnessed = 'SELECT max("index") FROM ledger_heads WHERE "index" < %s'
    for table in ("ledger_headsplace", "ledger_headsnode"):
        connection.execute(
            sql.SQL("DELETE FROM {} WHERE heads < ({})").format(sql.Identifier(table), sql.SQL(witnessed)),
            [witnessed_size(connection)],
        )
    return root(by, edge)
