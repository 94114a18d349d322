"""Files with a quality report, for browser tests: the site's film and a document, and the page of each."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.courseware.models import Course, Lesson, Media, Upload
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import Check, Finding, Mark, QualityReport, Verdict
from jiangxue.kernel.clock import MachineClock
from tests.browser.reading import reading_class
from tests.browser.site import Site
from tests.factories import uploads
from tests.factories.questions import editor


def film_with_report(site: Site) -> Media:
    """Let the film of the site's lesson be measured: it lies in a folder that only one row may name."""
    media = Lesson.objects.get(pk=site.lesson_ids[0]).media
    silence = Finding(Check.SILENCE, "3.0 s", "≤ 2 s", Verdict.WARN, (Mark(5_000, 8_000),))
    levels = tuple(-20.0 for _ in range(media.length_ms // 1000))
    media.report = QualityReport(LessonKind.VIDEO, media.length_ms, (silence,), levels).to_values()
    media.save(update_fields=["report"])
    return media


def document_with_report(site: Site) -> Media:
    """Measure a document of three pages, the second of which has no text."""
    reading_class(site)
    media = Media.objects.filter(kind="document").latest("pk")
    text = Finding(Check.TEXT, "2 / 3", "3 / 3", Verdict.WARN, (Mark(2, 2),))
    media.report = QualityReport(LessonKind.DOCUMENT, 3, (text,)).to_values()
    media.save(update_fields=["report"])
    return media


def page_of_file(site: Site, signed_in: Callable[..., Page], media: Media, **options: object) -> Page:
    """Open the page of the file that the courseware was made of, as its editor sees it."""
    now = MachineClock().now()
    course = Course.objects.get(modules__lessons__media=media)
    keeper = editor(course.institution, now)
    upload = Upload.objects.filter(media=media).first()
    if upload is None:
        fields = {"state": "ready", "kind": "video" if media.length_ms else "pdf", "media": media, "told_at": now}
        upload = uploads.kept(course, keeper, now - timedelta(minutes=1), finished_at=now, **fields)
    name = Account.objects.get(pk=keeper.pk).login_name
    page = signed_in(name, begins_at="/institution/**", **options)
    page.goto(f"{site.url}/institution/files/{upload.pk}/")
    return page
