"""Beats of others, altered, replayed, out of order; forged clocks (clauses T0, T2.2)."""

import pytest

from jiangxue.kernel.clock import HandClock
from tests.attacks.conftest import PageFor, kept, sealed_ms
from tests.attacks.page import Page
from tests.factories import people
from tests.factories.classes import Classroom
from tests.hot.harness import Harness

LEAVE, EVENT = 16, 8


@pytest.mark.clause("T0")
def test_another_learner_cannot_speak_for_a_session(opened: Page, page_for: PageFor, clock: HandClock) -> None:
    thief = page_for()
    thief.session, thief.n, thief.tag, thief.nonce = opened.session, opened.n, opened.tag, opened.nonce
    thief.key = bytes(32)
    clock.advance(30_000)
    status, answer = thief.beat(30_000)
    assert (status, answer["error"]) == (401, "not_authentic")
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_somebody_outside_the_class_cannot_open_its_lessons(
    room: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    assert page_for(people.account(now=clock.now())).open()[0] == 404


@pytest.mark.clause("T0")
@pytest.mark.parametrize(
    ("field", "value"),
    [("position", 90_000), ("idle", 0), ("n", 2), ("client_ms", 99), ("flags", 32), ("nonce", "0" * 16)],
)
def test_a_changed_field_is_found(opened: Page, clock: HandClock, field: str, value: object) -> None:
    clock.advance(30_000)
    body = {**opened.body(30_000, idle_ms=5_000), field: value}
    assert opened.send(body)[0] == 401
    assert not kept(opened)


@pytest.mark.clause("T0")
def test_a_replayed_beat_gets_its_old_answer_and_earns_nothing_again(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    first = opened.beat(30_000)
    for _ in range(5):
        clock.advance(30_000)
        assert opened.send(opened.last_body) == first
    assert kept(opened) == 1


@pytest.mark.clause("T0")
def test_a_replayed_beat_of_earlier_is_out_of_step(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000)
    old = opened.last_body
    clock.advance(30_000)
    opened.beat(60_000)
    status, answer = opened.post("/beat", old)
    assert (status, answer["error"]) == (409, "resync")
    assert answer["n"] == 2


@pytest.mark.clause("T0")
def test_a_skipped_number_and_a_forged_predecessor_are_out_of_step(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.n += 1
    assert opened.beat(30_000)[0] == 409
    opened.n -= 1
    opened.tag = "ab" * 16
    assert opened.beat(30_000)[0] == 409
    assert not kept(opened)


@pytest.mark.clause("T0")
def test_beats_computed_ahead_lack_the_nonce_of_the_answer_between(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    first = opened.body(30_000)
    opened.n, opened.tag = 1, first["mac"][:32]
    second = opened.body(60_000)
    assert opened.post("/beat", first)[0] == 200
    clock.advance(30_000)
    assert opened.post("/beat", second)[0] == 409


@pytest.mark.clause("T0")
def test_a_forged_clock_of_the_page_changes_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(2_500)
    _status, answer = opened.beat(60_000, client_ms=3_600_000)
    assert answer["credited_ms"] == 0


def test_the_honest_twin_with_a_wrong_clock_earns_what_it_saw(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    opened.beat(30_000, client_ms=7)
    clock.advance(30_000)
    opened.beat(60_000, client_ms=3, flags=LEAVE)
    assert sealed_ms(opened) == 60_000


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"session":"x"}', b"\xff", b"[" * 900, b'{"n":1e9}'],
)
def test_what_is_no_beat_is_refused_without_harm(opened: Page, hot: Harness, body: bytes) -> None:
    assert hot.ask(body)[0] == 400


def test_a_body_beyond_a_kibibyte_is_not_read(opened: Page, hot: Harness) -> None:
    assert hot.ask(b"x" * 1025)[0] == 413


def test_unknown_fields_are_refused(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    assert opened.post("/beat", {**opened.body(30_000), "credit": 1})[0] == 400


@pytest.mark.clause("T0")
def test_beats_closer_than_two_seconds_are_refused_and_lose_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(1_000)
    assert opened.beat(1_000)[0] == 429
    clock.advance(1_000)
    opened.beat(2_000, flags=LEAVE)
    assert sealed_ms(opened) == 2_000


@pytest.mark.clause("T0")
def test_the_sixth_event_within_ten_seconds_is_refused(opened: Page, clock: HandClock) -> None:
    for number in range(5):
        clock.advance(100)
        assert opened.beat(100 * number, flags=EVENT)[0] == 200
    clock.advance(100)
    assert opened.beat(600, flags=EVENT)[0] == 429
