"""Pictures of the pages on which a roster is sent and looked at; a part of `make screens`."""

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.kernel.clock import HandClock
from tests.browser.appealing import long_named_room, signed, yesterday
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories.classes import Classroom
from tests.factories.rosters import messy_workbook, plain_csv


@pytest.fixture
def clock() -> HandClock:
    return yesterday()


@pytest.fixture
def room(site: Site, clock: HandClock) -> Classroom:
    return long_named_room(clock)


@DEVICES
def test_a_roster_from_a_file(
    site: Site, browser: Browser, room: Classroom, device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    address = f"/institution/classes/{room.training_class.pk}/roster-file/"
    head = signed(site, browser, room.head_teacher, options, address)
    shoot(head, "roster-send", width)
    _send(head, "名册.pdf", b"%PDF-1.7")
    shoot(head, "roster-refused", width)
    _send(head, "2026 年技能培训学员名册（最终版）.xlsx", messy_workbook())
    shoot(head, "roster-preview", width)
    head.goto(f"{site.url}{address}preview/?show=all")
    shoot(head, "roster-preview-all", width)
    head.goto(f"{site.url}{address}")
    _send(head, "名单.csv", plain_csv([("甲", "乙"), ("王建国", "1")]))
    shoot(head, "roster-columns", width)


def _send(page: Page, name: str, content: bytes) -> None:
    page.set_input_files("[name=roster]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("main form.form button[type=submit]")
    page.wait_for_load_state()
