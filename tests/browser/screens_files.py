"""Pictures of the page of a file with its quality report; a part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from jiangxue.courseware.models import Lesson
from jiangxue.courseware.services import create_course
from jiangxue.kernel.clock import MachineClock
from tests.browser.player import until
from tests.browser.reporting import document_with_report, film_with_report, page_of_file
from tests.browser.screens import DEVICES, shoot
from tests.browser.site import Site
from tests.factories import uploads
from tests.factories.questions import editor

LONG_NAME = "低压电工安全操作基础（含触电急救、验电接地与工作票管理）第三次修订稿_2026年11月终稿.pptx"
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


@DEVICES
def test_files_that_came_to_nothing(
    site: Site, signed_in: Callable[..., Page], device: tuple[str, dict[str, object]]
) -> None:
    width, options = device
    now = MachineClock().now()
    institution = Lesson.objects.get(pk=site.lesson_ids[0]).module.course.institution
    course = create_course(institution_id=institution.pk, title="低压电工安全操作基础", summary="", modules=[])
    keeper = editor(institution, now)
    page = signed_in(keeper.login_name, begins_at="/institution/**", **options)
    page.goto(f"{site.url}/institution/courses/{course.pk}/files/")
    shoot(page, "files-none", width)
    uploads.kept(course, keeper, now, name=LONG_NAME, received=15)
    uploads.kept(course, keeper, now, name=LONG_NAME, received=30, state="working", worked_at=now, done_permille=426)
    refused = {"state": "refused", "fault": "wrong_name", "detail": "pdf"}
    told = {"received": 30, "finished_at": now, "told_at": now}
    for name, fields in (("failed", {"state": "failed"}), ("refused", refused)):
        upload = uploads.kept(course, keeper, now, name=LONG_NAME, **told, **fields)
        page.goto(f"{site.url}/institution/files/{upload.pk}/")
        shoot(page, f"file-{name}", width)
    page.goto(f"{site.url}/institution/courses/{course.pk}/files/")
    shoot(page, "files-of-every-state", width)
