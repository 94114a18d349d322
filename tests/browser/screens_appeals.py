"""Pictures of a day with checks, of its stretches, and of appeals on every side; a part of `make screens`."""

import pytest
from playwright.sync_api import Browser

from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Role
from jiangxue.learning.services.appealing import open_appeal
from jiangxue.organisations.models import Organisation, Region
from tests.browser.appealing import WORDS, day_of, learned, long_named_room, screenshot, signed, yesterday
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import people
from tests.factories.appeals import administrator, draft_of, proposed, reviewed
from tests.factories.classes import Classroom


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    return long_named_room(clock)


@DEVICES
def test_a_day_its_stretches_and_an_appeal_that_is_refused(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    session = learned(room, clock)
    head = signed(site, browser, room.head_teacher, options, "/institution/appeals/")
    shoot(head, "appeals-empty", width)
    page = signed(site, browser, room.learner, options, "/learn/appeals/")
    shoot(page, "my-appeals-empty", width)
    page.goto(site.url + day_of(session))
    for summary in page.query_selector_all("details.stretches summary"):
        summary.click()
    shoot(page, "record-day-checks", width)
    stretches = [link.get_attribute("href") for link in page.query_selector_all("a.stretch-link")]
    for name, place in (("stretch-confirmed", 0), ("stretch-missed", -1), ("stretch-silent", 2)):
        page.goto(site.url + str(stretches[place]))
        shoot(page, name, width)
    page.click("main a.button-main")
    shoot(page, "appeal-new", width)
    page.fill("[name=text]", "太短了")
    page.set_input_files("[name=picture]", files=[{"name": "a.png", "mimeType": "image/png", "buffer": b"no picture"}])
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main button[type=submit]")
    shoot(page, "appeal-refused", width)


@DEVICES
def test_an_appeal_until_its_correction(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    second = administrator(room, clock)
    session = learned(room, clock)
    draft = draft_of(session, clock, text=WORDS, picture=screenshot())
    appeal = open_appeal(room.viewer, draft, clock=clock)
    page = signed(site, browser, room.learner, options, f"/learn/appeals/{appeal.pk}/")
    shoot(page, "appeal-open", width)
    head = signed(site, browser, room.head_teacher, options, "/institution/appeals/")
    shoot(head, "appeals", width)
    head.goto(f"{site.url}/institution/appeals/{appeal.pk}/")
    shoot(head, "appeal-propose", width)
    proposed(room, clock, appeal.pk, 40_000)
    other = signed(site, browser, second, options, f"/institution/appeals/{appeal.pk}/")
    shoot(other, "appeal-review", width)
    reviewed(people.viewer(second), clock, appeal.pk)
    given = f"{day_of(session)}{session.pk.hex}/{appeal.start_ms}/"
    for each, name, address in (
        (page, "appeal-corrected", f"/learn/appeals/{appeal.pk}/"),
        (page, "record-day-corrected", day_of(session)),
        (page, "stretch-corrected", given),
        (page, "records-corrected", "/learn/records/"),
        (page, "my-appeals", "/learn/appeals/"),
        (head, "class-corrected", f"/institution/classes/{room.training_class.pk}/"),
    ):
        each.goto(site.url + address)
        shoot(each, name, width)
        wide = each.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} scrolls sideways by {wide}"


@DEVICES
def test_a_supervisor_looks_at_appeals(
    site: Site, browser: Browser, room: Classroom, clock: HandClock, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    appeal = open_appeal(room.viewer, draft_of(learned(room, clock), clock, text=WORDS), clock=clock)
    proposed(room, clock, appeal.pk, None)
    region, _ = Region.objects.get_or_create(code="4401", defaults={"name": "广州市"})
    authority, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.AUTHORITY, name="广州市人力资源和社会保障局", region=region
    )
    official = people.account((Role.SUPERVISOR, authority.pk), now=clock.now(), name="欧阳慧敏")
    page = signed(site, browser, official, options, "/region/appeals/")
    shoot(page, "region-appeals", width)
    page.goto(f"{site.url}/region/appeals/{appeal.pk}/")
    shoot(page, "region-appeal", width)
