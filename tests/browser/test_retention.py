"""The pages of retention are sound at every width: lists, the rule, holds, restricted archives, and the reason for a file (clauses T8.1, M2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from jiangxue.archive.models import LegalHold
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.terms import LONG_REASON, administrator, authority_above, finished_run, place_of, waiting_run
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people

pytestmark = pytest.mark.clause("T8.1", "M2")


@LOOKS
def test_the_security_administrator_changes_the_term_and_confirms_a_list(
    site: Site, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    finished, run = finished_run(), waiting_run()
    page = signed_in(administrator(Role.SECURITY_ADMINISTRATOR), begins_at="/operator/**", **device)
    page.goto(f"{site.url}/operator/retention/")
    assert_sound(page)
    page.goto(f"{site.url}/operator/retention/{finished.pk}/")
    assert_sound(page)
    page.goto(f"{site.url}/operator/retention/rule/")
    page.fill("[name=years]", "3")
    page.fill("[name=reason]", "多存几年" * 40)
    follow(page, "main form button")
    assert "5 到 99" in page.inner_text("main")
    assert page.input_value("[name=reason]") == "多存几年" * 40
    assert_sound(page)
    page.fill("[name=years]", "6")
    follow(page, "main form button")
    assert_sound(page)
    page.goto(f"{site.url}/operator/retention/{run.pk}/")
    assert_sound(page)
    follow(page, "form[action$='/confirm/'] button")
    assert "请先勾选这一项" in page.inner_text("main")
    assert_sound(page)
    follow(page, "button[formaction$='/drop/']")
    assert "清单已撤销" in page.inner_text("main")
    assert_sound(page)


@LOOKS
def test_the_supervisor_holds_an_archive_and_says_what_the_file_is_for(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: dict[str, object]
) -> None:
    place = place_of(site, login_name)
    page = signed_in(authority_above(site), begins_at="/region/**", **device)
    archive = f"{site.url}/region/classes/{site.class_id}/archives/{place.pk}/"
    page.goto(archive)
    page.click("details.more summary")
    assert_sound(page)
    page.fill("[name=reason]", LONG_REASON)
    follow(page, "form[action$='/hold/'] button")
    assert LegalHold.objects.get(enrolment=place).reason == LONG_REASON
    assert_sound(page)
    page.click("details.more summary")
    follow(page, "form[action$='/lift/'] button")
    assert "请填写理由" in page.inner_text("main")
    assert_sound(page)
    page.goto(f"{archive}give/why/")
    follow(page, "main form button")
    assert "请选择" in page.inner_text("main")
    assert_sound(page)


@LOOKS
def test_a_restricted_archive_is_calm(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: dict[str, object]
) -> None:
    place, now = place_of(site, login_name), MachineClock().now()
    by = people.account(now=now)
    LegalHold.objects.create(enrolment=place, placed_by=by, placed_at=now, reason=LONG_REASON)
    type(place.learner).objects.filter(pk=place.learner_id).update(restricted_at=now)
    head = place.training_class.head_teacher
    page = signed_in(head.login_name, begins_at="/institution/**", **device)
    archive = f"{site.url}/institution/classes/{site.class_id}/archives/{place.pk}/"
    for part in ("", "records/"):
        page.goto(archive + part)
        assert "已限制处理" in page.inner_text("main")
        assert_sound(page)
