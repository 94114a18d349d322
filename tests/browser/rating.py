"""A class of one short lesson that is read to its end, and people who rate it and decide about comments, in a browser."""

from datetime import timedelta

from playwright.sync_api import Browser, Page

from jiangxue.accounts.models import Account
from jiangxue.kernel.clock import MachineClock
from jiangxue.screening.queries import list_in_force
from tests.browser.appealing import signed
from tests.browser.player import follow, until
from tests.browser.reading import SLIDE, ReadingClass, open_book, reading_class
from tests.browser.site import Site, right_place
from tests.factories.ratings import moderator
from tests.factories.words import word_list

HELD = "学得不错！还想考证的加★微★信，包★过。"


def read_to_the_end(site: Site, page: Page, reading: ReadingClass) -> None:
    """Read the only page of a lesson, and answer the check that comes at its end."""
    open_book(page, reading.url)
    until(lambda: _is_over(page, reading.login_name), "the lesson is finished", patience_s=60)


def _is_over(page: Page, login_name: str) -> bool:
    if page.locator(".check-dialog .check-option").count() and page.is_visible(".check-dialog"):
        page.wait_for_timeout(1_000)
        page.locator(".check-option").nth(right_place(login_name)).click()
        until(lambda: not page.is_visible(".check-dialog"), "the check is passed")
    return "/learn/sessions/" in page.url


def short_class(site: Site) -> ReadingClass:
    return reading_class(site, (SLIDE,))


def class_url(reading: ReadingClass) -> str:
    return reading.url.partition("lessons/")[0]


def give(page: Page, stars: int, comment: str) -> None:
    """Fill in the form that is open, and hand it in."""
    page.check(f"[name=stars][value='{stars}']")
    page.fill("[name=comment]", comment)
    follow(page, "main .form button[type=submit]")


def listed_words() -> None:
    """Let there be a list of sensitive words."""
    if list_in_force() is None:
        word_list(MachineClock().now() - timedelta(days=1))


def moderating(site: Site, browser: Browser, options: dict[str, object]) -> Page:
    """Sign in a reviewer of the platform, on the page of comments that wait."""
    account: Account = moderator(MachineClock().now() - timedelta(days=1))
    return signed(site, browser, account, options, "/review/ratings/")
