"""Whoever owns the database changes the audit: the day that was changed no longer agrees with the ledger (clauses M3, T8.2)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction

from jiangxue.audit.models import AuditEntry, DayCheck
from jiangxue.audit.rules.days import Difference
from jiangxue.audit.services import Actor, record
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.ledger.errors import LogDamaged
from jiangxue.ledger.models import Alarm
from jiangxue.operations.queries.audit_days import compare, sealed_days
from jiangxue.operations.services.audit_days import check_days, seal_days
from tests.conftest import MORNING
from tests.factories.logs import Log, running_log

pytestmark = pytest.mark.clause("M3", "T8.2")
DAY = timedelta(days=1)
FIRST = learning_day(MORNING)
INSERT = (
    "INSERT INTO audit_auditentry (id, at, actor_id, role, action, object_kind, object_id, result) OVERRIDING SYSTEM VALUE"
    " VALUES ({}, '2026-11-24 01:00:00+00', 7, 'learner', 'sign_out', '', '', 'done')"
)


@pytest.fixture
def log(committed_database: str, tmp_path: Path, clock: HandClock) -> Iterator[Log]:
    """Return the log of three days with three acts each, sealed, on the morning after."""
    with running_log(committed_database, tmp_path) as running:
        for day in range(3):
            for minute in range(3):
                at = MORNING + day * DAY + timedelta(minutes=minute)
                record("sign_in", by=Actor(7, "learner", "192.0.2.1"), at=at, about=("class", day), reason="x")
        clock.at = MORNING + 3 * DAY
        seal_days(clock=clock)
        running.seal()
        yield running


def differs(clock: HandClock) -> list[tuple[int, Difference]]:
    found = compare(sealed_days(), clock.now())
    return [((each.day - FIRST).days, each.difference) for each in found]


def tamper(log: Log, statement: str) -> None:
    """Do as the owner of the machine can: without triggers."""
    log.admin.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER ALL")
    log.admin.execute(statement)
    log.admin.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER ALL")


def test_the_honest_twin_agrees(log: Log, clock: HandClock) -> None:
    assert differs(clock) == []
    assert check_days(clock=clock)


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "actor_id = 8",
        "actor_id = NULL",
        "role = 'teacher'",
        "action = 'sign_out'",
        "object_kind = 'course'",
        "object_id = '9'",
        "result = 'refused'",
        "reason = 'y'",
        "id = -5",
        "at = at + interval '1 day'",
    ],
)
def test_a_changed_entry_is_noticed(log: Log, clock: HandClock, change: str) -> None:
    tamper(log, f"UPDATE audit_auditentry SET {change} WHERE id = 5")
    assert (1, Difference.CHANGED) in differs(clock) or (1, Difference.FEWER) in differs(clock)


@pytest.mark.parametrize(("number", "day"), [(1, 0), (5, 1), (3, 0), (6, 1), (9, 2)])
def test_a_removed_entry_is_noticed_also_the_last_one_of_a_day(
    log: Log, clock: HandClock, number: int, day: int
) -> None:
    tamper(log, f"DELETE FROM audit_auditentry WHERE id = {number}")
    assert differs(clock) == [(day, Difference.FEWER)]


def test_a_whole_day_that_is_removed_is_noticed(log: Log, clock: HandClock) -> None:
    tamper(log, "DELETE FROM audit_auditentry WHERE id BETWEEN 4 AND 6")
    assert differs(clock) == [(1, Difference.FEWER)]


@pytest.mark.parametrize(("number", "day"), [(5, 1), (0, 0), (-7, 0)])
def test_an_entry_put_in_later_is_noticed(log: Log, clock: HandClock, number: int, day: int) -> None:
    if number == 5:
        tamper(log, "DELETE FROM audit_auditentry WHERE id = 5")
    tamper(log, INSERT.format(number))
    assert differs(clock) in ([(day, Difference.MORE)], [(day, Difference.CHANGED)])


def test_two_entries_that_are_exchanged_are_noticed(log: Log, clock: HandClock) -> None:
    tamper(log, "UPDATE audit_auditentry SET id = CASE id WHEN 4 THEN -4 ELSE 4 END WHERE id IN (4, 5)")
    tamper(log, "UPDATE audit_auditentry SET id = 5 WHERE id = -4")
    assert differs(clock) == [(1, Difference.CHANGED)]


def test_an_entry_put_behind_the_last_day_is_of_the_next_one(log: Log, clock: HandClock) -> None:
    """It is not noticed: what came after the last cut is committed to by nobody yet. docs/trust.md says so."""
    tamper(log, INSERT.format("nextval(pg_get_serial_sequence('audit_auditentry', 'id'))"))
    assert differs(clock) == []


def test_what_is_found_is_kept_and_raises_an_alarm_once(log: Log, clock: HandClock) -> None:
    tamper(log, "DELETE FROM audit_auditentry WHERE id = 5")
    for _ in range(2):
        assert not check_days(clock=clock)
    assert DayCheck.objects.order_by("pk")[0].findings == [["2026-11-25", "fewer", 3, 2]]
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.detail) == ("audit_days.found", "2026-11-25 fewer (3, 2)")


def test_a_digest_that_is_made_to_fit_is_not_the_sealed_one(log: Log, clock: HandClock) -> None:
    """Whoever has the database but not the sealing key cannot write another digest; the log's audit names the payload too."""
    tamper(log, "DELETE FROM audit_auditentry WHERE id = 5")
    log.tamper("UPDATE ledger_payload SET ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)")
    with pytest.raises(LogDamaged):
        compare(sealed_days(), clock.now())


def test_a_day_that_is_taken_out_of_the_ledger_is_noticed(log: Log, clock: HandClock) -> None:
    gone = log.one("SELECT eid::text FROM ledger_entry WHERE sequence = 2")
    log.tamper(f"DELETE FROM ledger_payload WHERE eid = '{gone}'", "DELETE FROM ledger_entry WHERE sequence = 2")
    assert (2, Difference.BROKEN) in differs(clock)
    assert not log.audit().is_clean


def test_the_application_itself_can_change_nothing(log: Log) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.filter(pk=5).delete()
