"""A course fit for review on the running site, and the browser of its editor."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import MachineClock
from tests.browser.site import Site
from tests.factories.courses import Desk, desk

TITLES = ("触电的危害与急救", "停电、验电、装设接地线的完整步骤与常见错误（含现场演示，2026 年修订）", "绝缘用具的检查")


def desk_on_site(lessons: int = 3) -> Desk:
    """Make a course whose lessons have telling titles."""
    made = desk(MachineClock().now() - timedelta(days=1), lessons=lessons)
    for lesson, title in zip(made.lessons, TITLES, strict=False):
        lesson.title = lesson.draft_title = title
        lesson.save()
    return made


def editor_page(site: Site, signed_in: Callable[..., Page], at: Desk, rest: str = "", **options: object) -> Page:
    """Open a page of a course as its editor."""
    name = Account.objects.get(pk=at.editor.pk).login_name
    page = signed_in(name, begins_at="/institution/**", **options)
    page.goto(f"{site.url}/institution/courses/{at.course.pk}/{rest}")
    return page
