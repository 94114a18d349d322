"""The page of a file in a real browser: marks of its quality report lead to their place in the preview (clauses T1.4, T2.3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.player import until
from tests.browser.reporting import document_with_report, film_with_report, page_of_file
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound

TIME = "document.querySelector('[data-part=video]').currentTime"
WIDTH = "document.querySelector('[data-part=video]').videoWidth"


@pytest.mark.clause("T1.4")
@pytest.mark.parametrize("options", [{}, PHONE], ids=["computer", "phone"])
def test_a_mark_of_a_film_leads_to_its_time_and_the_locked_picture_plays(
    site: Site, signed_in: Callable[..., Page], options: dict[str, object]
) -> None:
    page = page_of_file(site, signed_in, film_with_report(site), **options)
    page.click(".mark")
    until(lambda: page.evaluate(WIDTH) > 0 and page.evaluate(TIME) > 5.2, "the film plays from the mark on")
    assert page.evaluate(TIME) < 15
    assert page.get_attribute("[data-part=cursor]", "visibility") == "visible"
    page.evaluate("document.querySelector('[data-part=video]').pause()")
    page.click(".timeline-span")
    until(lambda: 5 <= page.evaluate(TIME) < 8, "the timeline leads there too")


@pytest.mark.clause("T1.4")
def test_a_mark_of_a_document_leads_to_its_page(site: Site, signed_in: Callable[..., Page]) -> None:
    page = page_of_file(site, signed_in, document_with_report(site))
    assert page.is_disabled("[data-part=previous]")
    page.click(".mark")
    until(lambda: "第 2 页，共 3 页" in page.inner_text("[data-part=where]"), "the page lies open")
    shown = "(image => image.complete && image.naturalWidth > 0 && image.src.endsWith('0002.webp'))"
    until(lambda: page.evaluate(f"{shown}(document.querySelector('[data-part=page]'))"), "its picture is there")
    page.click("[data-part=next]")
    assert page.is_disabled("[data-part=next]")
    page.click(".page-box >> nth=0")
    until(lambda: "第 1 页" in page.inner_text("[data-part=where]"), "the strip leads to a page")


@pytest.mark.clause("T1.4")
@LOOKS
def test_the_page_of_a_file_is_sound(site: Site, signed_in: Callable[..., Page], device: dict[str, object]) -> None:
    for media in (film_with_report(site), document_with_report(site)):
        page = page_of_file(site, signed_in, media, **device)
        until(lambda page=page: page.is_visible(".mark"), "the report is there")
        assert_sound(page)
