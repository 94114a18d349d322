"""An audit computes everything again from the rows; what is right passes, and each thing that is not is named."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from jiangxue.djangokit.sealed import key_ring
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.hashing import SHA256, SM3
from jiangxue.kernel.ids import new_id
from jiangxue.ledger.log.auditing import audit
from jiangxue.ledger.log.findings import KEPT_OF_A_KIND
from jiangxue.ledger.management.commands.audit_ledger import SENTENCES
from jiangxue.ledger.models import Alarm, LogAudit
from jiangxue.ledger.queries.audits import is_audit_due
from jiangxue.ledger.services import append, open_archive
from jiangxue.ledger.services.auditing import JOB, ONE_AT_A_TIME, ask_for_audit, audit_and_report
from tests.conftest import MORNING
from tests.factories.logs import MORNING_MS, Log, here, memory_in, reopened_log, running_log
from tests.worlds import Worlds


def _full(clock: HandClock) -> bytes:
    """Make a log with a full tile, three archives, heads twice and three checkpoints; return the signer's memory."""
    with TemporaryDirectory() as folder, running_log(here(), Path(folder)) as running:
        aid = running.grow(events=200)
        running.sign()
        running.grow(events=100)
        running.heads()
        running.sign()
        running.grow(aid, events=5)
        running.grow(events=2)
        running.heads(MORNING_MS + 1)
        running.sign()
        return memory_in(Path(folder))


@pytest.fixture
def log(worlds: Worlds, tmp_path: Path) -> Iterator[Log]:
    with worlds.committed(_full, HandClock(MORNING)) as memory, reopened_log(memory, tmp_path) as running:
        yield running


def test_an_honest_log_has_no_findings(log: Log) -> None:
    found = log.audit(ring=key_ring())
    assert found.findings == ()
    assert found.is_clean
    assert found.counts == {
        "entries": 309,
        "archives": 4,
        "heads": 2,
        "checkpoints": 3,
        "cosignatures": 0,
        "known": 0,
        "quarantined": 0,
        "alarm": 0,
        "payloads": 307,
    }


def test_a_log_that_was_never_begun_has_no_findings(committed_database: str, tmp_path: Path) -> None:
    with running_log(committed_database, tmp_path) as empty:
        assert empty.audit().is_clean


def test_a_log_of_the_other_profile_is_audited_by_its_hash(committed_database: str, tmp_path: Path, settings) -> None:
    settings.CRYPTO_PROFILE = "gm"
    with running_log(committed_database, tmp_path, by=SM3) as other:
        other.grow(events=300)
        other.sign()
        assert audit(other.admin, SHA256, ring=key_ring()).is_clean


def test_events_that_wait_are_not_lost(log: Log) -> None:
    append(open_archive(), "session.opened", {}, at=MORNING)
    assert log.audit().is_clean


def test_only_the_application_may_ask_whether_an_event_waits(log: Log) -> None:
    eid = append(open_archive(), "session.opened", {}, at=MORNING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_is_waiting(eid) FROM unnest(%s::uuid[]) eid ORDER BY 1", [[eid, new_id()]])
        assert cursor.fetchall() == [(False,), (True,)]
    may = log.admin.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'jiangxue%'"
        " AND has_function_privilege(oid, 'ledger_is_waiting(uuid)', 'EXECUTE') ORDER BY 1"
    ).fetchall()
    assert may == [("jiangxue_app",), ("jiangxue_owner",)]


DAMAGE = {
    "UPDATE ledger_entry SET leaf = '{}' WHERE index = 7": {
        "entry.malformed",
        "entry.wrong_hash",
        "entry.out_of_chain",
    },
    "UPDATE ledger_entry SET leaf = repeat('9', 5000) WHERE index = 7": {"entry.malformed"},
    "UPDATE ledger_entry SET leaf = replace(leaf, 'sha256', 'sm3') WHERE index = 7": {"entry.malformed"},
    "UPDATE ledger_entry SET aid = gen_random_uuid() WHERE index = 7": {"entry.other_columns"},
    "UPDATE ledger_entry SET leaf_hash = sha256('') WHERE index = 7": {"entry.wrong_hash"},
    "UPDATE ledger_tile SET hashes = overlay(hashes placing '\\x00'::bytea from 9)": {"tile.altered"},
    "DELETE FROM ledger_tile": {"tile.missing", "tile.surplus"},
    "INSERT INTO ledger_tile SELECT 1, 0, hashes FROM ledger_tile": {"tile.surplus"},
    "UPDATE ledger_edge SET size = 308": {"edge.altered"},
    "UPDATE ledger_edge SET hash_name = 'md5'": {"edge.altered"},
    "UPDATE ledger_edge SET levels = levels || sha256('')": {"edge.altered"},
    "DELETE FROM ledger_edge": {"edge.altered"},
    "UPDATE ledger_head SET sequence = 1": {"last_entry.altered"},
    "DELETE FROM ledger_head WHERE sequence = 100": {"last_entry.altered"},
    "UPDATE ledger_signingkey SET verifier_key = 'nonsense'": {"signing_key.malformed", "checkpoint.not_signed"},
    "UPDATE ledger_signingkey SET origin = 'other'": {"signing_key.malformed"},
    "UPDATE ledger_signingkey SET from_size = 201": {"checkpoint.not_signed"},
    "UPDATE ledger_checkpoint SET root = sha256('') WHERE size = 200": {
        "checkpoint.wrong_root",
        "checkpoint.not_as_signed",
    },
    "UPDATE ledger_checkpoint SET note = note || note WHERE size = 200": {"checkpoint.not_signed"},
    "UPDATE ledger_checkpoint SET note = note || split_part(note, E'\\n', 5) || E'\\n' WHERE size = 200": {
        "checkpoint.not_signed"
    },
    "UPDATE ledger_checkpoint SET size = 1000 WHERE size = 200": {"checkpoint.beyond", "checkpoint.not_as_signed"},
    "UPDATE ledger_heads SET salt = sha256(salt)": {"heads.altered"},
    "UPDATE ledger_heads SET archives = 7": {"heads.altered"},
    "UPDATE ledger_heads SET payload = '{}'": {"heads.altered", "heads.wrong"},
    "DELETE FROM ledger_heads WHERE index = 300": {"heads.missing", "payload.missing"},
    "INSERT INTO ledger_heads VALUES (400, '', '', 0, 0)": {"heads.without_entry"},
    "UPDATE ledger_headsplace SET sequence = 1": {"heads.tree_altered"},
    "DELETE FROM ledger_headsplace WHERE position = 2": {"heads.tree_altered"},
    "UPDATE ledger_headsnode SET hashes = sha256(hashes)": {"heads.tree_altered"},
    "DELETE FROM ledger_headsnode": {"heads.tree_altered"},
    "DELETE FROM ledger_headsnode WHERE heads = 308": {"heads.tree_altered"},
    "UPDATE ledger_headsplace SET heads = 7 WHERE heads = 308": {"heads.tree_altered"},
    "DELETE FROM ledger_payload WHERE aid IN (SELECT aid FROM ledger_entry WHERE index = 7)": {"payload.missing"},
    "INSERT INTO ledger_payload VALUES (gen_random_uuid(), gen_random_uuid(), '')": {"payload.lost"},
    "UPDATE ledger_payload SET ciphertext = '' WHERE eid IN (SELECT eid FROM ledger_entry WHERE index = 7)": {
        "payload.unreadable"
    },
    "DELETE FROM ledger_subjectkey": {"payload.unreadable"},
}


