"""Pages of rules at phone and desktop width: no sideways scroll, no findings of axe (WCAG 2.2 AA; clause M6)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import people


@pytest.mark.clause("M6")
@LOOKS
def test_the_pages_of_rules_are_sound(site: Site, signed_in: Callable[..., Page], device: dict[str, object]) -> None:
    """Looked at and refused, never saved: the site's other tests live under its rules."""
    school_id = TrainingClass.objects.get(pk=site.class_id).institution_id
    now = MachineClock().now() - timedelta(minutes=1)
    principal = people.account((Role.INSTITUTION_ADMINISTRATOR, school_id), now=now)
    page = signed_in(principal.login_name, begins_at="/institution/classes/", **device)
    for address in ("rules/", f"classes/{site.class_id}/", f"classes/{site.class_id}/rules/", "rules/new/"):
        page.goto(f"{site.url}/institution/{address}")
        assert_sound(page)
    page.check("[name='day_cap_ms-from'][value=own]")
    page.fill("[name=day_cap_ms]", "2000")
    follow(page, "main button[value=preview]")
    assert_sound(page)
    page.fill("[name=day_cap_ms]", "360")
    page.check("[name=day_cap_ms-lock]")
    page.fill("[name=reason]", "试行")
    follow(page, "main button[value=preview]")
    assert page.is_visible("main button[value=save]")
    assert_sound(page)
