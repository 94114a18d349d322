"""A process that is asked to end hears what is waiting, answers everybody, and takes no more."""

import asyncio
from collections.abc import Mapping
from typing import Any

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.hot.committer import Limits
from jiangxue.project.hot_path import hot_path
from tests.hot.conftest import Admin, PagesFor
from tests.hot.harness import answered, environment_of, running
from tests.hot.test_gathering import bodies, stored


def test_what_waits_is_answered_before_the_end(lasting_database: str, pages_for: PagesFor, clock: HandClock) -> None:
    pages = pages_for(20)
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(window_ms=500, gathering=5)) as slow:

        async def ask_and_stop() -> tuple[list[int], int]:
            first, others = (
                bodies(pages[:4]),
                bodies(pages[4:]),
            )  # the first ones open the window, the others come into it
            asked = [asyncio.ensure_future(answered(slow.hot, body)) for body in first]
            await asyncio.sleep(0.05)
            asked += [asyncio.ensure_future(answered(slow.hot, body)) for body in others]
            await asyncio.sleep(0.05)
            await slow.hot.stop()
            late = await answered(slow.hot, bodies(pages)[0])
            return [(await each)[0] for each in asked], late[0]

        assert slow.run(ask_and_stop()) == ([200] * 20, 503)
    assert stored(pages) == 20


def test_a_lease_that_is_held_at_the_end_is_still_waited_for(
    lasting_database: str, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    [held] = pages_for(1)
    clock.advance(30_000)
    with running(lasting_database, clock) as hot:

        async def ask_and_stop() -> int:
            with admin.transaction():
                admin.execute("SELECT FROM learning_lease WHERE session_id = %s::uuid FOR UPDATE", [held.session])
                asked = asyncio.ensure_future(answered(hot.hot, bodies([held])[0]))
                await asyncio.sleep(0.05)
                stopping = asyncio.ensure_future(hot.hot.stop())
                await asyncio.sleep(0.1)
            await stopping
            return (await asked)[0]

        assert hot.run(ask_and_stop()) == 200


def test_the_servers_end_waits_for_what_was_gathered(
    lasting_database: str, pages_for: PagesFor, clock: HandClock
) -> None:
    """By the protocol of ASGI, as uvicorn speaks it."""
    [page] = pages_for(1)
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(window_ms=300)) as slow:

        async def serve() -> tuple[list[str], int]:
            said: list[str] = []
            words: asyncio.Queue[str] = asyncio.Queue()

            async def send(event: Mapping[str, Any]) -> None:
                said.append(event["type"])

            async def receive() -> Mapping[str, Any]:
                return {"type": await words.get()}

            await slow.hot.stop()  # the harness has started it, as a server would
            words.put_nowait("lifespan.startup")
            again = hot_path(environment_of(lasting_database), lambda _: to_ms(clock.now()), Limits(window_ms=300))
            living = asyncio.ensure_future(again({"type": "lifespan"}, receive, send))
            while not again.is_ready:
                await asyncio.sleep(0.01)
            asked = asyncio.ensure_future(answered(again, bodies([page])[0]))
            await asyncio.sleep(0.05)
            words.put_nowait("lifespan.shutdown")
            await living
            return said, asked.done() and asked.result()[0]

        assert slow.run(serve()) == (["lifespan.startup.complete", "lifespan.shutdown.complete"], 200)
