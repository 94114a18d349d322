"""Pages of stretches and appeals at phone and desktop width: no sideways scroll, no findings of axe (clauses M6, T1.2)."""

import pytest
from playwright.sync_api import Browser

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.services.appealing import open_appeal
from tests.browser.appealing import WORDS, day_of, learned, long_named_room, screenshot, signed, yesterday
from tests.browser.conftest import PHONE
from tests.browser.site import Site
from tests.browser.test_looks import DESKTOP, assert_sound
from tests.factories.appeals import administrator, draft_of, proposed
from tests.factories.classes import Classroom


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    return long_named_room(clock)


@pytest.mark.clause("T1.3", "M6")
@pytest.mark.parametrize("options", [PHONE, {**DESKTOP, "color_scheme": "dark"}], ids=["phone", "desktop, dark"])
def test_the_pages_of_stretches_and_appeals_are_sound(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, options: dict[str, object]
) -> None:
    session = learned(room, clock)
    appeal = open_appeal(room.viewer, draft_of(session, clock, text=WORDS, picture=screenshot()), clock=clock)
    last = session.segments.latest("sealing").stretches[-1][1] - 7 * 60_000
    day = day_of(session)
    page = signed(site, browser, room.learner, options, day)
    for address in (
        day,
        f"{day}{session.pk.hex}/{appeal.start_ms}/",
        f"{day}{session.pk.hex}/{last}/",
        f"/learn/appeals/new/{day.removeprefix('/learn/records/')}{session.pk.hex}/{last}/",
        f"/learn/appeals/{appeal.pk}/",
        "/learn/appeals/",
    ):
        page.goto(site.url + address)
        assert_sound(page)


@pytest.mark.clause("M6")
@pytest.mark.parametrize("options", [PHONE, {**DESKTOP, "color_scheme": "dark"}], ids=["phone", "desktop, dark"])
def test_the_pages_of_those_who_decide_are_sound(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, options: dict[str, object]
) -> None:
    session = learned(room, clock)
    appeal_id = open_appeal(room.viewer, draft_of(session, clock, text=WORDS, picture=screenshot()), clock=clock).pk
    head = signed(site, browser, room.head_teacher, options, "/institution/appeals/")
    assert_sound(head)
    head.goto(f"{site.url}/institution/appeals/{appeal_id}/")
    assert_sound(head)
    proposed(room, clock, appeal_id, 40_000)
    second = signed(site, browser, administrator(room, clock), options, f"/institution/appeals/{appeal_id}/")
    assert_sound(second)


def test_a_tap_on_the_bar_opens_the_stretch(site: Site, browser: Browser, room: Classroom, clock: HandClock) -> None:
    session = learned(room, clock)
    page = signed(site, browser, room.learner, PHONE, day_of(session))
    page.locator(".page-head .bar a").nth(2).tap()
    page.wait_for_url("**/records/*/*/*/")
    assert "断线" in page.inner_text("h1")
