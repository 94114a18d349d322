"""Sealing, signing and daily heads on a real database, by the roles that do it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from jiangxue.kernel.hashing import SM3
from jiangxue.ledger.errors import LogDamaged, SignerRefusal
from jiangxue.ledger.log.memory import Memory
from jiangxue.ledger.log.signing import Signer
from jiangxue.ledger.rules import leaf, merkle, note
from jiangxue.ledger.rules.heads import Head, hash_of
from jiangxue.ledger.rules.leaf import OWN_ARCHIVE, from_b64u
from jiangxue.ledger.services import append, open_archive
from tests.conftest import MORNING
from tests.factories.logs import LOG_KEY, MORNING_MS, Log, running_log
from tests.refusals import refusal_of


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


def entries(log: Log) -> list[tuple[int, UUID, int, str, bytes]]:
    return log.admin.execute(
        'SELECT "index", aid, sequence, leaf, leaf_hash FROM ledger_entry ORDER BY "index"'
    ).fetchall()


def test_events_come_into_the_log_in_the_order_in_which_they_were_written(log: Log) -> None:
    mine, other = open_archive(), open_archive()
    written = [append(aid, "segment.sealed", {}, at=MORNING) for aid in (mine, other, mine, mine, other)]
    assert log.seal() == 5
    rows = entries(log)
    assert [row[0] for row in rows] == [0, 1, 2, 3, 4]
    assert [leaf.read(row[3].encode()).event.eid for row in rows] == written
    assert [(row[1], row[2]) for row in rows] == [(mine, 1), (other, 1), (mine, 2), (mine, 3), (other, 2)]
    assert log.one("SELECT count(*) FROM ledger_inboxentry") == 0


def test_each_entry_names_the_one_before_it_in_its_archive(log: Log) -> None:
    aid = log.grow(events=3)
    log.grow(aid, events=2)
    before = leaf.NOTHING_BEFORE
    for _, _, _, text, found in entries(log):
        assert leaf.read(text.encode()).before == before
        before = merkle.leaf_hash(log.sealer.by, text.encode())
        assert before == found


def test_portions_and_several_sealers_make_one_log(committed_database: str, tmp_path: Path) -> None:
    with (
        running_log(committed_database, tmp_path, limit=7) as first,
        running_log(committed_database, tmp_path, limit=5) as second,
    ):
        aid = open_archive()
        for _ in range(40):
            append(aid, "segment.sealed", {}, at=MORNING)
        while first.sealer.seal(MORNING_MS).entries + second.sealer.seal(MORNING_MS).entries:
            pass
        rows = entries(first)
        assert [row[0] for row in rows] == list(range(40))
        assert [row[2] for row in rows] == list(range(1, 41))
        assert first.sign() == 40


def test_sealers_at_once_take_turns(committed_database: str, tmp_path: Path) -> None:
    def seal_all(log: Log) -> list[str]:
        faults = []
        for _ in range(30):
            try:
                log.sealer.seal(MORNING_MS)
            except psycopg.Error as fault:
                faults.append(str(fault))
        return faults

    with (
        running_log(committed_database, tmp_path, limit=3) as first,
        running_log(committed_database, tmp_path, limit=3) as second,
        ThreadPoolExecutor(2) as at_once,
    ):
        aid = open_archive()
        for _ in range(120):
            append(aid, "segment.sealed", {}, at=MORNING)
        assert [*at_once.map(seal_all, [first, second])] == [[], []]
        assert first.size == 120


def test_an_event_whose_transaction_ends_late_is_sealed_all_the_same(log: Log) -> None:
    aid = open_archive()
    with transaction.atomic():
        late = append(aid, "segment.sealed", {"number": 1}, at=MORNING)
        with ThreadPoolExecutor(1) as elsewhere:
            early = elsewhere.submit(_appended, aid).result()
        assert log.seal() == 1
    assert log.seal() == 2
    assert [leaf.read(row[3].encode()).event.eid for row in entries(log)] == [early, late]


def _appended(aid: UUID) -> UUID:
    try:
        return append(aid, "segment.sealed", {"number": 2}, at=MORNING)
    finally:
        connection.close()


def test_the_signer_signs_what_is_sealed_once(log: Log) -> None:
    log.grow(events=3)
    assert log.sign() == 3
    assert log.sign() is None
    text = str(log.one("SELECT note FROM ledger_checkpoint WHERE size = 3"))
    key = note.read_key(str(log.one("SELECT verifier_key FROM ledger_signingkey")))
    root = merkle.root_of(log.sealer.by, [row[4] for row in entries(log)])
    assert note.opened(text, [key]).checkpoint == note.Checkpoint("test.example/log1", 3, root)


def test_a_log_of_the_other_profile_is_sealed_and_signed_by_its_hash(
    committed_database: str, tmp_path: Path, settings
) -> None:
    settings.CRYPTO_PROFILE = "gm"
    with running_log(committed_database, tmp_path, by=SM3) as log:
        log.grow(events=300)
        assert log.sign() == 300
        rows = entries(log)
        assert leaf.read(rows[0][3].encode()).hash_name == "sm3"
        assert rows[0][4] == SM3.of(b"\0" + rows[0][3].encode())


def test_a_log_does_not_change_its_hash(log: Log, committed_database: str, tmp_path: Path) -> None:
    log.grow()
    with running_log(committed_database, tmp_path, by=SM3) as other, pytest.raises(LogDamaged):
        other.seal()


def test_heads_hold_the_last_entry_of_every_archive(log: Log) -> None:
    archives = sorted([log.grow(events=number) for number in (3, 1, 2)])
    log.heads()
    last = {row[1]: Head(row[1], row[2], row[4]) for row in entries(log)[:-1]}
    root = merkle.root_of(log.sealer.by, [hash_of(log.sealer.by, last[aid]) for aid in archives])
    data = log.admin.execute("SELECT payload::json -> 'data' FROM ledger_heads").fetchone()
    assert data is not None
    assert data[0]["archives"] == 3
    assert from_b64u(data[0]["root"]) == root
    assert entries(log)[-1][1] == OWN_ARCHIVE
    assert log.sign() == 7


def test_the_signers_memory_is_needed_and_not_made_anew(log: Log) -> None:
    log.grow()
    log.sign()
    (log.signer.memory.folder / "memory.json").unlink()
    with pytest.raises(SignerRefusal, match="cannot be read"):
        log.sign()
    with pytest.raises(SignerRefusal, match="is there already"):
        log.signer.memory.make(log.sealer.by, "test.example/log1")


def test_another_signer_does_not_go_on_with_a_log_that_was_signed(log: Log, tmp_path: Path) -> None:
    log.grow()
    log.sign()
    other = Memory(tmp_path / "other")
    other.make(log.sealer.by, "test.example/log1")
    signer = Signer(log.signer.connection, other, other.private_key(), other.origin(), LOG_KEY)
    assert refusal_of(lambda: signer.introduce(MORNING_MS)) is SignerRefusal


def test_an_older_copy_of_the_signers_memory_is_refused(log: Log) -> None:
    log.grow()
    log.sign()
    old = (log.signer.memory.folder / "memory.json").read_text()
    log.grow()
    log.sign()
    (log.signer.memory.folder / "memory.json").write_text(old)
    with pytest.raises(SignerRefusal, match="signed up to 2"):
        log.signer.introduce(MORNING_MS)


def test_two_signers_do_not_share_a_memory(log: Log) -> None:
    with log.signer.memory.alone(), pytest.raises(SignerRefusal, match="another signer"), log.signer.memory.alone():
        pass


@pytest.mark.parametrize(
    "damage", ["", "{}", '{"hash":"sha256","size":2,"levels":[]}', '{"hash":"md5","size":0,"levels":[]}']
)
def test_a_damaged_memory_is_refused(log: Log, damage: str) -> None:
    (log.signer.memory.folder / "memory.json").write_text(damage)
    with pytest.raises(SignerRefusal):
        log.sign()


def test_what_is_signed_is_remembered_first(log: Log) -> None:
    log.grow(events=3)
    log.sign()
    _, remembered = log.signer.memory.read()
    assert remembered.size == 3


def test_a_disk_that_takes_no_memory_is_a_refusal_that_passes(log: Log) -> None:
    """A process that died of it would tell nobody; and nothing is signed that is not remembered."""
    log.grow(events=3)
    in_the_way = log.signer.memory.folder / "memory.new"
    in_the_way.mkdir()
    with pytest.raises(SignerRefusal, match="cannot be written"):
        log.sign()
    assert log.one("SELECT count(*) FROM ledger_checkpoint") == 0
    in_the_way.rmdir()
    assert log.sign() == 3
