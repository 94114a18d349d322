"""Chromium with tabs that really come and go: playwright keeps every page visible, so this speaks to the browser itself."""

import json
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

STARTS_WITHIN_S = 20


class Tab:
    """One tab, by the DevTools protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = count(1)

    def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(30))
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def value(self, expression: str) -> Any:
        """Return what a script expression is."""
        found = self.command("Runtime.evaluate", expression=expression, userGesture=True, returnByValue=True)
        return found["result"].get("value")

    def visit(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self.command("Page.navigate", url=url)
        give_up = time.monotonic() + 15
        while self.value("document.readyState + location.href") != f"complete{url}":
            assert time.monotonic() < give_up, f"{url} did not load"
            time.sleep(0.1)

    def set_cookie(self, name: str, value: str, url: str) -> None:
        """Keep a cookie."""
        self.command("Network.setCookie", name=name, value=value, url=url)


class Tabs:
    """A running browser with one tab."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/json"
        first = next(target for target in self._ask("/list") if target["type"] == "page")
        self._first_id = first["id"]
        self._socket = connect(first["webSocketDebuggerUrl"], max_size=None)
        self.tab: Tab

    def __enter__(self) -> Self:
        self.tab = Tab(self._socket.__enter__())
        return self

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._socket.close()

    def cover(self) -> None:
        """Open another tab in front of the first."""
        opened = self._ask("/new?about:blank", "PUT")
        self._touch(opened["id"])

    def return_to_first(self) -> None:
        """Bring the first tab to the front again."""
        self._touch(self._first_id)

    def _touch(self, target: str) -> None:
        with urllib.request.urlopen(f"{self._base}/activate/{target}", timeout=10) as answer:
            answer.read()

    def _ask(self, path: str, method: str = "GET") -> Any:
        with urllib.request.urlopen(urllib.request.Request(self._base + path, method=method), timeout=10) as answer:
            return json.load(answer)


@contextmanager
def browser_with_tabs(program: str) -> Iterator[Tabs]:
    """Start Chromium with a profile of its own and end it afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        command = [program, *flags, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            with Tabs(_port(Path(profile) / "DevToolsActivePort")) as tabs:
                yield tabs
        finally:
            process.kill()
            process.wait(10)


def _port(file: Path) -> int:
    give_up = time.monotonic() + STARTS_WITHIN_S
    while not (file.exists() and file.read_text().strip()):
        assert time.monotonic() < give_up, "Chromium did not start"
        time.sleep(0.1)
    return int(file.read_text().split()[0])
