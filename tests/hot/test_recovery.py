"""What the database can do to the hot path: all are told to come again, nobody is refused for it, and it comes back by itself."""

import asyncio
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.hot.app import HotPath
from jiangxue.learning.hot.committer import Committer, Limits
from jiangxue.learning.hot.hearing import Hearing
from jiangxue.learning.hot.keys import Keys
from jiangxue.learning.hot.lane import Lane
from jiangxue.learning.hot.wire import Writer
from jiangxue.project.dispatcher import Dispatcher
from jiangxue.project.hot_path import LANES, hot_path
from scripts.chaos.kills import silenced
from tests.attacks.client import Page
from tests.hot.conftest import Admin, PagesFor
from tests.hot.harness import Harness, answered, environment_of, running
from tests.hot.test_gathering import bodies, statuses, stored
from tests.loops import in_a_loop

NOWHERE = "host=127.0.0.1 port=1 dbname=nowhere connect_timeout=1"


def lanes_of(admin: Admin) -> list[int]:
    """Return the process ids of the database that serve hot paths."""
    found = admin.execute(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'jiangxue_hot' AND datname = current_database()"
    )
    return [int(str(pid)) for (pid,) in found.fetchall()]


def new_lanes(admin: Admin, before: set[int]) -> set[int]:
    """Return the process ids of both lanes of a hot path that has just begun."""
    while len(found := set(lanes_of(admin)) - before) < LANES:
        threading.Event().wait(0.01)
    return found


def until_all_are_heard(hot: Harness, pages: list[Page]) -> list[int]:
    """Send the same beats until the lanes have come back, and return all statuses that were not 200 on the way."""
    wanted = bodies(pages)
    others: list[int] = []
    for _ in range(60):
        found = [status for status, _answer, _headers in hot.ask_all(wanted)]
        if found == [200] * len(pages):
            return others
        others += [status for status in found if status != 200]
        threading.Event().wait(0.2)
    raise AssertionError(others)


@pytest.fixture
def restored(admin: Admin) -> Iterator[Admin]:
    """Give the administrator's connection, and undo what these tests do to the database."""
    yield admin
    name = sql.Identifier(admin.info.dbname)
    admin.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))
    admin.execute("GRANT INSERT ON learning_beat TO jiangxue_hot")
    admin.execute("ALTER TABLE learning_lease ALTER nonce TYPE varchar(16)")


def test_a_migration_under_way_costs_nobody_a_beat(
    hot: Harness, pages_for: PagesFor, clock: HandClock, restored: Admin
) -> None:
    """Prepared statements do not survive a change of their tables."""
    pages = pages_for(5)
    clock.advance(30_000)
    assert statuses(hot, pages[:1]) == [200]
    restored.execute("ALTER TABLE learning_lease ALTER nonce TYPE varchar(20)")
    assert statuses(hot, pages[1:]) == [200] * 4


def test_a_missing_right_is_nobodys_fault_but_the_databases(
    hot: Harness, pages_for: PagesFor, clock: HandClock, restored: Admin
) -> None:
    pages = pages_for(8)
    clock.advance(30_000)
    restored.execute("REVOKE INSERT ON learning_beat FROM jiangxue_hot")
    assert statuses(hot, pages) == [503] * 8
    assert stored(pages) == 0
    restored.execute("GRANT INSERT ON learning_beat TO jiangxue_hot")
    assert set(until_all_are_heard(hot, pages)) <= {503}
    assert stored(pages) == 8


def test_a_server_that_only_reads_is_left_until_there_is_one_that_writes(
    hot: Harness, pages_for: PagesFor, clock: HandClock, restored: Admin
) -> None:
    """So it is for a moment when a standby takes over."""
    pages = pages_for(3)
    clock.advance(30_000)
    name = sql.Identifier(restored.info.dbname)
    restored.execute(sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
    restored.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) pid", [lanes_of(restored)])
    assert set(statuses(hot, pages)) == {503}
    threading.Event().wait(0.5)
    assert set(statuses(hot, pages)) == {503}
    assert not hot.hot.is_ready
    restored.execute("SET default_transaction_read_only = off")
    restored.execute(sql.SQL("ALTER DATABASE {} RESET default_transaction_read_only").format(name))
    assert set(until_all_are_heard(hot, pages)) <= {503}
    assert stored(pages) == 3


