"""The hot process begins anew, and an older database comes back: what was said before is worth nothing twice (clauses T0, T1.3)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import StudySession
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.conftest import honest_window, kept, open_url, sealed_ms, way_of
from tests.attacks.transports import post_through
from tests.conftest import cloned_database, connected_to
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness, running


@pytest.mark.clause("T0")
def test_a_beat_replayed_after_the_hot_process_began_anew_earns_nothing(
    opened: Page, lasting_database: str, clock: HandClock
) -> None:
    clock.advance(30_000)
    first = opened.beat(30_000)
    clock.advance(30_000)
    with running(lasting_database, clock) as anew:
        assert anew.post(opened.last_body) == first
    assert kept(opened) == 1
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


def test_the_honest_twin_does_not_notice_that_the_hot_process_began_anew(
    honest: Window, lasting_database: str, clock: HandClock
) -> None:
    honest.watch(40_000)
    with running(lasting_database, clock) as anew:
        honest.post = way_of(StudySession.objects.get(pk=honest.session).learner, anew)
        honest.watch(40_000)
        honest.leave()
    assert sealed_ms(honest) == 80_000


@pytest.fixture
def own_room(committed_database: str, clock: HandClock) -> Classroom:
    return classroom(clock.now())


@contextmanager
def copied(database: str) -> Iterator[str]:
    """Make a copy of a database as it is now; nobody may be connected to it."""
    connection.close()
    with cloned_database(f"{database}_older", template=database) as name:
        yield name


@contextmanager
def restored(name: str, clock: HandClock) -> Iterator[Harness]:
    """Serve the copy instead, and look into it."""
    with connected_to(name), running(name, clock) as hot:
        yield hot


@pytest.mark.clause("T0", "T1.3")
def test_what_was_said_after_a_backup_earns_nothing_on_the_restored_database(
    own_room: Classroom, committed_database: str, clock: HandClock
) -> None:
    with running(committed_database, clock) as hot:
        page = Page(way_of(own_room.learner, hot), open_url(own_room))
        page.open()
        clock.advance(30_000)
        page.beat(30_000)
    with copied(committed_database) as older:
        said = []
        with running(committed_database, clock) as hot:
            page.post = post_through(Client(), hot)
            for second in (60, 90):
                clock.advance(30_000)
                page.beat(second * 1_000)
                said.append(page.last_body)
            newer = Page(way_of(own_room.learner, hot), open_url(own_room))
            newer.open(take_over=True)
        with restored(older, clock) as hot:
            page.post = newer.post = post_through(Client(), hot)
            clock.advance(2_000)
            statuses = [page.ask(body)[0] for body in (said[1], newer.body(1_000), page.body(120_000))]
            assert statuses == [409, 401, 409]
            assert page.ask(said[0])[1]["credited_ms"] == 60_000
            assert [page.ask(body)[0] for body in said] == [200, 409]
            page.n, page.tag, page.nonce = (page.ask(said[1])[1][name] for name in ("n", "tag", "nonce"))
            page.beat(90_000, flags=LEAVE)
            assert sealed_ms(page) == 60_000


def test_the_honest_twin_on_a_restored_database_goes_on_and_loses_what_the_backup_does_not_know(
    own_room: Classroom, committed_database: str, clock: HandClock
) -> None:
    with running(committed_database, clock) as hot:
        window = honest_window(way_of(own_room.learner, hot), open_url(own_room), clock)
        window.start()
        window.watch(30_000)
        window.report()
    with copied(committed_database) as older:
        with running(committed_database, clock) as hot:
            window.post = post_through(Client(), hot)
            window.watch(80_000)
            assert window.credited_ms > 70_000
        with restored(older, clock) as hot:
            window.post = post_through(Client(), hot)
            window.watch(60_000)
            window.leave()
            assert window.why == "by_learner"
            assert sealed_ms(window) == window.position_ms
            assert 30_000 + 60_000 < sealed_ms(window) <= 150_000
