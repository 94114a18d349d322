"""Many beats in one transaction: all are judged, none is answered before the commit, and one that cannot be judged harms no other."""

import asyncio
import json

import pytest
from django.db import connection

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.hot.committer import Limits
from jiangxue.learning.models import Beat, Lease
from tests.attacks.client import Page
from tests.hot.conftest import Admin, PagesFor
from tests.hot.harness import Harness, answered, running


def bodies(pages: list[Page], position_ms: int = 30_000) -> list[bytes]:
    return [json.dumps(page.body(position_ms)).encode() for page in pages]


def statuses(hot: Harness, pages: list[Page]) -> list[int]:
    return [status for status, _answer, _headers in hot.ask_all(bodies(pages))]


def stored(pages: list[Page]) -> int:
    return Beat.objects.filter(session_id__in=[page.session for page in pages]).count()


def test_beats_that_come_together_are_judged_together(hot: Harness, pages_for: PagesFor, clock: HandClock) -> None:
    pages = pages_for(40)
    clock.advance(30_000)
    replies = hot.ask_all(bodies(pages))
    assert [answer["credited_ms"] for _status, answer, _headers in replies] == [30_000] * 40
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT xmin::text) FROM learning_beat WHERE session_id = ANY(%s::uuid[])",
            [[page.session for page in pages]],
        )
        beats, transactions = cursor.fetchone()
    assert beats == 40
    assert transactions < 10


def test_beats_that_come_within_the_window_are_one_transaction(
    lasting_database: str, pages_for: PagesFor, clock: HandClock
) -> None:
    pages = pages_for(6)
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(window_ms=300)) as hot:

        async def ask_one_after_the_other() -> list[int]:
            asked = []
            for body in bodies(pages):
                asked.append(asyncio.ensure_future(answered(hot.hot, body)))
                await asyncio.sleep(0.01)
            return [(await each)[0] for each in asked]

        assert hot.run(ask_one_after_the_other()) == [200] * 6
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) FROM learning_beat WHERE session_id = ANY(%s::uuid[])",
            [[page.session for page in pages]],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.clause("T1.3")
def test_a_beat_is_kept_as_it_was_claimed(hot: Harness, pages_for: PagesFor, clock: HandClock) -> None:
    [page] = pages_for(1)
    clock.advance(30_000)
    body = page.body(4_000, idle_ms=3_000, flags=2, client_ms=77_000)
    assert hot.post(body)[0] == 200
    kept = Beat.objects.get(session_id=page.session)
    assert (kept.n, kept.claimed_position_ms, kept.claimed_idle_ms, kept.flags) == (1, 4_000, 3_000, 2)
    assert (kept.client_ms, kept.nonce, kept.credited_ms) == (77_000, body["nonce"], 4_000)
    assert kept.received_at == clock.now()
    clock.advance(20_000)
    page.send(body)
    assert page.beat(0)[0] == 200
    assert Lease.objects.get(session_id=page.session).carry_reason == "repeat"


def test_a_commit_is_answered_after_it_is_on_the_disk_whatever_the_database_is_set_to(hot: Harness) -> None:
    """Without it, what was acknowledged could be lost with the power."""

    async def settings() -> list[tuple[object, ...] | None]:
        lanes = hot.hot._committer._lanes
        while not all(lane.is_ready for lane in lanes):
            await asyncio.sleep(0.01)
        return [await (await lane._connection.execute("SHOW synchronous_commit")).fetchone() for lane in lanes]

    assert set(hot.run(settings())) == {("on",)}


