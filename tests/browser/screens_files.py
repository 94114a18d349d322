"""Pictures of the page of a file with its quality report; a part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.player import until
from tests.browser.reporting import document_with_report, film_with_report, page_of_file
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site

OUT_OF_ORDER = "1\n00:00:05,000 --> 00:00:06,000\n先断电\n\n2\n00:00:01,000 --> 00:00:02,000\n再救人\n"


@DEVICES
def test_a_film_and_captions_that_are_refused(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    page = page_of_file(site, signed_in, film_with_report(site), **options)
    until(lambda: page.evaluate("document.querySelector('[data-part=video]').readyState") > 1, "the preview is loaded")
    shoot(page, "file-film", width)
    page.set_input_files(
        "#captions-file", files=[{"name": "a.srt", "mimeType": "text/plain", "buffer": OUT_OF_ORDER.encode()}]
    )
    page.click("#captions button")
    page.wait_for_selector("#captions-error")
    shoot(page, "file-captions-refused", width)


@DEVICES
def test_a_document(site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]) -> None:
    width, options = device
    page = page_of_file(site, signed_in, document_with_report(site), **options)
    page.click(".mark")
    page.wait_for_load_state("networkidle")
    shoot(page, "file-document", width)
