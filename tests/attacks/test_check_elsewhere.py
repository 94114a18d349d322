"""Learning where no check comes, or where it is easy, and the honest twins of those who try. Clause T2.6."""

from datetime import timedelta

import pytest

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check, Lease
from tests.attacks.checks import MINUTE_MS, disagreements, due_after, figures, learn, passed, sweep, wrong
from tests.attacks.client import LEAVE, Page
from tests.attacks.conftest import PageFor, open_url, way_of
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom, teach_anew
from tests.factories.policies import set_rule
from tests.factories.questions import editor, question
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


@pytest.fixture
def elsewhere(room: Classroom, clock: HandClock) -> Classroom:
    """Return a class of another institution, in another region, that the learner is in too; its checks are rare, easy and free."""
    found = classroom(clock.now(), lesson_ms=7_200_000, region="440305")
    enrol(class_id=found.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    set_rule(
        found,
        clock.now() - timedelta(days=1),
        check_least_ms=45 * MINUTE_MS,
        check_mean_ms=60 * MINUTE_MS,
        check_most_ms=120 * MINUTE_MS,
        check_answer_ms=120_000,
        check_attempts=10,
        check_void_ms=0,
        check_simple_weight=0,
        check_course_weight=100,
    )
    question(found.lessons[0], editor(found.institution, clock.now()), clock.now())
    teach_anew(found.training_class, clock.now())
    return found


@pytest.fixture
def page_elsewhere(elsewhere: Classroom, room: Classroom, hot: Harness) -> Page:
    return Page(way_of(room.learner, hot), open_url(elsewhere))


def until_check_min(room: Classroom) -> float:
    return (Lease.objects.get(learner=room.learner).until_check_ms or 0) / MINUTE_MS


@pytest.mark.clause("T2.6", "T0")
def test_who_only_leaves_is_asked_at_the_next_opening(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    """Each session lasts a minute and ends with its only beat, which leaves."""
    due_after(chance, 3 * MINUTE_MS)
    page = page_for()
    for minute in range(3):
        assert page.open(take_over=True)[1]["check"] is False
        clock.advance(60_000)
        assert page.beat((minute + 1) * MINUTE_MS, flags=LEAVE)[0] == 200
    assert page.open(take_over=True)[1]["check"] is True
    clock.advance(60_000)
    page.beat(4 * MINUTE_MS, flags=LEAVE)
    assert page.open(take_over=True)[1]["check"] is True
    clock.advance(180_000)
    sweep()
    assert figures(room.learner) == (0, 0, 3 * MINUTE_MS)
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
def test_the_honest_twin_who_left_when_one_was_due_is_not_asked_while_away(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 2 * MINUTE_MS)
    page = page_for()
    page.open()
    learn(page, clock, 90_000)
    clock.advance(30_000)
    page.beat(120_000, flags=LEAVE)
    clock.advance(600_000)
    sweep()
    assert not Check.objects.filter(learner=room.learner).exists()
    again = page_for()
    assert again.open()[1]["check"] is True
    assert passed(again)["reached_ms"] == 2 * MINUTE_MS
    assert figures(room.learner) == (2 * MINUTE_MS, 2 * MINUTE_MS, 0)
    assert not disagreements(room)


@pytest.mark.clause("T2.6", "T2.5")
def test_a_draw_elsewhere_tells_nothing_of_when_a_check_comes_here(
    room: Classroom, page_for: PageFor, page_elsewhere: Page, clock: HandClock, chance: Drawn
) -> None:
    page_elsewhere.open()
    assert until_check_min(room) >= 45
    due_after(chance, 4 * MINUTE_MS)
    page = page_for()
    clock.advance(1_000)
    page.open(take_over=True)
    assert until_check_min(room) == 4
    clock.advance(1_000)
    page_elsewhere.open(take_over=True)
    assert until_check_min(room) == 4
    assert learn(page_elsewhere, clock, 4 * MINUTE_MS)["directive"] == {"do": "check"}


@pytest.mark.clause("T2.6")
def test_the_honest_twin_who_comes_back_to_the_same_rules_keeps_the_draw(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 20 * MINUTE_MS, MINUTE_MS)
    page_for().open()
    clock.advance(1_000)
    page_for().open(take_over=True)
    assert until_check_min(room) == 20


@pytest.mark.clause("T2.6", "T2.5")
def test_an_easy_check_elsewhere_is_as_strict_as_the_time_that_it_decides_about(
    room: Classroom, page_for: PageFor, page_elsewhere: Page, clock: HandClock, chance: Drawn
) -> None:
    """Strict rules here: one attempt, fifteen seconds, an hour voided, never a question that cannot be missed."""
    set_rule(
        room,
        clock.now() - timedelta(days=1),
        check_answer_ms=15_000,
        check_attempts=1,
        check_void_ms=60 * MINUTE_MS,
        check_course_weight=0,
    )
    due_after(chance, 11 * MINUTE_MS)
    here = page_for()
    here.open()
    learn(here, clock, 10 * MINUTE_MS)
    page_elsewhere.open(take_over=True)
    assert learn(page_elsewhere, clock, MINUTE_MS)["directive"] == {"do": "check"}
    prompt = page_elsewhere.show_check()
    assert prompt is not None
    assert (prompt["left_ms"], prompt["attempts_left"]) == (15_000, 1)
    assert prompt["kind"] != "course_question"
    assert page_elsewhere.answer_check(prompt, wrong(prompt))[1]["outcome"] == "missed"
    assert figures(room.learner) == (0, 0, 11 * MINUTE_MS)
    assert not disagreements(room)


@pytest.mark.clause("T2.6", "T2.5")
def test_the_honest_twin_who_learns_there_alone_has_the_terms_of_there(
    page_elsewhere: Page, clock: HandClock, chance: Drawn
) -> None:
    page_elsewhere.open()
    learn(page_elsewhere, clock, 118 * MINUTE_MS)
    assert learn(page_elsewhere, clock, 2 * MINUTE_MS)["directive"] == {"do": "check"}
    prompt = page_elsewhere.show_check()
    assert prompt is not None
    assert (prompt["left_ms"], prompt["attempts_left"], prompt["kind"]) == (120_000, 10, "course_question")


@pytest.mark.clause("T2.6")
def test_what_is_no_option_answers_nothing(
    page_elsewhere: Page, elsewhere: Classroom, clock: HandClock, chance: Drawn
) -> None:
    page_elsewhere.open()
    learn(page_elsewhere, clock, 118 * MINUTE_MS)
    learn(page_elsewhere, clock, 2 * MINUTE_MS)
    prompt = page_elsewhere.show_check()
    assert prompt is not None
    assert page_elsewhere.answer_check(prompt, len(prompt["options"]))[0] == 409
    assert page_elsewhere.answer_check(prompt, len(prompt["options"]) - 1)[1]["outcome"] == "passed"
