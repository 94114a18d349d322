"""One session that sends hundreds of beats at once: it earns nothing by that, and nobody else notices (clause T0)."""

import json
from collections import Counter

import pytest

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, monotonic_ms
from tests.attacks.client import EVENT, LEAVE, Page
from tests.attacks.conftest import PageFor, kept, sealed_ms
from tests.factories import people
from tests.factories.classes import Classroom
from tests.hot.harness import Harness

FLOOD = 600
PATIENCE_MS = 8_000
"""A page gives up then; a second or so is usual, also on a busy machine."""


def encoded(body: dict[str, object]) -> bytes:
    return json.dumps(body).encode()


@pytest.fixture
def others(room: Classroom, page_for: PageFor, clock: HandClock) -> list[Page]:
    """Return pages of ten other learners in the same class, each with a session."""
    pages = []
    for _ in range(10):
        learner = people.account(now=clock.now())
        enrol(class_id=room.training_class.pk, learner_id=learner.pk, now=clock.now())
        pages.append(page_for(learner))
    assert [page.open()[0] for page in pages] == [200] * 10
    return pages


@pytest.mark.clause("T0", "T2.3")
def test_a_flood_of_the_same_beat_is_one_beat(opened: Page, hot: Harness, clock: HandClock) -> None:
    clock.advance(30_000)
    body = opened.body(30_000)
    found = hot.ask_all([encoded(body)] * FLOOD)
    assert Counter(status for status, _answer, _headers in found) == {200: 4, 429: FLOOD - 4}
    assert len({json.dumps(answer) for status, answer, _headers in found if status == 200}) == 1
    assert all(headers["retry-after"] == "2" for status, _answer, headers in found if status == 429)
    assert kept(opened) == 1
    opened.send(body)
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0", "T2.3")
def test_a_flood_of_different_beats_earns_no_more_than_one(opened: Page, hot: Harness, clock: HandClock) -> None:
    """All carry the right number, predecessor and nonce; each claims something else."""
    clock.advance(30_000)
    bodies = [opened.body(20_000 + 20 * number, flags=EVENT) for number in range(FLOOD)]
    found = hot.ask_all([encoded(body) for body in bodies])
    assert Counter(status for status, _answer, _headers in found) == {200: 1, 409: 3, 429: FLOOD - 4}
    assert kept(opened) == 1
    winner = next(body for body, reply in zip(bodies, found, strict=True) if reply[0] == 200)
    opened.send(winner)
    opened.beat(opened.credited_ms, flags=LEAVE)
    assert 20_000 <= sealed_ms(opened) <= 30_000


@pytest.mark.clause("T0")
def test_the_honest_twins_beside_a_flood_are_answered_and_lose_nothing(
    opened: Page, others: list[Page], hot: Harness, clock: HandClock
) -> None:
    for beat in range(1, 4):
        clock.advance(30_000)
        flood = [encoded(opened.body(30_000 * beat))] * FLOOD
        bodies = [page.body(30_000 * beat) for page in others]
        began_ms = monotonic_ms()
        found = hot.ask_all([*flood, *(encoded(body) for body in bodies)])
        assert monotonic_ms() - began_ms < PATIENCE_MS
        assert [status for status, _answer, _headers in found[FLOOD:]] == [200] * len(others)
        for page, body in zip(others, bodies, strict=True):
            page.send(body)
        opened.send(opened.body(30_000 * beat))
    for page in (opened, *others):
        page.beat(90_000, flags=LEAVE)
    assert [sealed_ms(page) for page in (opened, *others)] == [90_000] * 11


@pytest.mark.clause("T0")
def test_a_flood_of_forged_beats_does_not_reach_the_queue(opened: Page, hot: Harness, clock: HandClock) -> None:
    clock.advance(30_000)
    good = opened.body(30_000)
    forged = [encoded({**good, "position": number}) for number in range(FLOOD)]
    found = hot.ask_all([*forged, encoded(good)])
    assert Counter(status for status, _answer, _headers in found) == {401: FLOOD, 200: 1}
    opened.send(good)
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000