def test_a_value_that_a_column_cannot_hold_costs_that_beat_alone(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    pages = pages_for(5)
    clock.advance(30_000)
    wanted = [json.dumps(page.body(30_000, client_ms=2**40 if page is pages[2] else 1)).encode() for page in pages]
    admin.execute("ALTER TABLE learning_beat ALTER client_ms TYPE integer USING 0")
    try:
        found = [status for status, *_rest in hot.ask_all(wanted)]
    finally:
        admin.execute("ALTER TABLE learning_beat ALTER client_ms TYPE bigint")
    assert found == [200, 200, 500, 200, 200]


def test_two_beats_of_one_session_in_one_gathering_are_judged_one_after_the_other(
    hot: Harness, pages_for: PagesFor, clock: HandClock
) -> None:
    [page] = pages_for(1)
    clock.advance(30_000)
    first, second = page.body(30_000), page.body(29_000)
    replies = hot.ask_all([json.dumps(body).encode() for body in (first, first, second)])
    assert [status for status, *_rest in replies] == [200, 200, 409]
    assert replies[0] == replies[1]
    assert stored([page]) == 1


def test_nothing_is_answered_before_its_commit(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    [page] = pages_for(1)
    clock.advance(30_000)

    async def ask_while_the_table_is_held() -> tuple[bool, int]:
        with admin.transaction():
            admin.execute("LOCK TABLE learning_beat IN SHARE MODE")
            asked = asyncio.ensure_future(answered(hot.hot, bodies([page])[0]))
            await asyncio.sleep(0.2)
            early = asked.done()
        return early, (await asked)[0]

    assert hot.run(ask_while_the_table_is_held()) == (False, 200)
    assert stored([page]) == 1


def test_a_learner_whose_lease_is_held_is_told_to_come_again_and_nobody_else_waits(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    held, *others = pages_for(6)
    clock.advance(30_000)

    async def ask_while_one_lease_is_held() -> tuple[list[bool], list[int], int, str]:
        with admin.transaction():
            admin.execute("SELECT FROM learning_lease WHERE session_id = %s::uuid FOR UPDATE", [held.session])
            asked = [asyncio.ensure_future(answered(hot.hot, body)) for body in bodies([held, *others])]
            answers = [(await each)[0] for each in asked[1:]]
            waited = [each.done() for each in asked[:1]]
            status, _answer, headers = await asked[0]
        return waited, answers, status, headers["retry-after"]

    waited, answers, status, retry_after = hot.run(ask_while_one_lease_is_held())
    assert (waited, answers, status) == ([False], [200] * 5, 503)
    assert 2 <= int(retry_after) <= 8
    assert hot.ask_all(bodies([held]))[0][0] == 200


def test_a_lease_that_is_let_go_in_time_is_judged(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin
) -> None:
    [held] = pages_for(1)
    clock.advance(30_000)

    async def ask_while_the_lease_is_held_for_a_moment() -> int:
        with admin.transaction():
            admin.execute("SELECT FROM learning_lease WHERE session_id = %s::uuid FOR UPDATE", [held.session])
            asked = asyncio.ensure_future(answered(hot.hot, bodies([held])[0]))
            await asyncio.sleep(0.1)
        return (await asked)[0]

    assert hot.run(ask_while_the_lease_is_held_for_a_moment()) == 200


def test_a_beat_that_the_database_refuses_is_found_and_alone_refused(
    hot: Harness, pages_for: PagesFor, clock: HandClock, admin: Admin, caplog: pytest.LogCaptureFixture
) -> None:
    pages = pages_for(9)
    clock.advance(30_000)
    admin.execute(
        f"ALTER TABLE learning_beat ADD CONSTRAINT bad CHECK (session_id <> '{pages[4].session}'::uuid) NOT VALID"
    )
    try:
        found = statuses(hot, pages)
    finally:
        admin.execute("ALTER TABLE learning_beat DROP CONSTRAINT bad")
    assert found == [200] * 4 + [500] + [200] * 4
    assert stored(pages) == 8
    assert "beat_not_judged" in caplog.text
    assert statuses(hot, [pages[4]]) == [200]


@pytest.mark.parametrize(
    "nonsense", [{"carry_reason": "nonsense"}, {"balances": []}, {"balances": {}}, {"balances": [[1, 2]]}]
)
def test_a_lease_that_makes_no_sense_harms_no_other(
    hot: Harness, pages_for: PagesFor, clock: HandClock, nonsense: dict[str, object]
) -> None:
    pages = pages_for(5)
    Lease.objects.filter(session_id=pages[0].session).update(**nonsense)
    clock.advance(30_000)
    assert statuses(hot, pages) == [500, 200, 200, 200, 200]


def test_more_than_may_wait_is_turned_away_with_waits_that_differ(
    lasting_database: str, pages_for: PagesFor, clock: HandClock
) -> None:
    pages = pages_for(30)
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(waiting=10)) as narrow:
        replies = narrow.ask_all(bodies(pages))
    turned_away = [headers["retry-after"] for status, _answer, headers in replies if status == 503]
    assert len(turned_away) == 20
    assert len(set(turned_away)) > 1
    assert stored(pages) == 10


def test_what_has_waited_longer_than_its_page_is_not_judged_any_more(
    lasting_database: str, pages_for: PagesFor, clock: HandClock
) -> None:
    pages = pages_for(3)
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(window_ms=300, silence_ms=200)) as slow:
        assert statuses(slow, pages) == [503] * 3
    assert stored(pages) == 0


def test_a_session_that_floods_the_queue_is_turned_away_before_the_database(
    hot: Harness, pages_for: PagesFor, clock: HandClock
) -> None:
    flooding, honest = pages_for(2)
    clock.advance(30_000)
    flood = [json.dumps(flooding.body(30_000, client_ms=number)).encode() for number in range(300)]
    replies = hot.ask_all([*flood, *bodies([honest])])
    found = [status for status, _answer, _headers in replies]
    assert found[-1] == 200
    assert found.count(200) == 2
    assert found.count(429) >= 290
    assert stored([flooding]) == 1
