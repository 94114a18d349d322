"""WebKitGTK, the engine of Safari as Debian has it, by its driver; it needs a screen, which Xvfb pretends to be."""

import platform
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from urllib3.exceptions import ReadTimeoutError

from tests.browser.programs import installed, new_home, running

ANSWERS_WITHIN_S = 60
_STARTS = 3
INTO_VIEW = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
"""Pages scroll smoothly, and the driver would press where the thing still was."""
_SCREEN = "1280x1024x24"
_MINI_BROWSER = f"/usr/lib/{platform.machine()}-linux-gnu/webkit2gtk-4.1/MiniBrowser"


class WebKitPage:
    """One window of WebKit's small browser."""

    def __init__(self, driver: webdriver.Remote) -> None:
        self._driver = driver

    @property
    def address(self) -> str:
        """Where the page is."""
        return self._driver.current_url

    def go(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._driver.get(url)

    def click(self, selector: str) -> None:
        """Press something with the mouse."""
        element = self._driver.find_element(By.CSS_SELECTOR, selector)
        self._driver.execute_script(INTO_VIEW, element)
        element.click()

    def fill(self, selector: str, text: str) -> None:
        """Press a field and type into it."""
        self._driver.find_element(By.CSS_SELECTOR, selector).send_keys(text)

    def value(self, expression: str) -> Any:
        """Return what a script expression is."""
        return self._driver.execute_script(f"return {expression}")

    def screenshot(self, path: Path) -> None:
        """Keep a picture of what is seen."""
        path.write_bytes(self._driver.get_screenshot_as_png())


class WebKit:
    """WebKit, each of whose windows has a screen of its own."""

    @contextmanager
    def page(self) -> Iterator[WebKitPage]:
        """Start a browser that keeps nothing for a while; a start that hangs, as was seen, is tried anew on another screen."""
        with ExitStack() as kept:
            yield WebKitPage(_started(kept))


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Offer WebKit as the other browsers are offered, which run between their windows."""
    yield WebKit()


def _started(kept: ExitStack) -> webdriver.Remote:
    for _ in range(_STARTS - 1):
        with suppress(ReadTimeoutError):
            return kept.enter_context(_browser())
    return kept.enter_context(_browser())


@contextmanager
def _browser() -> Iterator[webdriver.Remote]:
    """Start a driver and its browser, and end both afterwards: a driver whose browser hangs starts no other."""
    port = _free_port()
    command = [installed("WebKitWebDriver"), "--host=127.0.0.1", f"--port={port}"]
    environment = {
        "GDK_BACKEND": "x11",
        # Its sandbox does not start for root, as whom tests often run; the pages are our own.
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    }
    options = Options()
    options.binary_location = _MINI_BROWSER
    options.add_argument("--automation")
    options.add_argument("--enable-mock-capture-devices=true")  # a camera that it makes up
    options.set_capability("browserName", "MiniBrowser")
    patient = ClientConfig(f"http://127.0.0.1:{port}", timeout=ANSWERS_WITHIN_S)
    with _screen() as display, new_home() as home, running(command, home, DISPLAY=display, **environment) as program:
        program.wait_until(lambda: _listens(port))
        driver = webdriver.Remote(RemoteConnection(client_config=patient), options=options)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """Yield the name of a screen that nobody else has: Xvfb itself finds a free number."""
    with new_home() as home:
        command = [installed("Xvfb"), "-displayfd", "1", "-screen", "0", _SCREEN, "-nolisten", "tcp"]
        with running(command, home) as program:
            program.wait_until(lambda: program.log.endswith("\n"))
            yield f":{program.log.split()[-1]}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0
