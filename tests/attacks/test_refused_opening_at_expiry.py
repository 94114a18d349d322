"""Whoever keeps the lease busy with openings that are refused must not win by it: the check that has expired is settled all the same. Clause T2.6."""

import pytest

from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check
from jiangxue.learning.services import opening
from tests.attacks.checks import MINUTE_MS, figures, wrong
from tests.attacks.client import Page
from tests.attacks.conftest import PageFor
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


@pytest.mark.clause("T2.6")
def test_an_opening_that_is_one_too_many_settles_an_expired_check(
    room: Classroom, asked: Page, page_for: PageFor, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "OPENINGS_A_DAY", 1)
    clock.advance(181_000)
    assert page_for().open()[1]["error"] == "too_many_openings"
    assert Check.objects.filter(learner=room.learner, outcome="missed").exists()


@pytest.mark.clause("T2.6")
def test_refusals_for_a_minute_do_not_withdraw_the_check(
    room: Classroom, asked: Page, page_for: PageFor, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a loop of such openings does: each holds the lease, the sweeper passes over a lease that is held."""
    monkeypatch.setattr(opening, "OPENINGS_A_DAY", 1)
    clock.advance(180_000)
    for _ in range(61):
        clock.advance(1_000)
        page_for().open()
    asked.show_check()
    assert Check.objects.get(learner=room.learner).outcome == "missed"
    assert figures(room.learner)[2] == 7 * MINUTE_MS


@pytest.mark.clause("T2.6")
def test_a_guess_and_then_refusals_are_no_free_guess(
    room: Classroom, asked: Page, page_for: PageFor, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "OPENINGS_A_DAY", 1)
    prompt = asked.show_check()
    assert prompt
    assert asked.answer_check(prompt, wrong(prompt))[1]["outcome"] == "again"
    clock.advance(60_000)
    for _ in range(61):
        clock.advance(1_000)
        page_for().open()
    asked.show_check()
    assert Check.objects.get(learner=room.learner).outcome == "missed"