def test_a_database_that_says_nothing_is_given_up_and_asked_anew(
    lasting_database: str, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    pages = pages_for(4)
    clock.advance(30_000)
    others = set(lanes_of(admin))
    with running(lasting_database, clock, Limits(silence_ms=400)) as hot:
        assert statuses(hot, pages[:1]) == [200]
        silent = new_lanes(admin, others)
        with silenced(silent):
            assert statuses(hot, pages[1:]) == [503] * 3
            assert set(until_all_are_heard(hot, pages[1:])) <= {503}
    assert stored(pages) == 4


def test_a_hot_path_whose_database_says_nothing_still_ends_when_asked(
    lasting_database: str, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    pages = pages_for(2)
    clock.advance(30_000)
    others = set(lanes_of(admin))
    with running(lasting_database, clock, Limits(silence_ms=400)) as hot:
        silent = new_lanes(admin, others)

        async def ask_and_stop() -> list[int]:
            asked = [asyncio.ensure_future(answered(hot.hot, body)) for body in bodies(pages)]
            await asyncio.sleep(0.1)
            await asyncio.wait_for(hot.hot.stop(), 5)
            return [(await each)[0] for each in asked]

        with silenced(silent):
            assert hot.run(ask_and_stop()) == [503] * 2


def test_a_hot_path_whose_database_falls_silent_while_it_connects_still_ends_when_asked(
    hot: Harness, lasting_database: str, clock: HandClock, admin: Admin
) -> None:
    others = set(lanes_of(admin))
    late = hot_path(environment_of(lasting_database), lambda _: to_ms(clock.now()), Limits(silence_ms=400))

    async def start_late() -> None:
        late.start()

    async def stop_late() -> None:
        await asyncio.wait_for(late.stop(), 4)

    address = make_conninfo(os.environ["JIANGXUE_TEST_ADMIN_URL"], dbname=lasting_database)
    with psycopg.connect(address) as holding:
        holding.execute("LOCK TABLE learning_interruption")
        hot.run(start_late())
        with silenced(new_lanes(admin, others)):
            hot.run(stop_late())
    assert not late.is_ready


def test_a_database_that_falls_silent_after_a_fault_is_given_up_too(
    lasting_database: str, clock: HandClock, admin: Admin
) -> None:
    others = set(lanes_of(admin))
    with running(lasting_database, clock, Limits(silence_ms=400)) as hot:
        silent = new_lanes(admin, others)
        lane = next(lane for lane in hot.hot._committer._lanes if lane.is_ready)  # between a fault and its undoing

        async def undo() -> None:
            connection = lane._connection
            assert connection is not None
            await connection.execute("BEGIN")
            with silenced(silent):
                assert await asyncio.wait_for(lane._halved(connection, [], 0.0, ValueError()), 4) == []
            assert connection.closed

        hot.run(undo())


def test_a_lane_that_is_stopped_while_it_connects_leaves_nothing_of_a_connection(hot: Harness) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        lane = Lane(f"host=127.0.0.1 port={port} dbname=mute user=mute", Hearing(Writer(""), Keys(bytes(32))), 400)

        async def start() -> None:
            lane.start()

        hot.run(start())
        heard, _ = mute.accept()
        with heard:
            heard.settimeout(5)
            hot.run(lane.stop())
            while heard.recv(4_096):
                pass


class Broken(Lane):
    """A lane that fails in a way nobody has thought of."""

    @property
    def is_ready(self) -> bool:
        return True

    async def commit(self, beats: object, fullness: float) -> list[Any]:
        raise SystemError


def test_a_hot_path_that_cannot_go_on_answers_everybody_and_ends_its_process(
    hot: Harness, pages_for: PagesFor, caplog: pytest.LogCaptureFixture
) -> None:
    ended = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: ended.set())
    broken = HotPath(Committer([Broken(NOWHERE, Hearing(Writer(""), Keys(bytes(32))), 1)], Limits()), bytes(range(32)))
    broken._key = hot.hot._key  # the sessions' keys

    async def ask() -> list[int]:
        broken.start()
        return [status for status, *_rest in await asyncio.gather(*(answered(broken, body) for body in wanted))]

    wanted = bodies(pages_for(3))
    try:
        assert hot.run(ask()) == [503] * 3
        assert ended.wait(5)
        assert hot.run(ask_health(broken)) == 503
        hot.run(broken.stop())
    finally:
        signal.signal(signal.SIGTERM, before)
    assert "hearing_ended" in caplog.text


async def ask_health(hot: HotPath) -> int:
    return (await answered(hot, b"", path="/healthz", method="GET"))[0]


def test_a_site_that_cannot_judge_beats_is_not_ready_whatever_its_pages_say() -> None:
    async def pages(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(scope["path"]).encode()})

    deaf = HotPath(Committer([Lane(NOWHERE, Hearing(Writer(""), Keys(bytes(32))), 1)], Limits()), bytes(range(32)))
    site = Dispatcher(deaf, pages, pages)

    async def ask() -> list[tuple[int, Any]]:
        return [(await answered(site, b"", path=path, method="GET"))[:2] for path in ("/readyz", "/healthz", "/learn/")]

    assert in_a_loop(ask()) == [(503, {"error": "busy"}), (200, "/healthz"), (200, "/learn/")]
