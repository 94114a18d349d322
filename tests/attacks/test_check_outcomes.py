"""What the outcomes of checks do to time, and that nobody is fined for the server. Clauses T2.6, T2.5, T1.3."""

import pytest

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock
from jiangxue.learning.models import Check, Interruption, Lease, LessonProgress, Sweep
from jiangxue.learning.services import ending, settling
from jiangxue.learning.services.settling import note_sweep, running_stall
from tests.attacks.checks import MINUTE_MS, disagreements, due_after, figures, learn, passed, sweep
from tests.attacks.client import ENDED, LEAVE, Page
from tests.attacks.conftest import PageFor, WindowFor, end_in, open_url, way_of
from tests.conftest import Drawn
from tests.factories.classes import Classroom, classroom
from tests.factories.policies import set_rule
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


DAY_MS = 24 * 3_600_000


def let_expire(clock: HandClock) -> None:
    """Let the open check expire without an answer."""
    clock.advance(180_000)
    sweep()


def opened(page_for: PageFor, lesson: int = 0) -> Page:
    page = page_for(lesson=lesson)
    assert page.open()[0] == 200
    return page


@pytest.mark.clause("T2.6")
def test_the_first_miss_of_a_day_takes_seven_minutes_and_the_second_all(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS, 5 * MINUTE_MS)
    assert learn(opened(page_for), clock, 10 * MINUTE_MS)["directive"] == {"do": "check"}
    let_expire(clock)
    assert figures(room.learner) == (3 * MINUTE_MS, 0, 7 * MINUTE_MS)
    assert learn(opened(page_for), clock, 5 * MINUTE_MS)["directive"] == {"do": "check"}
    let_expire(clock)
    assert figures(room.learner) == (0, 0, 15 * MINUTE_MS)
    assert LessonProgress.objects.get(enrolment=room.enrolment).reached_ms == 0
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
def test_the_next_day_begins_with_a_first_miss_again(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS, 10 * MINUTE_MS)
    learn(opened(page_for), clock, 10 * MINUTE_MS)
    let_expire(clock)
    clock.advance(24 * 3_600_000)
    learn(opened(page_for), clock, 10 * MINUTE_MS)
    let_expire(clock)
    assert figures(room.learner) == (6 * MINUTE_MS, 0, 14 * MINUTE_MS)


@pytest.mark.clause("T2.6")
def test_what_a_first_miss_leaves_is_confirmed_by_the_next_pass(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS, 2 * MINUTE_MS)
    learn(opened(page_for), clock, 10 * MINUTE_MS)
    let_expire(clock)
    page = opened(page_for)
    learn(page, clock, 2 * MINUTE_MS)
    passed(page)
    assert figures(room.learner) == (5 * MINUTE_MS, 5 * MINUTE_MS, 7 * MINUTE_MS)
    assert not disagreements(room)


