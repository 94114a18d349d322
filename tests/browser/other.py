"""What a learner does in a browser other than Chromium: the same few verbs for each of them."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from tests.browser.player import until
from tests.browser.site import Site
from tests.factories import people


class OtherPage(Protocol):
    """One page, in a profile that nobody has used before."""

    @property
    def address(self) -> str:
        """Where the page is."""

    def go(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""

    def click(self, selector: str) -> None:
        """Press something with the mouse."""

    def fill(self, selector: str, text: str) -> None:
        """Press a field and type into it."""

    def value(self, expression: str) -> Any:
        """Return what a script expression is."""

    def screenshot(self, path: Path) -> None:
        """Keep a picture of what is seen."""


class OtherBrowser(Protocol):
    """A running browser."""

    def page(self) -> AbstractContextManager[OtherPage]:
        """Open a page with a profile of its own for a while."""


def sign_in(page: OtherPage, site: Site, login_name: str) -> None:
    """Sign in through the form."""
    page.go(f"{site.url}/sign-in/")
    page.fill("[name=identifier]", login_name)
    page.fill("[name=password]", people.PASSWORD)
    page.click("main button[type=submit]")
    until(lambda: page.address.startswith(f"{site.url}/learn/"), "signed in")


def start(page: OtherPage, url: str) -> None:
    """Open a lesson and press 开始学习, as a browser demands before anything sounds."""
    page.go(url)
    until(lambda: page.value("!document.querySelector('[data-part=cover]').disabled"), "the player is ready")
    page.click("[data-part=cover]")
    until(lambda: not paused(page) and position(page) > 0, "the film plays")


def play_for(page: OtherPage, seconds: float) -> None:
    """Watch until the film has gone on for so many seconds."""
    wanted = position(page) + seconds
    until(lambda: position(page) >= wanted, f"{seconds} s of film", patience_s=seconds * 3 + 10)


def leave(page: OtherPage) -> None:
    """Sign out by the button and wait for the page that explains it."""
    page.click("[data-part=leave]")
    until(lambda: "/learn/sessions/" in page.address, "signed out")


def position(page: OtherPage) -> float:
    """Return where the film is, in seconds."""
    return float(page.value("document.querySelector('video').currentTime"))


def paused(page: OtherPage) -> bool:
    return bool(page.value("document.querySelector('video').paused"))


def text(page: OtherPage, selector: str) -> str:
    """Return the text of an element."""
    return str(page.value(f"document.querySelector({json.dumps(selector)}).textContent")).strip()


def part(page: OtherPage, name: str) -> str:
    """Return the text of a part of the player."""
    return text(page, f"[data-part={name}]")


def is_shown(page: OtherPage, name: str) -> bool:
    """Tell whether a part of the player takes room on the page."""
    return bool(page.value(f"document.querySelector('[data-part={name}]').getClientRects().length"))
