"""The hot path in this process, on a real database and an event loop of its own, for tests that are not asynchronous themselves."""

import asyncio
import json
import os
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.hot.app import HotPath
from jiangxue.learning.hot.committer import Limits
from jiangxue.project.env import HotEnvironment, read_hot
from jiangxue.project.hot_path import hot_path
from tests.urls import url_of

type Reply = tuple[int, dict[str, Any], dict[str, str]]


class Harness:
    """A running hot path; `ask` sends one request and waits for its answer."""

    def __init__(self, loop: asyncio.AbstractEventLoop, hot: HotPath) -> None:
        self._loop = loop
        self.hot = hot

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def ask(self, body: bytes, *, path: str = "/beat", method: str = "POST") -> Reply:
        return self.run(answered(self.hot, body, path=path, method=method))

    def ask_all(self, bodies: list[bytes]) -> list[Reply]:
        """Send requests at the same moment."""

        async def all_at_once() -> list[Reply]:
            return await asyncio.gather(*(answered(self.hot, body) for body in bodies))

        return self.run(all_at_once())

    def post(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        status, answer, _headers = self.ask(json.dumps(body).encode())
        return status, answer


async def answered(hot: HotPath, body: bytes, *, path: str = "/beat", method: str = "POST") -> Reply:
    """Send one request to the ASGI application, the body in two pieces, and return status, JSON and headers."""
    half = len(body) // 2
    events = [
        {"type": "http.request", "body": body[:half], "more_body": True},
        {"type": "http.request", "body": body[half:], "more_body": False},
    ]
    sent: list[Mapping[str, Any]] = []

    async def receive() -> Mapping[str, Any]:
        return events.pop(0)

    async def send(event: Mapping[str, Any]) -> None:
        sent.append(event)

    await hot({"type": "http", "path": path, "method": method}, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], json.loads(sent[1]["body"]), headers


def environment_of(database: str) -> HotEnvironment:
    """Return the hot path's environment with another database than this process's."""
    here = read_hot()
    return replace(here, database_url=url_of(os.environ["JIANGXUE_HOT_DATABASE_URL"], database))


@contextmanager
def running(database: str, clock: HandClock | None = None, limits: Limits | None = None) -> Iterator[Harness]:
    """Run a hot path on `database` in a thread of its own; with a clock it judges by that one's time."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    by = (lambda _: to_ms(clock.now())) if clock else (lambda database_ms: database_ms)
    harness = Harness(loop, hot_path(environment_of(database), by, limits))

    async def begin() -> None:
        harness.hot.start()
        while not harness.hot.is_ready:
            await asyncio.sleep(0.005)

    harness.run(begin())
    try:
        yield harness
    finally:
        harness.run(harness.hot.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
