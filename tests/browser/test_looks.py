"""Every page of the learner at phone and desktop width: no sideways scroll, no findings of axe (clause T1.2; WCAG 2.2 AA)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.kernel.clock import MachineClock, learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.project.env import REPOSITORY
from tests.browser.conftest import PHONE
from tests.browser.player import follow, leave, play_for, start
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.factories import people

AXE = (Path(REPOSITORY) / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
NARROW = {"viewport": {"width": 320, "height": 600}}
LOOKS = pytest.mark.parametrize(
    "device", [PHONE, {**DESKTOP, "color_scheme": "dark"}, NARROW], ids=["phone", "desktop, dark", "narrow"]
)
"""Each width once and both colours: a page that is sound in these is sound in the others."""


def assert_sound(page: Page) -> None:
    """Assert that the page neither scrolls sideways nor has a finding."""
    page.wait_for_load_state()
    widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert widths[0] <= widths[1], f"{page.url} scrolls sideways"
    page.evaluate(AXE)
    found = page.evaluate(
        f"axe.run(document, {{runOnly: {RULES}}}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
    )
    assert found == [], page.url


@pytest.mark.clause("T1.2")
@LOOKS
def test_the_learners_pages_are_sound(
    site: Site, signed_in: Callable[..., Page], login_name: str, device: dict[str, object]
) -> None:
    page = signed_in(login_name, **device)
    assert_sound(page)
    page.goto(f"{site.url}/learn/classes/{site.class_id}/")
    assert_sound(page)
    start(page, site.lesson_url())
    play_for(page, 2)
    assert_sound(page)
    leave(page)
    assert_sound(page)
    page.goto(f"{site.url}/learn/records/")
    assert_sound(page)
    page.click("main a[href*='/learn/records/20']")
    page.wait_for_url("**/records/20*/")
    assert_sound(page)
    page.goto(f"{site.url}/profile/")
    assert_sound(page)


@pytest.mark.clause("T1.2", "C3")
@LOOKS
def test_the_pages_of_a_watched_class_are_sound(
    site: Site, browser: Browser, login_name: str, device: dict[str, object]
) -> None:
    watched = TrainingClass.objects.get(pk=site.class_id)
    staff = people.account(
        (Role.INSTITUTION_ADMINISTRATOR, watched.institution_id), now=MachineClock().now() - timedelta(days=1)
    )
    place = f"/institution/classes/{watched.pk}"
    learner = Enrolment.objects.get(training_class=watched, learner__login_name=login_name)
    context = browser.new_context(locale="zh-CN", **device)
    page = context.new_page()
    sign_in(page, site, staff.login_name, wanted=f"{place}/live/")
    page.wait_for_url("**/live/")
    assert page.is_visible("[data-part=toggle]")
    assert_sound(page)
    today = learning_day(MachineClock().now())
    for address in ("", "days/", f"days/{learner.pk}/{today}/", "anomalies/"):
        page.goto(f"{site.url}{place}/{address}")
        assert_sound(page)
    context.close()


@pytest.mark.clause("T1.2")
@LOOKS
def test_pages_before_the_sign_in_are_sound(site: Site, browser: Browser, device: dict[str, object]) -> None:
    context = browser.new_context(locale="zh-CN", **device)
    page = context.new_page()
    page.goto(f"{site.url}/sign-in/")
    assert_sound(page)
    page.fill("[name=identifier]", "nobody")
    page.fill("[name=password]", "wrong-password-1")
    follow(page, "main button[type=submit]")
    assert_sound(page)
    page.goto(f"{site.url}/no-such-page/")
    assert_sound(page)
    context.close()


@pytest.mark.clause("T1.2")
def test_a_lesson_on_the_narrowest_phone_does_not_scroll_sideways(
    site: Site, signed_in: Callable[..., Page], login_name: str
) -> None:
    page = signed_in(login_name, viewport={"width": 320, "height": 640})
    page.goto(site.lesson_url())
    assert_sound(page)
