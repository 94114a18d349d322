"""The audit administrator sees which days of the audit are in the ledger, and has them computed again (clauses M3, T8.2)."""

from datetime import timedelta

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.audit.services import PROGRAM, keep_check, record
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.operations.services import audit_days
from jiangxue.operations.services.audit_days import seal_days
from tests.conftest import MORNING
from tests.factories import people
from tests.factories.logs import Log
from tests.portals.clients import client_of, main_of

pytestmark = pytest.mark.clause("M3", "T8.2")
DAYS = "/operator/audit/days/"


def auditor_of(clock: HandClock) -> Client:
    return client_of(people.account((Role.AUDIT_ADMINISTRATOR, None), now=clock.now()))


@pytest.fixture
def auditor(db: None, clock: HandClock) -> Client:
    """Return the browser of the audit administrator, two days after some acts."""
    record("sign_in", by=PROGRAM, at=clock.now())
    client = auditor_of(clock)
    clock.at += timedelta(days=2)
    return client


def test_the_page_says_when_the_first_day_comes(db: None, clock: HandClock) -> None:
    assert "零点过十分后自动写入第一日" in main_of(auditor_of(clock), DAYS)


def test_days_stand_there_with_their_check_values(auditor: Client, clock: HandClock) -> None:
    seal_days(clock=clock)
    page = main_of(auditor, DAYS)
    for said in ("2026-11-24", "2026-11-25", "—</td>", "sha256", "待封存"):
        assert said in page
    assert 'href="/operator/audit/?since=2026-11-24&amp;until=2026-11-24"' in page


def test_a_day_is_computed_again_at_once(auditor: Client, clock: HandClock) -> None:
    seal_days(clock=clock)
    page = auditor.post(f"{DAYS}2026-11-24/check/", follow=True).content.decode()
    assert "2026-11-24：与存证日志一致。" in page
    assert AuditEntry.objects.filter(action="audit.checked", object_id="2026-11-24").exists()


def test_a_day_that_is_too_large_to_wait_for_is_left_to_the_worker(
    auditor: Client, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal_days(clock=clock)
    monkeypatch.setattr(audit_days, "MOST_AT_ONCE", 1)
    page = auditor.post(f"{DAYS}2026-11-24/check/", follow=True).content.decode()
    assert "正在后台核对全部日期" in page


@pytest.mark.parametrize("day", ["2026-11-01", "yesterday", "2026-99-99", "20261124T"])
def test_a_day_that_is_not_in_the_ledger_is_not_found(auditor: Client, clock: HandClock, day: str) -> None:
    seal_days(clock=clock)
    assert auditor.post(f"{DAYS}{day}/check/").status_code == 404
    assert auditor.get(f"{DAYS}2026-11-24/check/").status_code == 405


def test_all_days_are_computed_again_in_the_background(auditor: Client, clock: HandClock) -> None:
    seal_days(clock=clock)
    assert "正在后台核对全部日期" in auditor.post(f"{DAYS}check/", follow=True).content.decode()
    assert "全部日期已在核对中" in auditor.post(f"{DAYS}check/", follow=True).content.decode()


def test_the_last_report_stands_there(auditor: Client, clock: HandClock) -> None:
    seal_days(clock=clock)
    day = learning_day(MORNING)
    keep_check(day, day, days=1, findings=[], at=clock.now())
    assert "2026-11-24 至 2026-11-24 共 1 天，全部一致" in main_of(auditor, DAYS)
    keep_check(day, day, days=1, findings=[["2026-11-24", "fewer", 3, 2]], at=clock.now())
    page = main_of(auditor, DAYS)
    assert "2026-11-24：有记录缺失（存证 3 条，现有 2 条）" in page
    assert "全部一致" not in page


def test_a_day_that_is_overdue_is_named(auditor: Client, clock: HandClock) -> None:
    assert "2026-11-24：该日尚未存证" in main_of(auditor, DAYS)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR])
def test_others_can_have_nothing_computed(auditor: Client, clock: HandClock, role: Role) -> None:
    other = client_of(people.account((role, None), now=clock.now()))
    assert other.post(f"{DAYS}check/").status_code == 403
    assert other.post(f"{DAYS}2026-11-24/check/").status_code == 403


def test_tampering_is_said_where_it_is_looked_for(log: Log, clock: HandClock) -> None:
    record("sign_in", by=PROGRAM, at=clock.now())
    auditor = auditor_of(clock)
    clock.at += timedelta(days=2)
    seal_days(clock=clock)
    log.seal()
    log.admin.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER ALL")
    log.admin.execute("DELETE FROM audit_auditentry WHERE action = 'sign_in'")
    log.admin.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER ALL")
    page = auditor.post(f"{DAYS}2026-11-24/check/", follow=True).content.decode()
    assert "2026-11-24 与存证日志不一致：有记录缺失（存证 2 条，现有 1 条）。" in page
    log.tamper("UPDATE ledger_payload SET ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)")
    assert "存证读不出来" in main_of(auditor, DAYS)
    stale = auditor.post(f"{DAYS}2026-11-24/check/", follow=True).content.decode()
    assert "存证读不出来" in stale
