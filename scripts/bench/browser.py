"""Plays signed-in learners who look at pages or open lessons, in a process of its own: `python -m scripts.bench.browser`.

Rate 0 is a closed loop: each connection asks for the next page as soon as it has one. Otherwise each visitor asks once, at the given rate.
"""

import asyncio
import gc
import hashlib
import sys
from array import array
from collections import Counter
from functools import partial

import msgspec
import uvloop

from scripts.bench.delays import percentiles, spent_s
from scripts.bench.learners import CLASS_SIZE, FIRST_ID
from scripts.bench.wire import Connection, Pool

_CSRF = "b" * 32
_LESSON = FIRST_ID
_PATIENCE_S = 60.0


class Visits(msgspec.Struct, frozen=True):
    """What to ask for: pages, or openings when a rate is given; `first` is the number of the first visitor."""

    ports: list[int]
    connections: int
    first: int
    visitors: int
    rate: float
    seconds: float


class Visited(msgspec.Struct, frozen=True):
    """What came of it."""

    answers: int
    statuses: dict[str, int]
    unanswered: int
    cpu_s: float
    delays_ms: dict[str, float]


def session_key_of(number: int) -> str:
    """Return the key of a learner's browser session."""
    return hashlib.sha256(f"visitor:{number}".encode()).hexdigest()[:32]


def _head(number: int, method: str, path: str) -> str:
    cookies = f"sessionid={session_key_of(number)}; csrftoken={_CSRF}"
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {agent}\r\nCookie: {cookies}\r\n"


def page_request(number: int, turn: int) -> bytes:
    """Return a request for one of the pages that learners look at, in turn."""
    training_class = f"/learn/classes/{FIRST_ID + number // CLASS_SIZE}/"
    paths = ("/learn/", training_class, f"{training_class}lessons/{_LESSON}/", "/learn/records/")
    return (_head(number, "GET", paths[turn % len(paths)]) + "\r\n").encode()


def opening_request(number: int) -> bytes:
    """Return the request by which a learner's player opens a session."""
    path = f"/learn/classes/{FIRST_ID + number // CLASS_SIZE}/lessons/{_LESSON}/open/"
    body = f'{{"window":"{number:032x}","take_over":false}}'
    more = f"X-CSRFToken: {_CSRF}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    return (_head(number, "POST", path) + more).encode()


class Browser:
    """Asks and writes down how long it took."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits
        self._pool = Pool(visits.ports, visits.connections)
        self._statuses: Counter[int] = Counter()
        self._delays_s = array("d")
        self._asked = 0
        self._stopping = False

    async def play(self) -> Visited:
        """Ask until the time is over, and wait for the last answers."""
        await self._pool.open()
        loop, visits = asyncio.get_running_loop(), self._visits
        started_s, spent_before_s = loop.time(), spent_s()
        if visits.rate:
            await self._ask_once_each(started_s)
        else:
            for _ in range(visits.connections):
                self._ask_for_next_page()
            await asyncio.sleep(visits.seconds)
        self._stopping = True
        until_s = loop.time() + _PATIENCE_S
        while self._statuses.total() < self._asked and loop.time() < until_s:
            await asyncio.sleep(0.05)
        self._pool.close()
        return Visited(
            answers=self._statuses.total(),
            statuses={str(status): count for status, count in sorted(self._statuses.items())},
            unanswered=self._asked - self._statuses.total(),
            cpu_s=spent_s() - spent_before_s,
            delays_ms=percentiles(self._delays_s),
        )

    async def _ask_once_each(self, started_s: float) -> None:
        loop, visits = asyncio.get_running_loop(), self._visits
        for turn in range(visits.visitors):
            due_s = started_s + turn / visits.rate
            await asyncio.sleep(max(0, due_s - loop.time()))
            self._ask(opening_request(visits.first + turn), due_s)

    def _ask_for_next_page(self) -> None:
        visits, turn = self._visits, self._asked
        number = visits.first + turn % visits.visitors
        self._ask(page_request(number, turn + turn // visits.visitors), asyncio.get_running_loop().time())

    def _ask(self, request: bytes, due_s: float) -> None:
        self._asked += 1
        self._pool.use(partial(self._send, request, due_s))

    def _send(self, request: bytes, due_s: float, connection: Connection) -> None:
        connection.ask(request, partial(self._heard, due_s))

    def _heard(self, due_s: float, status: int, body: bytes) -> None:
        self._statuses[status] += 1
        self._delays_s.append(asyncio.get_running_loop().time() - due_s)
        if not self._visits.rate and not self._stopping:
            self._ask_for_next_page()


def main() -> None:
    """Read the order, play, and print the result."""
    browser = Browser(msgspec.json.decode(sys.stdin.buffer.read(), type=Visits))
    gc.freeze()
    print(msgspec.json.encode(uvloop.run(browser.play())).decode(), flush=True)


if __name__ == "__main__":
    main()
