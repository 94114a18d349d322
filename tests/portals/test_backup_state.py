"""The page about the platform's state says when the last backup was made, and warns when that is too long ago."""

import pytest
from django.test import Client

from jiangxue.audit import services as audit
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from tests.factories import people
from tests.portals.clients import client_of, main_of

HOUR_MS = 3_600_000
PAGE = "/operator/state/"


@pytest.fixture
def operator(db: None, clock: HandClock) -> Client:
    return client_of(people.account((Role.SYSTEM_ADMINISTRATOR, None), now=clock.now()))


def said(page: str) -> str:
    """Return what stands on the line of backups."""
    return page.partition("<strong>备份</strong>")[2].partition("</li>")[0]


def test_where_no_backup_was_ever_made_that_is_said(operator: Client, settings) -> None:
    settings.DEMONSTRATION = False
    line = said(main_of(operator, PAGE))
    assert "还没有做过备份" in line
    assert "state-warn" in line


def test_a_demonstration_needs_none(operator: Client, settings) -> None:
    settings.DEMONSTRATION = True
    assert "state-ok" in said(main_of(operator, PAGE))


def test_a_backup_is_good_for_the_hours_that_the_installation_names(
    operator: Client, clock: HandClock, settings
) -> None:
    settings.BACKUP_HOURS = 26
    audit.record("backup.made", by=PROGRAM, at=clock.now(), about=("backup", "jiangxue-20261124T010000Z"))
    clock.advance(26 * HOUR_MS)
    line = said(main_of(operator, PAGE))
    assert "2026-11-24 09:00" in line
    assert "state-ok" in line
    clock.advance(1)
    assert "state-warn" in said(main_of(operator, PAGE))
