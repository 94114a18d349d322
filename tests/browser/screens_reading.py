"""Pictures of a document that is read: before the start, open, full, enlarged, on the full screen; a part of `make screens`."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.player import part, until
from tests.browser.reading import SHEET, SLIDE, open_book, reading_class, turn
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site


@DEVICES
@pytest.mark.parametrize("size", [SLIDE, SHEET], ids=["slides", "sheets"])
def test_a_document(
    site: Site,
    signed_in: Callable[..., Page],
    device: tuple[str, dict[str, object]],
    size: tuple[int, int],
) -> None:
    width, options = device
    name = "slides" if size == SLIDE else "sheets"
    reading = reading_class(site, (size,) * 12)
    page = signed_in(reading.login_name, **options)
    page.goto(reading.url)
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    shoot(page, f"{name}-ready", width)
    open_book(page, reading.url)
    shoot(page, f"{name}-open", width)
    turn(page)
    until(lambda: "本页已学满" in part(page, "status-text"), "the time of the page is full")
    shoot(page, f"{name}-full", width)
    page.click("[data-part=words]")
    page.click("[data-part=larger]")
    shoot(page, f"{name}-large", width)
    page.click("[data-part=fit]")
    page.click("[data-part=full-page]")
    shoot(page, f"{name}-full-screen", width)
