"""Beats of others, altered beats, forged clocks, bodies that are no beats (clauses T0, T2.2)."""

import json
from dataclasses import replace

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Lease
from tests.attacks.client import LEAVE, Page, Window
from tests.attacks.conftest import PageFor, kept, sealed_ms
from tests.factories import people
from tests.factories.classes import Classroom
from tests.hot.harness import Harness


@pytest.mark.clause("T0")
def test_another_learner_cannot_speak_for_a_session(opened: Page, page_for: PageFor, clock: HandClock) -> None:
    thief = replace(opened, key=bytes(32))
    clock.advance(30_000)
    assert thief.beat(30_000) == (401, {"error": "not_authentic"})
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_a_key_opens_no_session_but_its_own(opened: Page, room: Classroom, hot: Harness, clock: HandClock) -> None:
    """The thief has a session and a key of his own, and names the other's session under it."""
    accomplice = replace(opened, key=bytes.fromhex("ab" * 32))
    other = people.account(now=clock.now())
    assert other.pk != room.learner.pk
    clock.advance(30_000)
    assert accomplice.beat(30_000)[0] == 401
    assert not kept(opened)
    assert sealed_ms(opened) == 0


@pytest.mark.clause("T0")
def test_somebody_outside_the_class_cannot_open_its_lessons(
    room: Classroom, page_for: PageFor, clock: HandClock
) -> None:
    assert page_for(people.account(now=clock.now())).open()[0] == 404


@pytest.mark.clause("T0")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", 90_000),
        ("idle", 0),
        ("n", 2),
        ("client_ms", 99),
        ("flags", 32),
        ("nonce", "0" * 16),
        ("prev", "ab" * 16),
    ],
)
def test_a_changed_field_is_found(opened: Page, clock: HandClock, field: str, value: object) -> None:
    clock.advance(30_000)
    body = {**opened.body(30_000, idle_ms=5_000), field: value}
    assert opened.ask(body)[0] == 401
    assert not kept(opened)
    opened.beat(30_000, flags=LEAVE)
    assert sealed_ms(opened) == 30_000


@pytest.mark.clause("T0")
def test_a_forged_clock_of_the_page_changes_nothing(opened: Page, clock: HandClock) -> None:
    clock.advance(2_500)
    opened.beat(60_000, client_ms=3_600_000, flags=LEAVE)
    assert sealed_ms(opened) == 0


def test_the_honest_twin_with_a_wrong_clock_earns_what_it_saw(honest: Window, clock: HandClock) -> None:
    """The page's clock began years ago and says so in each beat."""
    ahead_ms = 10**12
    right_ms = honest.clock_ms
    honest.clock_ms = lambda: right_ms() + ahead_ms
    honest.at_ms, honest.acked_ms, honest.due_ms = (
        ms + ahead_ms for ms in (honest.at_ms, honest.acked_ms, honest.due_ms)
    )
    honest.watch(60_000)
    honest.leave()
    assert sealed_ms(honest) == 60_000


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"session":"x"}', b"\xff", b"[" * 900, b'{"n":1e9}', b"null", b"\x00" * 1024],
)
def test_what_is_no_beat_is_refused_without_harm(hot: Harness, body: bytes) -> None:
    assert hot.ask(body)[0] == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", -1),
        ("position", 2**53),
        ("position", 1.5),
        ("position", "30000"),
        ("idle", -1),
        ("idle", True),
        ("n", 0),
        ("n", 2**31),
        ("flags", 64),
        ("client_ms", None),
        ("session", "F00DFEEDF00DFEEDF00DFEEDF00DFEED"),
        ("session", "0" * 32 + "\n"),
        ("nonce", "0" * 17),
        ("prev", ""),
        ("mac", "0" * 63),
    ],
)
def test_values_beyond_the_document_are_malformed_even_when_signed(opened: Page, field: str, value: object) -> None:
    body = opened.signed({**opened.body(0), field: value}) if field != "mac" else {**opened.body(0), "mac": value}
    assert opened.ask(body) == (400, {"error": "malformed"})


def test_a_body_beyond_a_kibibyte_is_not_read(opened: Page, hot: Harness, clock: HandClock) -> None:
    """A good beat, blown up with white space: one byte more than allowed, and just allowed."""
    clock.advance(30_000)
    body = json.dumps(opened.body(30_000)).encode()
    assert hot.ask(body.ljust(1025))[0] == 413
    assert not kept(opened)
    assert hot.ask(body.ljust(1024))[0] == 200


def test_unknown_fields_are_refused(opened: Page, clock: HandClock) -> None:
    clock.advance(30_000)
    assert opened.ask({**opened.body(30_000), "credit": 1})[0] == 400
    assert not kept(opened)


@pytest.mark.clause("T0")
def test_a_refused_beat_leaves_the_lease_as_it_was(opened: Page, clock: HandClock) -> None:
    """Whatever is answered but 200 has changed nothing."""
    clock.advance(30_000)
    opened.beat(30_000)
    before = Lease.objects.filter(session_id=opened.session).values().get()
    clock.advance(1_000)
    good = opened.body(31_000)
    refused = [
        (400, {**good, "credit": 1}),
        (401, {**good, "position": 99}),
        (409, opened.signed({**good, "n": 5})),
        (409, opened.signed({**good, "nonce": "0" * 16})),
        (429, good),
        (200, opened.last_body),
    ]
    for status, body in refused:
        assert opened.ask(body)[0] == status
        assert Lease.objects.filter(session_id=opened.session).values().get() == before
    assert kept(opened) == 1


@pytest.mark.parametrize(("path", "method", "status"), [("/beat", "GET", 405), ("/beat/", "POST", 404)])
def test_other_methods_and_addresses_are_refused(hot: Harness, path: str, method: str, status: int) -> None:
    assert hot.ask(b"{}", path=path, method=method)[0] == status
