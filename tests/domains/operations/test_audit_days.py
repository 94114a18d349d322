"""Each day of the audit is entered in the ledger, whatever is being written meanwhile, and held against it (clauses M3, T8.2)."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from jiangxue.audit.errors import StillWriting
from jiangxue.audit.models import AuditEntry, DayCheck
from jiangxue.audit.queries.days import settled_id
from jiangxue.audit.rules.days import ARCHIVE, Difference
from jiangxue.audit.services import PROGRAM, Actor, forget_addresses, record
from jiangxue.djangokit.clock import DatabaseClock
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger.models import Alarm
from jiangxue.ledger.queries.contents import records_of
from jiangxue.operations.errors import NoSuchDay, NotTheirsToCheck
from jiangxue.operations.queries.audit_days import breaks_for, compare, day_for, days_for, sealed_days
from jiangxue.operations.services.audit_days import ask_for_check, check_day, check_days, seal_days
from jiangxue.operations.services.witnessing import By
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.logs import Log, running_log
from tests.refusals import refusal_of

pytestmark = pytest.mark.clause("M3", "T8.2")
DAY = timedelta(days=1)
AUDITOR = Viewer(1, Role.AUDIT_ADMINISTRATOR)


@pytest.fixture
def acts(db: None) -> None:
    """Record two acts on the first day, none on the second, one on the third, in the morning each."""
    record("sign_in", by=Actor(7, "learner", "192.0.2.1"), at=MORNING)
    record("sign_out", by=Actor(7, "learner", "192.0.2.1"), at=MORNING)
    record("policy.set", by=PROGRAM, at=MORNING + 2 * DAY, reason="省里要求")


def days() -> list[tuple[date, int]]:
    return [(each.day, each.entries) for each in sealed_days()]


@pytest.fixture
def noon(clock: HandClock) -> HandClock:
    """Return a clock that stands three days later."""
    clock.at += 3 * DAY
    return clock


@pytest.mark.usefixtures("acts")
def test_every_day_that_is_over_is_entered_once_also_one_without_entries(noon: HandClock) -> None:
    first = learning_day(MORNING)
    assert seal_days(clock=noon) == [first, first + DAY, first + 2 * DAY]
    assert days() == [(first, 2), (first + DAY, 0), (first + 2 * DAY, 1)]
    assert seal_days(clock=noon) == []
    assert compare(sealed_days(), noon.now()) == []


def test_where_nothing_was_ever_done_yesterday_is_the_first_day(db: None, clock: HandClock) -> None:
    seal_days(clock=clock)
    assert days() == [(learning_day(MORNING) - DAY, 0)]


@pytest.mark.usefixtures("acts")
def test_a_day_is_not_entered_before_it_is_over(clock: HandClock) -> None:
    assert seal_days(clock=clock) == []


@pytest.mark.usefixtures("acts")
def test_what_bears_a_day_that_is_entered_already_belongs_to_the_next_one(noon: HandClock) -> None:
    seal_days(clock=noon)
    record("sign_out", by=PROGRAM, at=MORNING)
    noon.at += DAY
    seal_days(clock=noon)
    assert days()[-1] == (learning_day(MORNING) + 3 * DAY, 1)
    assert compare(sealed_days(), noon.now()) == []


@pytest.mark.usefixtures("acts")
def test_an_entry_with_a_time_to_come_is_in_a_digest_all_the_same(noon: HandClock) -> None:
    record("sign_out", by=PROGRAM, at=MORNING + 3650 * DAY)
    record("sign_in", by=PROGRAM, at=MORNING + 3 * DAY)
    noon.at += DAY
    seal_days(clock=noon)
    assert sum(entries for _day, entries in days()) == AuditEntry.objects.count()


@pytest.mark.usefixtures("acts")
def test_the_archive_of_days_has_a_fixed_name_and_holds_nothing_else(noon: HandClock) -> None:
    seal_days(clock=noon)
    assert {each.kind for each in records_of(ARCHIVE)} == {"audit.day"}


@pytest.mark.usefixtures("acts")
def test_addresses_that_the_law_wants_removed_leave_the_digest_as_it_is(clock: HandClock) -> None:
    """At least half a year later, as the database's own clock has it."""
    gone = people.account(now=MORNING)
    record("sign_in", by=Actor(gone.pk, "learner", "192.0.2.9"), at=DatabaseClock().now() - 200 * DAY)
    gone.name, gone.login_name = "", f"erased-{gone.pk}"
    gone.save()
    clock.at = DatabaseClock().now() + DAY
    seal_days(clock=clock)
    assert forget_addresses([gone.pk]) == 1
    assert compare(sealed_days(), clock.now()) == []


@pytest.mark.usefixtures("acts")
def test_a_check_keeps_a_report_and_raises_no_alarm_where_all_agrees(noon: HandClock) -> None:
    seal_days(clock=noon)
    assert check_days(clock=noon)
    report = DayCheck.objects.get()
    assert (report.days, report.findings, report.first_day) == (3, [], learning_day(MORNING))
    assert not Alarm.objects.exists()


