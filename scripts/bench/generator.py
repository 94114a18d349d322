"""Plays all learners, in a process of its own: `python -m scripts.bench.generator`, its order on standard input, its news on standard output.

Open loop: beats are due at a given rate, learner after learner, and a delay counts from when the beat was due, also when it could
not be sent. Rate 0 is a closed loop: each connection sends the next learner's beat as soon as it has an answer.
"""

import asyncio
import gc
import sys
import time
from array import array
from collections import Counter
from functools import partial
from pathlib import Path

import msgspec
import uvloop

from scripts.bench.delays import percentiles, spent_s
from scripts.bench.page import LEAVE, Page
from scripts.bench.wire import Connection, Pool, beat_request

_TICK_S = 0.001
_PATIENCE_S = 20.0
_CALM_S = 2.5  # a beat within 2 s after the opening would be refused
_TRIES = 3  # of one body; then a fresh beat takes its place


class Order(msgspec.Struct, frozen=True):
    """What to play; `acknowledged` names the file that gets every acknowledged beat, as rows for COPY.

    With `leave` every page signs out at the end.
    """

    run: str
    master_key: str
    ports: list[int]
    learners: int
    opened_ms: int
    rate: float
    connections: int
    warm_s: float
    seconds: float
    retry_s: float
    acknowledged: str
    leave: bool = False


class Result(msgspec.Struct, frozen=True):
    """What came of it. `late` beats were due while their learner's last one was still unanswered."""

    committed: int
    acknowledged: int
    statuses: dict[str, int]
    late: int
    unanswered: int
    cpu_s: float
    delays_ms: dict[str, float]


class Generator:
    """Lets pages beat and writes down what they are told."""

    def __init__(self, order: Order) -> None:
        self._order = order
        key = bytes.fromhex(order.master_key)
        self._pages = [Page(order.run, number, key, order.opened_ms) for number in range(order.learners)]
        self._pool = Pool(order.ports, order.connections)
        self._statuses: Counter[int] = Counter()
        self._acknowledged = array("q")
        self._delays_s = array("d")
        self._committed = 0
        self._late = 0
        self._next = 0
        self._begins_s = self._ends_s = 0.0
        self._stopping = False

    async def play(self) -> Result:
        """Warm up, measure, wait for the last answers."""
        loop = asyncio.get_running_loop()
        await self._pool.open()
        await asyncio.sleep(max(0, self._order.opened_ms / 1000 + _CALM_S - time.time()))
        started_s = loop.time()
        self._begins_s = started_s + self._order.warm_s
        self._ends_s = self._begins_s + self._order.seconds
        loop.call_at(self._begins_s, self._begin)
        loop.call_at(self._ends_s, self._end)
        if self._order.rate:
            await self._offer(started_s)
        else:
            for _ in range(self._order.connections):
                self._take_next()
            await asyncio.sleep(self._ends_s - loop.time())
        self._stopping = True
        await self._wait_for_answers()
        if self._order.leave:
            for page in self._pages:
                page.flags = LEAVE
                self._beat(page, loop.time())
            await self._wait_for_answers()
        self._pool.close()
        return self._result()

    def _begin(self) -> None:
        self._cpu_s = spent_s()
        print("begin", flush=True)

    def _end(self) -> None:
        self._cpu_s = spent_s() - self._cpu_s
        print("end", flush=True)

    async def _offer(self, started_s: float) -> None:
        loop, rate, count = asyncio.get_running_loop(), self._order.rate, 0
        while (now_s := loop.time()) < self._ends_s:
            due = int((now_s - started_s) * rate)
            for number in range(count, due):
                self._beat(self._pages[number % len(self._pages)], started_s + number / rate)
            count = due
            await asyncio.sleep(_TICK_S)

    def _beat(self, page: Page, due_s: float) -> None:
        if page.busy or page.ended:
            self._late += page.busy
            return
        page.busy, page.due_s, page.tries = True, due_s, 0
        self._pool.use(partial(self._send, page))

    def _take_next(self) -> None:
        for _ in self._pages:
            page = self._pages[self._next % len(self._pages)]
            self._next += 1
            if not (page.busy or page.ended):
                self._beat(page, asyncio.get_running_loop().time())
                return

    def _send(self, page: Page, connection: Connection) -> None:
        page.tries += 1
        repeated = 1 < page.tries <= _TRIES
        body = page.again() if repeated else page.fresh(time.time_ns() // 1_000_000)
        connection.ask(beat_request(body), partial(self._heard, page))

    def _heard(self, page: Page, status: int, body: bytes) -> None:
        self._statuses[status] += 1
        if status == 200:
            self._note(page, body)
        elif status == 409:
            page.put_in_step(body)
        elif status <= 0 or status >= 500:
            self._try_again(page)
            return
        page.busy, page.ended = False, status in (401, 410)
        if not self._order.rate and not self._stopping:
            self._take_next()

    def _note(self, page: Page, body: bytes) -> None:
        n, credited_ms = page.heard(body)
        self._acknowledged.extend((page.number, n, credited_ms))
        now_s = asyncio.get_running_loop().time()
        if self._begins_s <= page.due_s < self._ends_s:
            self._delays_s.append(now_s - page.due_s)
        if self._begins_s <= now_s < self._ends_s:
            self._committed += 1

    def _try_again(self, page: Page) -> None:
        """Send the same body again after a while that differs from page to page, so that not all come back at once."""
        wait_s = self._order.retry_s * (0.5 + page.number % 97 / 97)
        asyncio.get_running_loop().call_later(wait_s, self._pool.use, partial(self._send, page))

    async def _wait_for_answers(self) -> None:
        loop = asyncio.get_running_loop()
        until_s = loop.time() + _PATIENCE_S
        while any(page.busy for page in self._pages) and loop.time() < until_s:
            await asyncio.sleep(0.05)

    def _result(self) -> Result:
        sessions = [page.session for page in self._pages]
        noted = self._acknowledged
        rows = (f"{sessions[noted[at]]}\t{noted[at + 1]}\t{noted[at + 2]}\n" for at in range(0, len(noted), 3))
        Path(self._order.acknowledged).write_text("".join(rows))
        return Result(
            committed=self._committed,
            acknowledged=len(noted) // 3,
            statuses={str(status): count for status, count in sorted(self._statuses.items())},
            late=self._late,
            unanswered=sum(page.busy for page in self._pages),
            cpu_s=self._cpu_s,
            delays_ms=percentiles(self._delays_s),
        )


def main() -> None:
    """Read the order, play, and print the result as the last line."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    generator = Generator(order)
    gc.freeze()
    gc.disable()  # a full collection over all pages would be measured as the server's delay
    result = uvloop.run(generator.play())
    print(msgspec.json.encode(result).decode(), flush=True)


if __name__ == "__main__":
    main()
