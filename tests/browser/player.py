"""What a learner sees and does at the player."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_S = 40


def until(condition: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait for something; playwright's own waiting needs eval, which the content policy forbids."""
    give_up = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < give_up, f"did not happen: {what}"
        time.sleep(0.1)


def part(page: Page, name: str) -> str:
    """Return the text of a part of the player."""
    return page.text_content(f"[data-part={name}]") or ""


def position(page: Page) -> float:
    """Return where the film is, in seconds."""
    return float(page.evaluate("document.querySelector('video').currentTime"))


def paused(page: Page) -> bool:
    return bool(page.evaluate("document.querySelector('video').paused"))


def start(page: Page, url: str) -> None:
    """Open a lesson and start playing with a click, as a browser demands."""
    page.goto(url)
    until(lambda: page.is_enabled("[data-part=cover]"), "the player is ready")
    page.click("[data-part=cover]")
    until(lambda: not paused(page) and position(page) > 0, "the film plays")


def play_for(page: Page, seconds: float) -> None:
    """Watch until the film has gone on for so many seconds."""
    wanted = position(page) + seconds
    until(lambda: position(page) >= wanted, f"{seconds} s of film", patience_s=seconds * 3 + 10)


def leave(page: Page) -> None:
    """Sign out by the button and wait for the page that explains it."""
    page.click("[data-part=leave]")
    page.wait_for_url("**/learn/sessions/**")


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that is there: a click alone does not."""
    with page.expect_navigation():
        page.click(selector)
