"""Every kind of lesson, made of a real file, opens and counts in the browser, on a computer and on a phone (clauses T1.1, T1.2)."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.player import leave, part, paused, play_for, start, until
from tests.browser.reading import open_book
from tests.browser.site import Site, credited_ms, refused_ms
from tests.browser.test_looks import DESKTOP, assert_sound
from tests.factories.lessons import KINDS

PLAYED_S = 5
FILMS = [at for at, kind in enumerate(KINDS) if kind in ("video", "audio")]
DOCUMENTS = [at for at, kind in enumerate(KINDS) if kind not in ("video", "audio")]
_both_widths = pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])


def kind_of(lesson: int) -> str:
    return KINDS[lesson]


@pytest.mark.clause("T1.1", "T1.2")
@_both_widths
@pytest.mark.parametrize("lesson", FILMS, ids=kind_of)
def test_a_locked_film_or_sound_plays_and_counts(
    site: Site, login_name: str, signed_in: Callable[..., Page], lesson: int, screen: dict[str, object]
) -> None:
    page = signed_in(login_name, **screen)
    start(page, site.lesson_url(lesson))
    play_for(page, PLAYED_S)
    assert "正在计时" in part(page, "status-text")
    assert_sound(page)
    leave(page)
    assert PLAYED_S * 1_000 - 500 <= credited_ms(login_name) <= PLAYED_S * 1_000 + 8_000
    assert not {"jumped", "too_fast"} & set(refused_ms(login_name))


@pytest.mark.clause("T1.1", "T1.2")
@_both_widths
@pytest.mark.parametrize("lesson", DOCUMENTS, ids=kind_of)
def test_a_document_shows_its_pages_and_counts(
    site: Site, login_name: str, signed_in: Callable[..., Page], lesson: int, screen: dict[str, object]
) -> None:
    page = signed_in(login_name, **screen)
    open_book(page, site.lesson_url(lesson))
    until(lambda: bool(page.evaluate(_SHOWN)), "the page's picture is there")
    assert "第 1 页" in part(page, "spoken")
    time.sleep(PLAYED_S)
    assert_sound(page)
    leave(page)
    assert PLAYED_S * 1_000 - 1_500 <= credited_ms(login_name) <= PLAYED_S * 1_000 + 8_000


_SHOWN = (
    "[...document.querySelectorAll('[data-part=sheet] img, img[data-part=sheet]')].some((it) => it.naturalWidth > 1000)"
)


@pytest.mark.clause("T1.1")
def test_captions_are_shown_over_a_film_and_run_beside_a_sound(
    site: Site, login_name: str, signed_in: Callable[..., Page]
) -> None:
    page = signed_in(login_name)
    start(page, site.lesson_url(KINDS.index("video")))
    until(lambda: bool(page.evaluate("document.querySelector('video').textTracks[0].activeCues?.length")), "a caption")
    page.click("[data-part=toggle]")
    until(lambda: paused(page), "the film stands")
    leave(page)
    start(page, site.lesson_url(KINDS.index("audio")))
    until(lambda: len(part(page, "running").strip()) > 3, "the words run beside the sound")
    leave(page)


@pytest.mark.clause("T2.3")
def test_the_page_of_a_learner_is_given_no_key_and_no_page_that_was_not_earned(
    site: Site, login_name: str, signed_in: Callable[..., Page]
) -> None:
    page = signed_in(login_name)
    page.goto(site.lesson_url(KINDS.index("pptx")))
    pages = page.get_attribute("[data-pages-url]", "data-pages-url") or ""
    count = "async (url) => (await Promise.all([...Array(12).keys()].map(async (n) => (await fetch(`${url}${String(n + 1).padStart(4, '0')}.webp`)).status)))"
    statuses = page.evaluate(count, pages)
    assert statuses[0] == 200
    assert set(statuses) == {200, 403, 404}
    assert statuses == sorted(statuses)