@pytest.mark.usefixtures("acts")
def test_days_are_overdue_when_nobody_enters_them(noon: HandClock) -> None:
    (finding,) = breaks_for(AUDITOR, noon.now())
    assert (finding.day, finding.difference) == (learning_day(MORNING), Difference.OVERDUE)
    seal_days(clock=noon)
    assert breaks_for(AUDITOR, noon.now() + DAY) == []
    assert [each.difference for each in breaks_for(AUDITOR, noon.now() + 2 * DAY)] == [Difference.OVERDUE]


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDIT_ADMINISTRATOR}))
def test_nobody_but_the_audit_administrator_sees_or_checks_days(noon: HandClock, role: Role) -> None:
    seal_days(clock=noon)
    viewer = Viewer(7, role, organisation_id=1, region="44")
    assert days_for(viewer) == []
    assert breaks_for(viewer, noon.now() + 9 * DAY) == []
    by = By(viewer, Actor(7, role), noon.now())
    with pytest.raises(NoSuchDay):
        check_day(by, learning_day(MORNING))
    with pytest.raises(NotTheirsToCheck):
        ask_for_check(by)


@pytest.mark.usefixtures("acts")
def test_checking_is_an_act_that_is_recorded(noon: HandClock) -> None:
    seal_days(clock=noon)
    by = By(AUDITOR, Actor(1, Role.AUDIT_ADMINISTRATOR), noon.now())
    assert check_day(by, learning_day(MORNING)) is None
    assert ask_for_check(by)
    assert not ask_for_check(by), "it is about to already"
    checked = AuditEntry.objects.filter(action="audit.checked").order_by("pk")
    assert list(checked.values_list("object_kind", "object_id")) == [("audit_day", "2026-11-24"), ("", "")]
    assert day_for(AUDITOR, learning_day(MORNING)).index is None, "it waits to be sealed"


@pytest.fixture
def log(committed_database: str, tmp_path: Path) -> Iterator[Log]:
    with running_log(committed_database, tmp_path) as running:
        yield running


def test_days_are_sealed_and_signed_like_everything_else(log: Log, noon: HandClock) -> None:
    record("sign_in", by=PROGRAM, at=MORNING)
    seal_days(clock=noon)
    log.seal()
    assert [each.index for each in days_for(AUDITOR)] == [2, 1, 0]
    log.sign()
    assert log.audit().is_clean


def test_a_day_waits_for_whoever_is_still_writing(log: Log, committed_database: str, noon: HandClock) -> None:
    """A number was drawn and is not committed: a later number alone must not let the day be cut."""
    values = "(at, action, role, object_kind, object_id, result) VALUES (%s, 'sign_in', '', '', '', 'done')"
    with psycopg.connect(log.admin.info.dsn, password=log.admin.info.password) as slow:
        slow.execute(f"INSERT INTO audit_auditentry {values}", [MORNING])
        record("sign_out", by=PROGRAM, at=MORNING)
        assert refusal_of(lambda: seal_days(clock=noon)) is StillWriting
        assert days() == []
    assert days() == []
    seal_days(clock=noon)
    assert days()[0] == (learning_day(MORNING), 2)


def test_whoever_gave_up_leaves_a_gap_and_no_trace(log: Log, noon: HandClock) -> None:
    values = "(at, action, role, object_kind, object_id, result) VALUES (%s, 'sign_in', '', '', '', 'done')"
    with psycopg.connect(log.admin.info.dsn, password=log.admin.info.password) as slow:
        slow.execute(f"INSERT INTO audit_auditentry {values}", [MORNING])
        slow.rollback()
    record("sign_out", by=PROGRAM, at=MORNING)
    assert settled_id() == 2
    seal_days(clock=noon)
    assert days()[0] == (learning_day(MORNING), 1)


def test_two_who_enter_days_at_once_enter_each_once(log: Log, committed_database: str, noon: HandClock) -> None:
    record("sign_in", by=PROGRAM, at=MORNING)

    def run() -> None:
        try:
            seal_days(clock=noon)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [day for day, _entries in days()] == [learning_day(MORNING) + number * DAY for number in range(3)]


@pytest.mark.usefixtures("acts")
def test_the_command_says_that_all_agree(noon: HandClock, capsys: pytest.CaptureFixture[str]) -> None:
    now = DatabaseClock().now()
    noon.at = now
    seal_days(clock=noon)
    call_command("check_audit_days")
    assert "一致" in capsys.readouterr().out


def test_the_command_fails_where_days_are_overdue(db: None) -> None:
    record("sign_in", by=PROGRAM, at=DatabaseClock().now() - 9 * DAY)
    with pytest.raises(CommandError, match="1 findings in 0 days"):
        call_command("check_audit_days")
