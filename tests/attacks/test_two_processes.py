"""Two hot processes hear one session at the same moment, each on its own connection (clauses T2.2, T1.3)."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Lease
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.conftest import kept, sealed_ms
from tests.hot.harness import running


class Meeting(HandClock):
    """A clock at which two processes meet: the rows have been read then, and nothing has been written yet."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock.at)
        self._barrier = Barrier(2)

    def now(self) -> datetime:
        with suppress(BrokenBarrierError):
            self._barrier.wait(0.4)
        return self.at


@pytest.mark.clause("T2.2", "T1.3")
def test_of_two_beats_with_the_same_number_in_two_processes_one_is_judged(
    opened: Page, lasting_database: str, clock: HandClock
) -> None:
    clock.advance(30_000)
    meeting = Meeting(clock)
    bodies = [opened.body(30_000), opened.body(25_000)]
    with (
        running(lasting_database, meeting) as one,
        running(lasting_database, meeting) as other,
        ThreadPoolExecutor(2) as pool,
    ):
        found = list(pool.map(lambda pair: pair[0].post(pair[1])[0], zip((one, other), bodies, strict=True)))
    assert sorted(found) == [200, 409]
    assert kept(opened) == 1
    opened.send(bodies[found.index(200)])
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


def test_the_honest_twin_whose_beats_reach_the_processes_by_turns_earns_all_of_it(
    honest: Window, lasting_database: str, clock: HandClock
) -> None:
    first = honest.post
    with running(lasting_database, clock) as other:
        turns = [0]

        def by_turns(url, body):
            turns[0] += 1
            return first(url, body) if turns[0] % 2 else other.ask(json.dumps(body).encode())

        honest.post = by_turns
        honest.watch(150_000)
        honest.leave()
    assert sealed_ms(honest) == 150_000


@pytest.mark.clause("T1.3")
def test_what_was_answered_is_already_kept(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    status, answer = opened.beat(30_000)
    assert status == 200
    assert kept(opened) == 1
    lease = Lease.objects.get(session_id=opened.session)
    assert (lease.n, lease.reached_ms, lease.nonce) == (1, 30_000, answer["nonce"])
