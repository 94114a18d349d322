"""Messages and the search of the audit at phone and desktop width: no sideways scroll, no findings of axe (clauses C5, M3, T1.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.audit.models import DayCheck
from jiangxue.audit.services import REFUSED, Actor, keep_check, record
from jiangxue.kernel.clock import HandClock, MachineClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.notices.services import tell
from jiangxue.operations.services.audit_days import seal_days
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people

LONG = "第二期" * 40


@pytest.mark.clause("C5")
@pytest.mark.clause("M3")
@LOOKS
def test_messages_and_the_audit_are_sound(
    site: Site, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    now = MachineClock().now() - timedelta(minutes=1)
    auditor = people.account((Role.AUDIT_ADMINISTRATOR, None), now=now)
    page = signed_in(auditor.login_name, begins_at="/operator/**", **device)
    page.goto(f"{site.url}/messages/")
    assert_sound(page)
    for number in range(12):
        tell([auditor.pk], kind="face_case.opened", about=("face_check", number), params={"class_title": LONG}, at=now)
    tell([auditor.pk], kind="ledger.alarm", about=("alarm", 1), params={"raised_at": now.isoformat()}, at=now)
    tell([auditor.pk], kind="upload.ready", about=("upload", 1), params={"file": "x" * 120}, at=now)
    record("sign_in", by=Actor(auditor.pk, address="2001:db8::ffff:192.0.2.1"), at=now, result=REFUSED, reason=LONG)
    record("appeal.proposed", by=Actor(auditor.pk), at=now, about=("appeal", "f" * 64))
    seal_days(clock=HandClock(now + timedelta(days=2)))
    day = learning_day(now)
    if not DayCheck.objects.exists():
        keep_check(day, day, days=1, findings=[[day.isoformat(), "fewer", 3, 2]], at=now)
    for address in (
        *("/messages/", "/messages/?show=all", "/messages/?kind=face_case.opened"),
        *("/operator/audit/", "/operator/audit/?role=learner", "/operator/audit/?who=nobody&since=2026-11-02"),
        "/operator/audit/days/",
    ):
        page.goto(site.url + address)
        assert_sound(page)
    page.goto(f"{site.url}/operator/audit/?who={auditor.login_name}")
    follow(page, "main tbody a")
    assert_sound(page)
    page.goto(f"{site.url}/messages/")
    assert page.get_attribute(".bell", "aria-label") == "消息，14 条未读"
    follow(page, "main .row-button:has-text('存证日志')")
    assert page.url == f"{site.url}/operator/ledger/"
    assert page.get_attribute(".bell", "aria-label") == "消息，13 条未读"