@pytest.mark.clause("T2.6", "T2.5")
def test_voided_time_leaves_each_lesson_and_class_that_it_was_learned_in(
    room: Classroom, page_for: PageFor, hot: Harness, clock: HandClock, chance: Drawn
) -> None:
    """Six minutes in one class, then four in another: the latest seven go, three of them from the first."""
    due_after(chance, 10 * MINUTE_MS)
    elsewhere = classroom(clock.now(), lesson_ms=7_200_000)
    place = enrol(class_id=elsewhere.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    learn(opened(page_for), clock, 6 * MINUTE_MS)
    other = Page(way_of(room.learner, hot), open_url(elsewhere))
    other.open(take_over=True)
    assert learn(other, clock, 4 * MINUTE_MS)["directive"] == {"do": "check"}
    let_expire(clock)
    assert LessonProgress.objects.get(enrolment=room.enrolment).reached_ms == 3 * MINUTE_MS
    assert LessonProgress.objects.get(enrolment=place).reached_ms == 0
    assert not disagreements(room)
    assert not disagreements(elsewhere)


@pytest.mark.clause("T2.6")
def test_a_pass_confirms_what_was_learned_before_in_other_sessions_and_classes(
    room: Classroom, page_for: PageFor, hot: Harness, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    elsewhere = classroom(clock.now(), lesson_ms=7_200_000)
    enrol(class_id=elsewhere.training_class.pk, learner_id=room.learner.pk, now=clock.now())
    learn(opened(page_for), clock, 6 * MINUTE_MS)
    other = Page(way_of(room.learner, hot), open_url(elsewhere))
    other.open(take_over=True)
    learn(other, clock, 4 * MINUTE_MS)
    assert passed(other)["reached_ms"] == 4 * MINUTE_MS
    assert figures(room.learner) == (10 * MINUTE_MS, 10 * MINUTE_MS, 0)


@pytest.mark.clause("T2.6", "T2.5")
def test_where_check_and_cap_fall_on_one_beat_the_check_comes_first(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    set_rule(room, clock.now(), class_day_cap_ms=5 * MINUTE_MS)
    due_after(chance, 5 * MINUTE_MS)
    page = opened(page_for)
    assert learn(page, clock, 5 * MINUTE_MS)["directive"] == {"do": "check"}
    assert passed(page)["day_ms"] == 5 * MINUTE_MS
    clock.advance(2_000)
    assert end_in(page.beat(5 * MINUTE_MS)[1]) == "cap_reached"
    assert Check.objects.filter(learner=room.learner).count() == 1
    assert figures(room.learner) == (5 * MINUTE_MS, 5 * MINUTE_MS, 0)


@pytest.mark.clause("T2.6", "T2.5")
def test_the_cap_asks_a_last_check_that_leaves_the_drawn_one_as_it_was(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    set_rule(room, clock.now(), class_day_cap_ms=5 * MINUTE_MS)
    due_after(chance, 8 * MINUTE_MS)
    page = opened(page_for)
    assert learn(page, clock, 5 * MINUTE_MS)["directive"] == {"do": "check"}
    passed(page)
    lease = Lease.objects.get(learner=room.learner)
    assert (lease.until_check_ms, lease.drawn_ms) == (3 * MINUTE_MS, 8 * MINUTE_MS)
    clock.advance(2_000)
    assert end_in(page.beat(5 * MINUTE_MS)[1]) == "cap_reached"


@pytest.mark.clause("T2.6")
def test_a_last_check_without_a_session_leaves_the_drawn_one(hot: Harness, clock: HandClock, chance: Drawn) -> None:
    due_after(chance, 8 * MINUTE_MS)
    room = classroom(clock.now())
    page = Page(way_of(room.learner, hot), open_url(room))
    page.open()
    learn(page, clock, 180_000)
    clock.advance(2_000)
    page.beat(180_000, flags=ENDED)
    page.beat(180_000, flags=LEAVE)
    clock.advance(2_000)
    sweep()
    passed(page)
    lease = Lease.objects.get(learner=room.learner)
    assert (lease.until_check_ms, lease.drawn_ms) == (5 * MINUTE_MS, 8 * MINUTE_MS)


@pytest.mark.clause("T2.6")
def test_the_end_of_a_lesson_asks_a_last_check_and_then_finishes(
    hot: Harness, clock: HandClock, window_for: WindowFor
) -> None:
    room = classroom(clock.now())
    page = Page(way_of(room.learner, hot), open_url(room))
    page.open()
    learn(page, clock, 180_000)
    assert page.beat(180_000, flags=ENDED)[1].get("directive") is None  # too soon after the last beat
    clock.advance(2_000)
    assert page.beat(180_000, flags=ENDED)[1]["directive"] == {"do": "check"}
    passed(page)
    clock.advance(2_000)
    assert end_in(page.beat(180_000, flags=ENDED)[1]) == "finished"
    assert figures(room.learner) == (180_000, 180_000, 0)
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("kind", ["started", "overloaded"])
def test_a_check_that_the_server_kept_from_being_answered_is_withdrawn(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn, kind: str
) -> None:
    clock.advance(30 * DAY_MS)  # notes of interruptions stay in the database of these tests
    due_after(chance, 10 * MINUTE_MS, 10 * MINUTE_MS)
    page = opened(page_for)
    learn(page, clock, 10 * MINUTE_MS)
    page.show_check()
    clock.advance(20_000)
    Interruption.objects.create(at=clock.now(), kind=kind)
    clock.advance(40_000)
    sweep()
    assert Check.objects.get(learner=room.learner).outcome == "withdrawn"
    assert figures(room.learner) == (10 * MINUTE_MS, 0, 0)
    clock.advance(1_000)
    assert end_in(page.beat(10 * MINUTE_MS)[1]) == "maintenance"
    _status, again = page.open()
    assert again["check"] is False
    assert again["reached_ms"] == 10 * MINUTE_MS
    assert not disagreements(room)


@pytest.fixture
def real_sweeper(room: Classroom, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sweeper remember when it came, on days of its own, and come just now."""
    monkeypatch.setattr(ending, "note_sweep", note_sweep)
    monkeypatch.setattr(settling, "running_stall", running_stall)
    clock.advance(90 * DAY_MS)
    Sweep.objects.update_or_create(pk=1, defaults={"at": clock.now()})


@pytest.mark.clause("T2.6")
def test_a_check_that_expired_while_the_sweeper_did_not_come_is_withdrawn(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn, real_sweeper: None
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    learn(opened(page_for), clock, 10 * MINUTE_MS)
    sweep()
    clock.advance(3 * 60 * MINUTE_MS)
    sweep()
    assert Check.objects.get(learner=room.learner).outcome == "withdrawn"
    assert figures(room.learner) == (10 * MINUTE_MS, 0, 0)


@pytest.mark.clause("T2.6")
def test_nor_is_it_a_miss_where_the_learner_comes_back_before_the_sweeper(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn, real_sweeper: None
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    page = opened(page_for)
    for _ in range(10):
        learn(page, clock, MINUTE_MS)
        sweep()
    clock.advance(600_000)
    assert page.show_check() is None
    assert Check.objects.get(learner=room.learner).outcome == "withdrawn"
    assert figures(room.learner) == (10 * MINUTE_MS, 0, 0)


@pytest.mark.clause("T2.6")
def test_a_stall_that_is_over_excuses_a_check_that_was_asked_in_it(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn, real_sweeper: None
) -> None:
    due_after(chance, 5 * MINUTE_MS)
    assert learn(opened(page_for), clock, 5 * MINUTE_MS)["directive"] == {"do": "check"}
    for _ in range(19):
        sweep()
        clock.advance(10_000)
    sweep()
    assert Check.objects.get(learner=room.learner).outcome == "withdrawn"


@pytest.mark.clause("T2.6")
def test_an_interruption_before_the_check_excuses_nobody(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    clock.advance(60 * DAY_MS)
    due_after(chance, 10 * MINUTE_MS)
    page = opened(page_for)
    Interruption.objects.create(at=clock.now(), kind="started")
    learn(page, clock, 10 * MINUTE_MS)
    let_expire(clock)
    assert figures(room.learner)[2] == 7 * MINUTE_MS
