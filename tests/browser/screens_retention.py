"""Pictures of retention, holds, restricted and erased archives; a part of `make screens`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page

from jiangxue.archive.models import Erasure, LegalHold, RetentionRun
from jiangxue.archive.services.erasing import go_on_erasing
from jiangxue.archive.services.retaining import confirm, report
from jiangxue.audit.services import PROGRAM
from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.browser.terms import LONG_REASON, administrator, authority_above, finished_run, place_of, waiting_run
from tests.domains.archive.long_ago import LONG_AGO, administrators, prove
from tests.factories import people, retention
from tests.factories.lives import Life, life
from tests.factories.logs import Log, running_log
from tests.factories.witnesses import countersign, witness


@DEVICES
def test_the_administrators(site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    by = people.account((Role.SECURITY_ADMINISTRATOR, None), now=MachineClock().now(), name="司马光")
    retention.rule(MachineClock().now(), years=6, reason="省厅要求延长一年", by=by)
    finished = finished_run()
    page = signed_in(administrator(Role.SYSTEM_ADMINISTRATOR), begins_at="/operator/**", **options)
    page.goto(f"{site.url}/operator/retention/")
    shoot(page, "retention", width)
    page.goto(f"{site.url}/operator/retention/{finished.pk}/")
    shoot(page, "retention-finished", width)
    run = waiting_run()
    page = signed_in(administrator(Role.SECURITY_ADMINISTRATOR), begins_at="/operator/**", **options)
    page.goto(f"{site.url}/operator/retention/")
    shoot(page, "retention-waiting", width)
    page.goto(f"{site.url}/operator/retention/rule/")
    page.fill("[name=years]", "3")
    page.fill("[name=reason]", "少存几年")
    page.click("main form button")
    shoot(page, "retention-rule-wrong", width)
    page.goto(f"{site.url}/operator/retention/{run.pk}/")
    page.click("form[action$='/confirm/'] button")
    shoot(page, "retention-run-wrong", width)


@DEVICES
def test_archives(
    site: Site,
    signed_in: Callable[..., Page],
    login_name: str,
    device: tuple[str, dict[str, object]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    width, options = device
    place, now = place_of(site, login_name), MachineClock().now()
    with running_log(connection.settings_dict["NAME"], _signer(tmp_path_factory)) as log:
        prove(log)
        page = signed_in(authority_above(site), begins_at="/region/**", **options)
        archive = f"classes/{site.class_id}/archives/{place.pk}/"
        page.goto(f"{site.url}/region/{archive}")
        page.click("details.more summary")
        shoot(page, "archive-kept", width)
        LegalHold.objects.create(enrolment=place, placed_by_id=1, placed_at=now, reason=LONG_REASON)
        page.reload()
        shoot(page, "archive-held", width)
        page.goto(f"{site.url}/region/{archive}give/why/")
        page.click("main form button")
        shoot(page, "archive-why-wrong", width)
        type(place.learner).objects.filter(pk=place.learner_id).update(restricted_at=now)
        staff = signed_in(place.training_class.head_teacher.login_name, begins_at="/institution/**", **options)
        staff.goto(f"{site.url}/institution/{archive}")
        shoot(staff, "archive-restricted", width)
        staff.goto(f"{site.url}/institution/{archive}records/")
        shoot(staff, "archive-restricted-records", width)
        lived = _erased(log)
        head = signed_in(lived.room.head_teacher.login_name, begins_at="/institution/**", **options)
        head.goto(f"{site.url}/institution/classes/{lived.room.training_class.pk}/archives/{lived.room.enrolment.pk}/")
        shoot(head, "archive-erased", width)


def _signer(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the one signer of this run."""
    folder = factory.getbasetemp() / "retention"
    folder.mkdir(exist_ok=True)
    return folder


def _erased(log: Log) -> Life:
    """Let an archive of long ago be erased."""
    lived, now = life(HandClock(LONG_AGO)), HandClock(MachineClock().now())
    prove(log)
    RetentionRun.objects.filter(finished_at=None).update(finished_at=now.now())
    system, security = administrators(now.now())
    confirm(security, report(system, by=PROGRAM, now=now.now()).pk, by=PROGRAM, now=now.now())
    go_on_erasing(clock=now)
    prove(log)
    go_on_erasing(clock=now)
    countersign(witness(f"witness.example/{lived.room.enrolment.pk}"), now.now())
    assert Erasure.objects.get(enrolment=lived.room.enrolment).erased_at is not None
    return lived
