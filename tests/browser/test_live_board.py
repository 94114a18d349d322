"""The live board of a class refreshes itself while a teacher looks (clauses T7, C3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import MachineClock
from jiangxue.kernel.viewer import Role
from tests.browser.player import start, until
from tests.browser.signing_in import sign_in
from tests.browser.site import Site
from tests.factories import people

LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.mark.clause("T7")
def test_whoever_begins_appears_without_the_page_being_loaded_again(
    site: Site, browser: Browser, signed_in: Callable[..., Page], login_name: str
) -> None:
    watched = TrainingClass.objects.get(pk=site.class_id)
    yesterday = MachineClock().now() - timedelta(days=1)
    staff = people.account((Role.INSTITUTION_ADMINISTRATOR, watched.institution_id), now=yesterday)
    context = browser.new_context(locale="zh-CN")
    board = context.new_page()
    sign_in(board, site, staff.login_name, wanted=f"/institution/classes/{watched.pk}/live/")
    board.wait_for_url("**/live/")
    board.evaluate("window.loadedOnce = true")
    before = board.locator(".table-live tbody tr").count()
    learner = signed_in(login_name)
    start(learner, site.lesson_url())
    board.evaluate(LOOK_AGAIN)
    until(lambda: board.locator(".table-live tbody tr").count() > before, "the learner stands on the board")
    assert board.evaluate("window.loadedOnce")
    context.close()
