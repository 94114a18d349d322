"""Firefox, by WebDriver BiDi: it speaks that itself, and Debian has no geckodriver."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.programs import installed, new_home, running

ANSWERS_WITHIN_S = 60
INTO_VIEW = "{block: 'center', behavior: 'instant'}"
"""Pages scroll smoothly, and the press would come where the thing still was."""
_PREFERENCES: dict[str, bool | int | str] = {
    "remote.active-protocols": 1,
    "intl.accept_languages": "zh-CN, zh",
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    # A camera that it makes up, and allows without asking.
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    # Nothing leaves the machine.
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


class Bidi:
    """A conversation with the browser, one command at a time."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = count(1)

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(ANSWERS_WITHIN_S))
            if message.get("id") == number:
                assert message["type"] == "success", f"{method}: {message}"
                return message["result"]


class FirefoxPage:
    """One tab."""

    def __init__(self, bidi: Bidi, context: str) -> None:
        self._bidi = bidi
        self._context = context

    @property
    def address(self) -> str:
        """Where the page is."""
        return self._bidi.command("browsingContext.getTree", root=self._context)["contexts"][0]["url"]

    def go(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._bidi.command("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def click(self, selector: str) -> None:
        """Press something with the mouse."""
        self.value(f"document.querySelector({json.dumps(selector)}).scrollIntoView({INTO_VIEW})")
        locator = {"type": "css", "value": selector}
        found = self._bidi.command("browsingContext.locateNodes", context=self._context, locator=locator)["nodes"]
        origin = {"type": "element", "element": {"sharedId": found[0]["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def fill(self, selector: str, text: str) -> None:
        """Press a field and type into it."""
        self.click(selector)
        self._act("key", [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")])

    def value(self, expression: str) -> Any:
        """Return what a script expression is."""
        told = self._bidi.command(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target={"context": self._context},
            awaitPromise=False,
        )
        assert told["type"] == "success", f"{expression}: {told['exceptionDetails']['text']}"
        return json.loads(told["result"].get("value", "null"))

    def screenshot(self, path: Path) -> None:
        """Keep a picture of what is seen."""
        path.write_bytes(
            base64.b64decode(self._bidi.command("browsingContext.captureScreenshot", context=self._context)["data"])
        )

    def resize(self, width: int, height: int) -> None:
        """Let the page be seen in a window of this size."""
        viewport = {"width": width, "height": height}
        self._bidi.command("browsingContext.setViewport", context=self._context, viewport=viewport)

    def _act(self, device: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": device, "id": device, "actions": actions}
        self._bidi.command("input.performActions", context=self._context, actions=[source])


class Firefox:
    """A running Firefox."""

    def __init__(self, bidi: Bidi) -> None:
        self._bidi = bidi

    @contextmanager
    def page(self) -> Iterator[FirefoxPage]:
        """Open a tab that shares no cookies with another for a while."""
        user = self._bidi.command("browser.createUserContext")["userContext"]
        opened = self._bidi.command("browsingContext.create", type="tab", userContext=user)
        yield FirefoxPage(self._bidi, opened["context"])
        self._bidi.command("browser.removeUserContext", userContext=user)


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start Firefox without a window and with a profile of its own, and end it afterwards."""
    with new_home() as home:
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(wanted)});\n" for name, wanted in _PREFERENCES.items()]
        (home / "user.js").write_text("".join(lines))
        command = [installed("firefox-esr", "firefox"), "--headless", "--no-remote", "--remote-debugging-port=0"]
        with running([*command, "--profile", str(home)], home) as program:
            file = home / "WebDriverBiDiServer.json"
            program.wait_until(lambda: file.exists() and file.read_text().endswith("}"))
            address = f"ws://127.0.0.1:{json.loads(file.read_text())['ws_port']}/session"
            # Firefox refuses whoever names an origin, as a page would; this client names none. Nor does it ping: it lives as long as
            # the run, and its thread would draw from `random` under whatever property Hypothesis is trying.
            with connect(address, max_size=None, proxy=None, close_timeout=1, ping_interval=None) as socket:
                bidi = Bidi(socket)
                bidi.command("session.new", capabilities={})
                yield Firefox(bidi)
