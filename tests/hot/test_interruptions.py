"""What the server notes of its own faults, so that nobody is fined for them: starts, and queues that run over (clause T2.6)."""

import json
from datetime import timedelta

import pytest

from jiangxue.kernel.clock import HandClock, MachineClock
from jiangxue.learning.hot.committer import Limits
from jiangxue.learning.models import Check, DayTotal, Interruption
from tests.attacks.checks import MINUTE_MS, due_after, learn, sweep
from tests.attacks.client import Page
from tests.attacks.conftest import open_url, way_of
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom
from tests.hot.conftest import PagesFor
from tests.hot.harness import Harness, running


def test_a_queue_that_runs_over_is_noted_once(
    lasting_database: str, room: Classroom, pages_for: PagesFor, clock: HandClock
) -> None:
    clock.advance(90 * 24 * 60 * MINUTE_MS)  # such notes stay in the database of these tests
    bodies = [json.dumps(page.body(0)).encode() for page in pages_for(45)]
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(waiting=40, gathering=5)) as crowded:
        crowded.ask_all(bodies)
    assert Interruption.objects.filter(at=clock.now(), kind="overloaded").count() == 1


def test_what_was_turned_away_for_having_waited_is_noted_with_the_next_that_are_heard(
    lasting_database: str, room: Classroom, pages_for: PagesFor, clock: HandClock
) -> None:
    clock.advance(92 * 24 * 60 * MINUTE_MS)
    late, *others = [json.dumps(page.body(0)).encode() for page in pages_for(3)]
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(window_ms=300, silence_ms=200, gathering=2)) as slow:
        assert [status for status, *_ in slow.ask_all([late])] == [503]
        assert [status for status, *_ in slow.ask_all(others)] == [200, 200]
    assert Interruption.objects.filter(at=clock.now(), kind="overloaded").count() == 1


def test_a_quiet_queue_notes_nothing(
    lasting_database: str, room: Classroom, pages_for: PagesFor, clock: HandClock
) -> None:
    clock.advance(91 * 24 * 60 * MINUTE_MS)
    bodies = [json.dumps(page.body(0)).encode() for page in pages_for(10)]
    clock.advance(30_000)
    with running(lasting_database, clock, Limits(waiting=40, gathering=5)) as calm:
        calm.ask_all(bodies)
    assert not Interruption.objects.filter(at=clock.now()).exists()


@pytest.mark.clause("T2.6")
def test_a_hot_process_begun_anew_while_a_check_is_open_withdraws_it(
    lasting_database: str, hot: Harness, clock: HandClock, chance: Drawn
) -> None:
    """The start is noted by the database's own clock, so this test lives around the present."""
    clock.at = MachineClock().now() - timedelta(seconds=60)
    room = classroom(clock.now(), lesson_ms=3_600_000)
    due_after(chance, 30_000)
    page = Page(way_of(room.learner, hot), open_url(room))
    page.open()
    assert learn(page, clock, 30_000)["directive"] == {"do": "check"}
    with running(lasting_database, clock):
        clock.advance(180_000)
        sweep()
    check = Check.objects.get(learner=room.learner)
    assert check.outcome == "withdrawn"
    assert sum(DayTotal.objects.filter(learner=room.learner).values_list("credited_ms", flat=True)) == 30_000
    assert Interruption.objects.filter(at__gt=check.asked_at, kind="started").exists()
