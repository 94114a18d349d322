"""What the hot path refuses before it asks the database, and what it says while there is none."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.hot.hearing import database_time
from jiangxue.learning.models import StudySession
from jiangxue.learning.rules.sequence import session_key
from jiangxue.project.env import read_hot
from jiangxue.project.hot_path import hot_path
from tests.attacks.client import Page
from tests.hot.conftest import Admin, PagesFor
from tests.hot.harness import Harness, environment_of


@pytest.fixture
def cut_off() -> Iterator[Harness]:
    """Run a hot path whose database does not exist."""
    environment = replace(read_hot(), database_url="postgresql://nobody@127.0.0.1:1/nothing")
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    harness = Harness(loop, hot_path(environment, database_time))

    async def begin() -> None:
        harness.hot.start()

    harness.run(begin())
    yield harness
    harness.run(harness.hot.stop())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def signed(session: str) -> Page:
    """Return a page that holds the right key for a session, whether it exists or not."""
    key = session_key(read_hot().beat_master_key, session)
    return Page(
        post=lambda _url, _body: (0, {}, {}), open_url="", session=session, key=key, tag="0" * 32, nonce="0" * 16
    )


def test_without_a_database_a_good_beat_is_told_to_come_again(cut_off: Harness) -> None:
    status, answer, headers = cut_off.ask(json.dumps(signed("a" * 32).body(0)).encode())
    assert (status, answer) == (503, {"error": "busy"})
    assert 2 <= int(headers["retry-after"]) <= 8


def test_the_database_is_asked_for_less_often_the_longer_it_is_away(
    cut_off: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    """Both lanes at once, then after 0.05 to 0.15 s, 0.1 to 0.3 s, 0.25 to 0.75 s and so on."""
    Event().wait(1.5)
    tries = [record for record in caplog.records if record.message == "database_not_reached"]
    assert 4 <= len(tries) <= 12


def test_no_more_of_a_body_is_read_than_says_that_it_is_too_large(cut_off: Harness) -> None:
    read = 0

    async def receive() -> Mapping[str, Any]:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": b" " * 400, "more_body": read < 100}

    async def ask() -> int:
        sent: list[Mapping[str, Any]] = []

        async def send(event: Mapping[str, Any]) -> None:
            sent.append(event)

        await cut_off.hot({"type": "http", "path": "/beat", "method": "POST"}, receive, send)
        return sent[0]["status"]

    assert cut_off.run(ask()) == 413
    assert read == 3


@pytest.mark.clause("T0")
def test_a_forgery_is_refused_without_a_database(cut_off: Harness) -> None:
    forged = {**signed("a" * 32).body(0), "mac": "0" * 64}
    assert cut_off.post(forged) == (401, {"error": "not_authentic"})


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"session":1}'])
def test_what_is_no_beat_is_refused_without_a_database(cut_off: Harness, body: bytes) -> None:
    assert cut_off.ask(body)[0] == 400


def test_a_body_beyond_a_kibibyte_is_refused_and_not_kept(cut_off: Harness) -> None:
    assert cut_off.ask(b"x" * 1025)[0] == 413


def test_only_posts_to_one_address_are_heard(cut_off: Harness) -> None:
    assert cut_off.ask(b"", method="GET")[0] == 405
    assert cut_off.ask(b"", path="/learn/")[0] == 404


def test_a_balancer_sees_that_it_lives_but_is_not_ready(cut_off: Harness) -> None:
    assert cut_off.ask(b"", path="/healthz", method="GET")[0] == 200
    assert cut_off.ask(b"", path="/readyz", method="GET")[0] == 503


def test_a_balancer_sees_that_it_is_ready(hot: Harness) -> None:
    assert hot.ask(b"", path="/readyz", method="GET")[0] == 200


def test_a_session_that_does_not_exist_is_not_authentic(hot: Harness) -> None:
    assert hot.post(signed("f" * 32).body(0)) == (401, {"error": "not_authentic"})


def test_a_connection_that_is_cut_comes_back_and_the_same_beat_counts_once(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    [page] = pages_for(1)
    clock.advance(30_000)
    body = page.body(30_000)
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'jiangxue_hot' AND datname = current_database()"
    )
    found = []
    while not found or found[-1] != 200:
        found.append(hot.post(body)[0])
    assert set(found[:-1]) <= {503}
    assert hot.post(body)[1]["credited_ms"] == 30_000
    assert StudySession.objects.get(pk=page.session).beats.count() == 1


def test_the_hot_path_of_tests_reaches_the_database_as_its_own_role(lasting_database: str) -> None:
    assert "jiangxue_hot:" in environment_of(lasting_database).database_url