@pytest.mark.clause("T8.2")
@pytest.mark.parametrize("damage", DAMAGE)
def test_an_audit_names_what_is_damaged(log: Log, damage: str) -> None:
    log.tamper(damage)
    found = log.audit(ring=key_ring())
    assert DAMAGE[damage] <= set(found.found)
    assert set(found.found) <= set(SENTENCES)


def test_columns_of_another_type_end_no_audit_by_an_exception(log: Log) -> None:
    log.tamper("ALTER TABLE ledger_entry ALTER leaf TYPE bytea USING leaf::bytea")
    assert set(log.audit().found) == {"log.unreadable"}


def test_an_empty_column_is_found(log: Log) -> None:
    log.tamper("ALTER TABLE ledger_heads ALTER payload DROP NOT NULL", "UPDATE ledger_heads SET payload = NULL")
    assert log.audit().found["row.incomplete"] == 2


def test_many_findings_are_counted_and_few_are_kept(log: Log) -> None:
    log.tamper("UPDATE ledger_entry SET leaf_hash = sha256('')")
    found = log.audit()
    assert found.found["entry.wrong_hash"] == 309
    assert len([each for each in found.findings if each.kind == "entry.wrong_hash"]) == KEPT_OF_A_KIND


def test_the_command_prints_what_is_found_and_has_a_status(log: Log, tmp_path: Path) -> None:
    known = tmp_path / "known"
    known.write_text(log.checkpoint(200))
    printed = StringIO()
    call_command("audit_ledger", "--contents", "--known", str(known), stdout=printed)
    assert "entries 309" in printed.getvalue()
    log.tamper("UPDATE ledger_edge SET size = 308")
    with pytest.raises(CommandError, match=r"edge\.altered 1"):
        call_command("audit_ledger", stdout=printed)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("audit_ledger", "--known", str(tmp_path / "missing"), stdout=printed)


def test_the_report_is_kept_and_raises_an_alarm_once(log: Log) -> None:
    clock = HandClock(MORNING)
    assert audit_and_report(clock=clock).found == 0
    assert not Alarm.objects.exists()
    log.tamper("UPDATE ledger_edge SET size = 308")
    for _ in range(2):
        report = audit_and_report(clock=clock)
    assert (report.at, report.size, report.found) == (MORNING, 309, 1)
    assert LogAudit.objects.get(pk=report.pk).findings == [
        ["edge.altered", "308", "not the edge of the 309 entries"],
    ]
    assert [(each.kind, each.detail) for each in Alarm.objects.all()] == [("audit.found", "edge.altered: 1")]


def test_the_log_is_audited_by_itself_one_audit_at_a_time() -> None:
    [job] = [task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == "ledger:audit_log"]
    assert job.cron == "*/10 * * * *"
    assert job.task.lock == job.task.queueing_lock == "ledger.audit_log"


@pytest.mark.parametrize(
    ("seconds", "minutes", "due"),
    [
        (0.1, 8, False),
        (0.1, 10, True),
        (44, 60, False),
        (44, 80, True),
        (40_000, 22 * 60, False),
        (40_000, 24 * 60, True),
    ],
)
def test_it_is_audited_as_often_as_takes_a_hundredth_of_the_time_and_daily_at_least(
    seconds: float, minutes: int, due: bool
) -> None:
    last = LogAudit(at=MORNING, seconds=seconds)
    assert is_audit_due(last, MORNING + timedelta(minutes=minutes)) is due
    assert is_audit_due(None, MORNING)


@pytest.mark.django_db
def test_an_audit_that_is_asked_for_twice_is_made_once() -> None:
    assert ask_for_audit()
    assert not ask_for_audit()
    [job] = ProcrastinateJob.objects.filter(task_name=JOB)
    assert (job.lock, job.queueing_lock) == (ONE_AT_A_TIME, ONE_AT_A_TIME)
