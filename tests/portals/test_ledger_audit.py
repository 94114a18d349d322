"""Administrators have the whole ledger audited, and read what was found in words (clauses M3, T8.2)."""

import pytest
from django.test import Client

from jiangxue.audit.models import AuditEntry
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import INSTITUTION_ROLES, Role
from jiangxue.ledger.services.auditing import audit_and_report
from tests.factories import people
from tests.factories.classes import institution
from tests.factories.logs import Log
from tests.portals.clients import client_of, main_in, main_of

pytestmark = [pytest.mark.clause("M3"), pytest.mark.clause("T8.2")]
PAGE = "/operator/ledger/"
LOOKERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


def as_role(role: Role, clock: HandClock) -> Client:
    return client_of(people.account((role, None), now=clock.now()))


@pytest.mark.parametrize("role", LOOKERS)
def test_each_administrator_has_the_ledger_audited_once_at_a_time(db: None, clock: HandClock, role: Role) -> None:
    client = as_role(role, clock)
    assert "还没有核验过" in main_of(client, PAGE)
    said = main_in(client.post(f"{PAGE}audit/", follow=True).content.decode())
    assert "已开始在后台核验存证日志" in said
    assert "正在核验，请过一分钟再看" in said
    assert "立即核验" not in said
    assert "存证日志正在核验中" in client.post(f"{PAGE}audit/", follow=True).content.decode()
    assert AuditEntry.objects.filter(action="ledger.audit_asked").count() == 1


def test_nobody_else_has_it_audited(db: None, clock: HandClock) -> None:
    of = institution().pk
    for role in (Role.LEARNER, Role.REVIEWER, *sorted(INSTITUTION_ROLES)):
        own = of if role in INSTITUTION_ROLES else None
        assert client_of(people.account((role, own), now=clock.now())).post(f"{PAGE}audit/").status_code == 403
    assert as_role(Role.AUDIT_ADMINISTRATOR, clock).get(f"{PAGE}audit/").status_code == 405


def test_a_whole_ledger_is_said_to_fit(log: Log, clock: HandClock) -> None:
    log.grow(events=3)
    audit_and_report(clock=clock)
    said = main_of(as_role(Role.SYSTEM_ADMINISTRATOR, clock), PAGE)
    assert "全部相符" in said
    assert "2026-11-24 09:00:00" in said


def test_what_was_found_is_said_in_words_with_its_place(log: Log, clock: HandClock) -> None:
    log.grow(events=3)
    log.sign()
    log.tamper("UPDATE ledger_entry SET leaf = replace(leaf, 'segment', 'session') WHERE \"index\" = 1")
    audit_and_report(clock=clock)
    said = main_of(as_role(Role.AUDIT_ADMINISTRATOR, clock), PAGE)
    assert "处问题" in said
    assert "全部相符" not in said
    assert "核验存证日志时发现问题" in said, "and it is an alarm"
    report = said.split('id="audit"', 1)[1].split("</section>", 1)[0]
    assert "<li" in report
