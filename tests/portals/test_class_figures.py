"""What checks confirm and void is the same on every page, to the second (clauses T1.3, T2.6, T7)."""

import pytest

from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.learning.queries.board import figures
from jiangxue.learning.queries.records import day_of_learner
from jiangxue.learning.queries.week import days_of_places
from jiangxue.portals.figures import Figures, figures_of
from jiangxue.portals.watching.days import spent_of
from jiangxue.ui.durations import duration
from tests.attacks.checks import MINUTE_MS, due_after, learn, right, sweep
from tests.attacks.client import Page
from tests.attacks.conftest import open_url, way_of
from tests.conftest import Drawn
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness
from tests.portals.clients import client_of


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=60 * MINUTE_MS)


def week_figures(room: Classroom, clock: HandClock) -> Figures:
    """Return what the class's week holds of the learner's present day."""
    today = learning_day(clock.now())
    held = days_of_places(room.training_class.pk, {room.learner.pk: room.enrolment.pk}, [today])
    return figures_of(spent_of(held[room.enrolment.pk, today]))


def assert_same_everywhere(room: Classroom, clock: HandClock) -> Figures:
    today = learning_day(clock.now())
    own = figures_of(day_of_learner(room.viewer, today).stretches)
    week = week_figures(room, clock)
    assert (week.raw_ms, week.credited_ms, week.confirmed_ms) == (own.raw_ms, own.credited_ms, own.confirmed_ms)
    assert sorted(week.refused, key=lambda each: each.kind) == sorted(own.refused, key=lambda each: each.kind)
    sums = figures(people.viewer(room.head_teacher), [room.training_class.pk], today)[room.training_class.pk]
    assert (sums.credited_today_ms, sums.confirmed_ms) == (own.credited_ms, own.confirmed_ms)
    teacher = client_of(room.head_teacher)
    place = f"/institution/classes/{room.training_class.pk}"
    for address in (f"{place}/days/", f"{place}/days/{room.enrolment.pk}/{today.isoformat()}/"):
        text = teacher.get(address).content.decode()
        for ms in (own.credited_ms, own.confirmed_ms, own.refused_ms):
            assert duration(ms) in text
    return own


@pytest.mark.clause("T1.3", "T2.6", "T7")
def test_after_a_pass_and_a_miss_all_pages_agree(
    room: Classroom, hot: Harness, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 5 * MINUTE_MS)
    page = Page(way_of(room.learner, hot), open_url(room))
    page.open()
    assert learn(page, clock, 5 * MINUTE_MS)["directive"]["do"] == "check"
    clock.advance(4_000)
    prompt = page.show_check()
    assert prompt
    due_after(chance, 10 * MINUTE_MS)
    page.answer_check(prompt, right(prompt))
    assert assert_same_everywhere(room, clock).confirmed_ms == 5 * MINUTE_MS
    assert learn(page, clock, 10 * MINUTE_MS)["directive"]["do"] == "check"
    assert assert_same_everywhere(room, clock).credited_ms == 15 * MINUTE_MS
    clock.advance(200_000)
    sweep()
    own = assert_same_everywhere(room, clock)
    assert (own.credited_ms, own.confirmed_ms) == (8 * MINUTE_MS, 5 * MINUTE_MS)
