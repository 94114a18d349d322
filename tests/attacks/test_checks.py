"""Getting round a check, and the honest twins of those who try. Clause T2.6."""

import pytest

from jiangxue.enrolment.services import enrol
from jiangxue.kernel.clock import HandClock, to_ms
from jiangxue.learning.models import Check, Lease, LessonProgress, StudySession
from tests.attacks.checks import MINUTE_MS, disagreements, due_after, figures, learn, passed, right, sweep, wrong
from tests.attacks.client import EVENT, LEAVE, Page
from tests.attacks.conftest import PageFor, WindowFor, end_in, open_url, way_of
from tests.conftest import Drawn
from tests.factories import people
from tests.factories.classes import Classroom, classroom
from tests.hot.harness import Harness


@pytest.fixture
def room(hot: Harness, clock: HandClock) -> Classroom:
    return classroom(clock.now(), lesson_ms=7_200_000)


@pytest.mark.clause("T2.6")
def test_the_honest_twin_answers_and_all_of_it_is_confirmed(
    room: Classroom, window_for: WindowFor, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    window = window_for()
    window.start()
    window.watch(12 * MINUTE_MS)
    window.leave()
    sweep()
    credited_ms, confirmed_ms, missed_ms = figures(room.learner)
    assert (
        credited_ms
        == window.clock_ms() - to_ms(StudySession.objects.get(pk=window.session).opened_at) - window.reads_ms
    )
    assert 10 * MINUTE_MS <= confirmed_ms <= 10 * MINUTE_MS + 36_000
    assert missed_ms == 0
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
def test_a_check_that_is_never_shown_is_missed_after_three_minutes(
    room: Classroom, asked: Page, clock: HandClock
) -> None:
    for _ in range(5):
        clock.advance(30_000)
        status, answer = asked.beat(11 * MINUTE_MS)
        assert (status, answer["verdict"]) == (200, [["check_pending", 30_000]])
        assert answer["directive"] == {"do": "check"}
    clock.advance(31_000)
    status, answer = asked.beat(11 * MINUTE_MS)
    assert (status, end_in(answer)) == (410, "missed_check")
    sweep()
    assert figures(room.learner) == (3 * MINUTE_MS, 0, 7 * MINUTE_MS)
    assert LessonProgress.objects.get(enrolment=room.enrolment).reached_ms == 3 * MINUTE_MS
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
def test_what_is_voided_returns_to_the_days_cap(
    room: Classroom, asked: Page, page_for: PageFor, clock: HandClock
) -> None:
    clock.advance(181_000)
    again = page_for()
    _status, opened = again.open()
    assert opened["day_ms"] == 3 * MINUTE_MS
    assert opened["reached_ms"] == 3 * MINUTE_MS


@pytest.mark.clause("T2.6")
def test_an_answer_after_the_minute_is_late(room: Classroom, asked: Page, clock: HandClock) -> None:
    prompt = asked.show_check()
    assert prompt
    assert prompt["left_ms"] == 60_000
    clock.advance(60_000)
    status, answer = asked.answer_check(prompt, right(prompt))
    assert (status, answer["outcome"]) == (200, "missed")
    assert figures(room.learner)[2] == 7 * MINUTE_MS


@pytest.mark.clause("T2.6")
def test_the_honest_twin_answers_in_the_last_second(room: Classroom, asked: Page, clock: HandClock) -> None:
    prompt = asked.show_check()
    assert prompt
    clock.advance(59_999)
    _status, answer = asked.answer_check(prompt, right(prompt))
    assert answer["outcome"] == "passed"
    assert figures(room.learner) == (10 * MINUTE_MS, 10 * MINUTE_MS, 0)


@pytest.mark.clause("T2.6")
def test_waiting_before_it_is_shown_wins_no_time(asked: Page, clock: HandClock) -> None:
    clock.advance(150_000)
    prompt = asked.show_check()
    assert prompt
    assert prompt["left_ms"] == 30_000


@pytest.mark.clause("T2.6")
def test_an_answer_given_twice_counts_once(room: Classroom, asked: Page, clock: HandClock) -> None:
    prompt = asked.show_check()
    assert prompt
    answers = [asked.answer_check(prompt, right(prompt)) for _ in range(3)]
    assert {answer["outcome"] for _status, answer in answers} == {"passed"}
    assert figures(room.learner) == (10 * MINUTE_MS, 10 * MINUTE_MS, 0)


@pytest.mark.clause("T2.6")
def test_an_old_answer_does_not_pass_a_new_check(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 5 * MINUTE_MS)
    page = page_for()
    page.open()
    learn(page, clock, 5 * MINUTE_MS)
    prompt = page.show_check()
    assert prompt
    choice = right(prompt)
    chance.numbers.clear()
    due_after(chance, 5 * MINUTE_MS)
    assert page.answer_check(prompt, choice)[1]["outcome"] == "passed"
    assert learn(page, clock, 5 * MINUTE_MS)["directive"] == {"do": "check"}
    assert page.answer_check(prompt, choice)[1]["outcome"] == "passed"  # what came of that one; the new one stays open
    assert Check.objects.get(learner=room.learner, outcome="")
    assert figures(room.learner)[1] == 5 * MINUTE_MS


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("field", ["check", "nonce"])
def test_an_answer_to_something_else_is_no_answer(asked: Page, field: str) -> None:
    prompt = asked.show_check()
    assert prompt
    made_up = "0" * len(prompt[field])
    status, answer = asked.answer_check(prompt, right(prompt), **{field: made_up})
    assert (status, answer) == (409, {"error": "no_such_check"})


@pytest.mark.clause("T2.6")
def test_an_answer_before_it_was_shown_is_no_answer(room: Classroom, asked: Page) -> None:
    guess = {"check": "0" * 32, "nonce": "0" * 16}
    assert asked.answer_check(guess, 0)[0] == 409
    assert figures(room.learner)[1] == 0


@pytest.mark.clause("T2.6")
def test_nobody_answers_somebody_elses_check(room: Classroom, asked: Page, page_for: PageFor, clock: HandClock) -> None:
    friend = people.account(now=clock.now())
    enrol(class_id=room.training_class.pk, learner_id=friend.pk, now=clock.now())
    prompt = asked.show_check()
    assert prompt
    theirs = page_for(friend)
    assert theirs.answer_check(prompt, right(prompt))[0] == 409
    assert theirs.show_check() is None
    assert figures(room.learner)[1] == 0


@pytest.mark.clause("T2.6")
def test_a_second_wrong_press_is_a_miss(room: Classroom, asked: Page, clock: HandClock) -> None:
    prompt = asked.show_check()
    assert prompt
    assert len(prompt["options"]) == len(set(prompt["options"])) == 6
    _status, answer = asked.answer_check(prompt, wrong(prompt))
    assert answer["outcome"] == "again"
    prompt = answer["prompt"]
    assert prompt["attempts_left"] == 1
    _status, answer = asked.answer_check(prompt, wrong(prompt))
    assert answer["outcome"] == "missed"
    clock.advance(30_000)
    assert end_in(asked.beat(11 * MINUTE_MS)[1]) == "missed_check"
    assert figures(room.learner) == (3 * MINUTE_MS, 0, 7 * MINUTE_MS)


@pytest.mark.clause("T2.6")
def test_the_honest_twin_that_slips_once_may_press_again(room: Classroom, asked: Page, clock: HandClock) -> None:
    prompt = asked.show_check()
    assert prompt
    clock.advance(5_000)
    prompt = asked.answer_check(prompt, wrong(prompt))[1]["prompt"]
    assert prompt["left_ms"] == 55_000
    assert asked.answer_check(prompt, right(prompt))[1]["outcome"] == "passed"
    assert figures(room.learner) == (10 * MINUTE_MS, 10 * MINUTE_MS, 0)


@pytest.mark.clause("T2.6")
def test_a_page_that_plays_on_beside_the_check_earns_nothing_for_it(
    room: Classroom, asked: Page, clock: HandClock
) -> None:
    for beat in range(4):
        clock.advance(30_000)
        asked.beat(10 * MINUTE_MS + 30_000 * (beat + 1))
    passed(asked)
    clock.advance(2_000)
    _status, answer = asked.beat(10 * MINUTE_MS + 122_000, flags=EVENT)
    assert answer["reached_ms"] <= 10 * MINUTE_MS + 2_000


@pytest.mark.clause("T2.6")
@pytest.mark.parametrize("way", ["leaves", "reloads", "signs in anew", "another lesson", "another device"])
def test_no_way_leads_past_an_open_check(
    room: Classroom, asked: Page, page_for: PageFor, clock: HandClock, way: str
) -> None:
    clock.advance(3_000)
    if way == "leaves":
        asked.beat(10 * MINUTE_MS, flags=LEAVE)
    pages = {"another lesson": page_for(lesson=1), "another device": page_for(), "signs in anew": page_for()}
    pages["signs in anew"].window = asked.window
    page = pages.get(way, asked)
    clock.advance(3_000)
    status, opened = page.open(take_over=True)
    assert (status, opened["check"]) == (200, True)
    clock.advance(30_000)
    _status, answer = page.beat(opened["position_ms"] + 30_000)
    assert answer["credited_ms"] == 0
    assert answer["directive"] == {"do": "check"}
    passed(page)
    assert figures(room.learner) == (10 * MINUTE_MS, 10 * MINUTE_MS, 0)
    assert not disagreements(room)


@pytest.mark.clause("T2.6")
def test_closing_the_tab_at_the_prompt_is_a_miss(room: Classroom, asked: Page, clock: HandClock) -> None:
    asked.show_check()
    asked.beat(10 * MINUTE_MS, flags=LEAVE)
    clock.advance(60_000)
    sweep()
    assert figures(room.learner) == (3 * MINUTE_MS, 0, 7 * MINUTE_MS)


@pytest.mark.clause("T2.6")
def test_the_honest_twin_that_leaves_before_a_check_is_due_loses_nothing(
    room: Classroom, page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    page = page_for()
    page.open()
    learn(page, clock, 9 * MINUTE_MS)
    page.beat(9 * MINUTE_MS, flags=LEAVE)
    clock.advance(3_600_000)
    sweep()
    assert figures(room.learner) == (9 * MINUTE_MS, 0, 0)


@pytest.mark.clause("T2.6")
def test_sessions_that_stop_short_of_a_check_come_to_it_together(
    page_for: PageFor, clock: HandClock, chance: Drawn
) -> None:
    due_after(chance, 10 * MINUTE_MS)
    for _ in range(2):
        page = page_for()
        page.open(take_over=True)
        assert learn(page, clock, 4 * MINUTE_MS)["directive"] == {"do": "go_on"}
        page.beat(Lease.objects.get(session=page.session).reached_ms, flags=LEAVE)
        clock.advance(600_000)
        sweep()
    page = page_for(lesson=1)
    page.open()
    assert learn(page, clock, 2 * MINUTE_MS)["directive"] == {"do": "check"}


@pytest.mark.clause("T2.6")
def test_lessons_shorter_than_any_gap_do_not_outrun_the_check(hot: Harness, clock: HandClock, chance: Drawn) -> None:
    """Nine lessons of a minute under a rule without last checks could be learned before ten minutes; the tenth asks."""
    room = classroom(clock.now(), lesson_ms=MINUTE_MS, lessons=12)
    due_after(chance, 10 * MINUTE_MS - 30_000)
    asked = 0
    for lesson in range(10):
        page = Page(way_of(room.learner, hot), open_url(room, lesson))
        page.open(take_over=True)
        answer = learn(page, clock, 30_000)
        clock.advance(29_000)
        _status, answer = page.beat(59_000)
        asked += answer["directive"] == {"do": "check"}
        if not asked:
            page.beat(59_000, flags=LEAVE)
            clock.advance(5_000)
    assert asked == 1
