"""The pages of the list of sensitive words at phone and desktop width: no sideways scroll, no findings of axe (clause T1.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page

from jiangxue.kernel.clock import MachineClock
from jiangxue.screening.queries import list_in_force
from tests.browser.player import follow
from tests.browser.site import Site
from tests.browser.test_looks import LOOKS, assert_sound
from tests.factories import words


@pytest.mark.clause("T1.4")
@LOOKS
def test_the_pages_of_sensitive_words_are_sound(
    site: Site, signed_in: Callable[..., Page], device: dict[str, object]
) -> None:
    now = MachineClock().now() - timedelta(minutes=1)
    keeper = words.keeper(now)
    if list_in_force() is None:
        words.word_list(now, author=keeper)
    page = signed_in(keeper.login_name, begins_at="/operator/**", **device)
    for address in ("", "?q=没有", "import/", "try/"):
        page.goto(f"{site.url}/operator/words/{address}")
        assert_sound(page)
    page.fill("[name=text]", "请加★微★信")
    follow(page, "main form button")
    assert page.inner_text("mark") == "加★微★信"
    assert_sound(page)
    page.goto(f"{site.url}/operator/words/import/")
    page.set_input_files("#words-file", files=[{"name": "a.csv", "mimeType": "text/csv", "buffer": b"a,b\n"}])
    follow(page, "main form button")
    assert_sound(page)
    fewer = words.word_file({"挂证": "违法"})
    page.set_input_files("#words-file", files=[{"name": "a.csv", "mimeType": "text/csv", "buffer": fewer}])
    follow(page, "main form button")
    assert "将删去的词语" in page.inner_text("main")
    assert_sound(page)
