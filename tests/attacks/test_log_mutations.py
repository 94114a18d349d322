"""Any single value of the log is changed at random: an audit finds every change, and none ends it by an exception."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from psycopg import sql

from jiangxue.djangokit.sealed import key_ring
from tests.attacks.outsiders import Scene, scene_of
from tests.factories.forgery import unguarded
from tests.worlds import Worlds

pytestmark = pytest.mark.clause("T8.2")

_SEED = 20261126
_TIMES = 4
OTHERWISE = {
    "bytea": "set_byte({column}, %(place)s %% octet_length({column}), get_byte({column}, %(place)s %% octet_length({column})) # 1)",
    "text": "overlay({column} placing CASE WHEN substr({column}, 1 + %(place)s %% length({column}), 1) = 'x' THEN 'y' ELSE 'x' END"
    " from 1 + %(place)s %% length({column}) for 1)",
    "number": "{column} + 1000",
    "id": "gen_random_uuid()",
    "time": "{column} + interval '1 second'",
    "list": "array_append({column}[2:], sha256('')) || {column}[1:1]",
}
VALUES = {
    "ledger_entry": {"aid": "id", "sequence": "number", "eid": "id", "leaf": "text", "leaf_hash": "bytea"},
    "ledger_tile": {"number_in_level": "number", "hashes": "bytea"},
    "ledger_edge": {"hash_name": "text", "size": "number", "levels": "list"},
    "ledger_head": {"aid": "id", "sequence": "number", "leaf_hash": "bytea"},
    "ledger_heads": {"index": "number", "salt": "bytea", "payload": "text", "archives": "number", "at_ms": "number"},
    "ledger_headsplace": {"heads": "number", "position": "number", "aid": "id", "sequence": "number"},
    "ledger_headsnode": {"heads": "number", "number_in_level": "number", "hashes": "bytea"},
    "ledger_signingkey": {"verifier_key": "text", "origin": "text", "from_size": "number"},
    "ledger_checkpoint": {"size": "number", "root": "bytea", "note": "text"},
    "ledger_cosignature": {"size": "number", "line": "text", "signed_at": "time"},
    "ledger_witness": {"verifier_key": "text"},
    "ledger_payload": {"eid": "id", "aid": "id", "ciphertext": "bytea"},
    "ledger_subjectkey": {"aid": "id", "sealed_key": "bytea"},
}
"""What evidence consists of; not so when the database says that it kept a checkpoint, a key or a quarantined row."""


@pytest.fixture
def scene(worlds: Worlds, tmp_path: Path) -> Iterator[Scene]:
    with scene_of(worlds, tmp_path) as known:
        yield known


def _change(scene: Scene, table: str, column: str, chance: Random) -> tuple[object, object]:
    """Change one value of one row; return where the row lies now, and the value that was there."""
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    place = {"place": chance.randrange(1 << 20)}
    with unguarded(scene.log) as admin:
        row = admin.execute(
            sql.SQL(
                "SELECT ctid, {column} FROM {table} ORDER BY ctid OFFSET %(place)s %% (SELECT count(*) FROM {table}) LIMIT 1"
            ).format(**names),
            place,
        ).fetchone()
        assert row is not None
        otherwise = sql.SQL(OTHERWISE[VALUES[table][column]]).format(**names)  # type: ignore[arg-type]
        changed = admin.execute(
            sql.SQL("UPDATE {table} SET {column} = {otherwise} WHERE ctid = %(ctid)s RETURNING ctid, {column}").format(
                otherwise=otherwise, **names
            ),
            {**place, "ctid": row[0]},
        ).fetchone()
        assert changed is not None
        assert changed[1] != row[1]
    return changed[0], row[1]


def _put_back(scene: Scene, table: str, column: str, ctid: object, value: object) -> None:
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    with unguarded(scene.log) as admin:
        admin.execute(sql.SQL("UPDATE {table} SET {column} = %s WHERE ctid = %s").format(**names), [value, ctid])


def test_every_change_of_one_value_is_found(scene: Scene) -> None:
    chance, missed = Random(_SEED), []
    for table, columns in VALUES.items():
        for column in columns:
            for _ in range(_TIMES):
                ctid, value = _change(scene, table, column, chance)
                if scene.log.audit(ring=key_ring()).is_clean:
                    missed.append((table, column, value))
                _put_back(scene, table, column, ctid, value)
    assert not missed
    assert scene.log.audit(ring=key_ring()).is_clean, "everything was put back"
