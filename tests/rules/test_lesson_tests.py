"""Tests of lessons: what is drawn, how it is marked, when it may be begun, and what a lesson lacks (docs/rules/lesson-tests.md)."""

from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.assessment.errors import NoAttemptLeft, NoSuchTest, NotPlayedThrough, PassedAlready, UnknownChoice
from jiangxue.assessment.rules.attempts import LessonTest, is_over, require_beginnable
from jiangxue.assessment.rules.items import Asked, Item, drawn, unanswered, with_choices
from jiangxue.assessment.rules.marking import marked
from jiangxue.assessment.rules.recognition import Missing, missing_of
from tests.conftest import MORNING

QUESTIONS = st.lists(
    st.builds(Asked, st.integers(1, 999), st.integers(2, 5)), min_size=1, max_size=20, unique_by=lambda q: q.ref
)
OPEN = LessonTest(questions=4, pass_percent=60, attempts_a_day=3)


def items(*options: int | None) -> list[Item]:
    """Return items whose options stand in their own order, with these choices."""
    return [Item(ref, (0, 1, 2), chosen, 5 if chosen is not None else None) for ref, chosen in enumerate(options)]


@given(QUESTIONS, st.integers())
def test_every_question_and_every_option_is_drawn_once(questions: list[Asked], seed: int) -> None:
    found = drawn(questions, Random(seed).random)
    assert sorted(item.ref for item in found) == sorted(question.ref for question in questions)
    counts = {question.ref: question.options for question in questions}
    assert all(sorted(item.order) == list(range(counts[item.ref])) for item in found)
    assert unanswered(found) == tuple(range(len(questions)))


def test_chance_turns_questions_and_options_around() -> None:
    found = drawn([Asked(1, 3), Asked(2, 3)], iter([0.9, 0.1, 0.3, 0.2, 0.1, 0.1, 0.2, 0.3]).__next__)
    assert [(item.ref, item.order) for item in found] == [(2, (2, 1, 0)), (1, (0, 1, 2))]


@given(QUESTIONS, st.integers())
def test_an_item_is_kept_as_it_is(questions: list[Asked], seed: int) -> None:
    for item in drawn(questions, Random(seed).random):
        assert Item.from_values(item.to_values()) == item


def test_a_choice_is_the_place_as_shown_and_keeps_its_first_time() -> None:
    item = Item(7, (2, 0, 1))
    (first,) = with_choices([item], {0: 0}, 1_000)
    assert (first.option, first.chosen_at_ms) == (2, 1_000)
    (again,) = with_choices([first], {0: 0}, 2_000)
    assert again == first
    (changed,) = with_choices([first], {0: 2}, 3_000)
    assert (changed.option, changed.chosen_at_ms) == (1, 3_000)


def test_a_choice_that_is_left_out_stays() -> None:
    assert [item.chosen for item in with_choices(items(1, None), {1: 2}, 9)] == [1, 2]


@pytest.mark.parametrize("choices", [{2: 0}, {-1: 0}, {0: 3}, {0: -1}])
def test_a_choice_of_what_was_not_drawn_is_refused(choices: dict[int, int]) -> None:
    with pytest.raises(UnknownChoice):
        with_choices(items(None, None), choices, 9)


@pytest.mark.parametrize(
    ("right", "of", "score", "passed"),
    [(0, 3, 0, False), (2, 3, 66, True), (3, 5, 60, True), (7, 12, 58, False), (3, 3, 100, True)],
)
def test_a_score_is_in_whole_points_rounded_down(right: int, of: int, score: int, passed: bool) -> None:
    mark = marked(items(*[1] * right, *[0] * (of - right)), dict.fromkeys(range(of), 1), 60)
    assert (mark.right, mark.of, mark.score, mark.is_passed) == (right, of, score, passed)


@given(st.integers(1, 20), st.integers(0, 20), st.integers(1, 100))
def test_all_right_is_always_passed_and_nothing_right_never(of: int, right: int, pass_percent: int) -> None:
    right = min(right, of)
    mark = marked(items(*[1] * right, *[0] * (of - right)), dict.fromkeys(range(of), 1), pass_percent)
    assert 0 <= mark.score <= 100
    assert mark.is_passed == (mark.score >= pass_percent)
    assert mark.is_passed or right < of
    assert right or not mark.is_passed


@pytest.mark.parametrize(
    ("test", "is_played", "refusal"),
    [
        (LessonTest(), True, NoSuchTest),
        (LessonTest(questions=4, attempts_a_day=3, passed_with=80), True, PassedAlready),
        (OPEN, False, NotPlayedThrough),
        (LessonTest(questions=4, attempts_a_day=3, begun_today=3), True, NoAttemptLeft),
    ],
)
def test_what_may_not_be_begun_is_refused_with_its_reason(
    test: LessonTest, is_played: bool, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        require_beginnable(test, is_played=is_played)


def test_a_played_lesson_with_attempts_left_may_be_begun() -> None:
    require_beginnable(LessonTest(questions=4, attempts_a_day=3, begun_today=2), is_played=True)


def test_a_test_is_on_while_attempts_are_left_or_one_is_open() -> None:
    assert OPEN.is_on
    assert not LessonTest(questions=4, attempts_a_day=3, begun_today=4).is_on
    assert LessonTest(questions=4, attempts_a_day=3, begun_today=3, open_attempt=uuid4()).is_on
    assert not LessonTest(questions=4, attempts_a_day=3, passed_with=60).is_on


@pytest.mark.parametrize(("at", "over"), [(MORNING - timedelta(milliseconds=1), False), (MORNING, True)])
def test_the_time_of_an_attempt_is_up_at_its_end(at: datetime, over: bool) -> None:
    assert is_over(MORNING, at) == over


@pytest.mark.clause("T0")
def test_a_lesson_is_recognised_when_it_is_played_confirmed_and_its_test_passed() -> None:
    assert missing_of(LessonTest(), is_played=True, is_confirmed=True) == ()
    assert missing_of(OPEN, is_played=True, is_confirmed=True) == (Missing.TEST,)
    assert missing_of(LessonTest(questions=4, passed_with=60), is_played=True, is_confirmed=True) == ()
    assert missing_of(OPEN, is_played=False, is_confirmed=False) == (Missing.PLAYED, Missing.CONFIRMED, Missing.TEST)
