"""Facts worth a look are found where they are, with their evidence, and honest look-alikes are left alone (clause M6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.anomalies import (
    QUICK_MS,
    STEADY_ANSWERS,
    STEADY_DEVIATION_MS,
    UNBROKEN_MS,
    Anomaly,
    AnomalyKind,
    CheckFact,
    DayFact,
    measures_apart,
    misses_in_period,
    misses_on_day,
    quick_answers,
    steady_answers,
    unbroken_days,
)
from jiangxue.learning.rules.checks import CheckOutcome, needs_review
from jiangxue.policies.rules.time_policy import TimePolicy

pytestmark = pytest.mark.clause("M6")
POLICY = TimePolicy()


def answered(*reactions_ms: int, learner: int = 1, page_says: int | None = None) -> list[CheckFact]:
    return [
        CheckFact(learner, 1, 60_000 * number, CheckOutcome.PASSED, reaction_ms, page_says)
        for number, reaction_ms in enumerate(reactions_ms)
    ]


def missed(times: int, *, day: int = 1, learner: int = 1) -> list[CheckFact]:
    return [CheckFact(learner, day, day * 86_400_000 + at, CheckOutcome.MISSED) for at in range(times)]


def learners(found: list[Anomaly]) -> list[tuple[int, ...]]:
    return [each.learners for each in found]


def test_an_answer_quicker_than_reading_is_seen_with_its_figure() -> None:
    (found,) = quick_answers(answered(4_000, 450, 5_000))
    assert [each.ms for each in found.evidence] == [450]


def test_a_quick_person_is_left_alone() -> None:
    assert quick_answers(answered(QUICK_MS, 900, 1_100)) == []


def test_a_script_with_a_fixed_wait_is_seen() -> None:
    (found,) = steady_answers(answered(3_020, 3_000, 3_110, 2_990, 3_050))
    assert len(found.evidence) == STEADY_ANSWERS


def test_four_answers_alike_are_chance_and_ordinary_people_differ_by_seconds() -> None:
    assert steady_answers(answered(3_000, 3_000, 3_000, 3_000)) == []
    assert steady_answers(answered(2_400, 3_900, 3_100, 6_800, 2_900, 3_300)) == []


def test_answers_of_two_people_are_not_taken_together() -> None:
    assert steady_answers(answered(3_000, 3_000, 3_000) + answered(3_000, 3_000, 3_000, learner=2)) == []


@given(st.lists(st.integers(0, 60_000), min_size=2, max_size=12))
def test_only_a_spread_below_the_threshold_is_called_steady(reactions_ms: list[int]) -> None:
    is_wide = max(reactions_ms) - min(reactions_ms) > STEADY_DEVIATION_MS * len(reactions_ms)
    found = steady_answers(answered(*reactions_ms))
    assert not (found and (is_wide or len(reactions_ms) < STEADY_ANSWERS))


@given(st.integers(0, 60_000), st.integers(STEADY_ANSWERS, 12))
def test_enough_answers_that_all_take_the_same_time_are_called_steady(reaction_ms: int, number: int) -> None:
    (found,) = steady_answers(answered(*[reaction_ms] * number))
    assert [each.ms for each in found.evidence] == [reaction_ms] * number


def test_the_two_measures_are_held_against_one_another() -> None:
    (found,) = measures_apart(answered(9_000, page_says=1_000))
    assert (found.evidence[0].ms, found.evidence[0].other_ms) == (9_000, 1_000)


def test_a_slow_network_and_a_page_that_says_nothing_are_left_alone() -> None:
    assert measures_apart(answered(9_000, page_says=4_000)) == []
    assert measures_apart(answered(9_000)) == []


def test_a_day_is_looked_at_for_three_misses_and_more_than_a_fifth() -> None:
    assert learners(misses_on_day(missed(3) + answered(4_000), POLICY)) == [(1,)]


def test_a_long_day_with_three_misses_among_many_checks_is_left_alone() -> None:
    assert misses_on_day(missed(3) + answered(*[4_000] * 12), POLICY) == []


def test_what_the_server_withdrew_counts_neither_as_a_miss_nor_as_a_check() -> None:
    withdrawn = [CheckFact(1, 1, at, CheckOutcome.WITHDRAWN) for at in range(20)]
    assert misses_on_day(withdrawn, POLICY) == []
    assert misses_in_period(withdrawn) == []
    assert learners(misses_on_day(missed(3) + withdrawn, POLICY)) == [(1,)]


@given(st.integers(0, 8), st.integers(0, 30))
def test_a_day_is_seen_exactly_where_the_rule_of_checks_says_so(misses: int, passes: int) -> None:
    found = misses_on_day(missed(misses) + answered(*[4_000] * passes), POLICY)
    assert bool(found) is needs_review(misses, misses + passes, POLICY)


def test_one_miss_a_day_on_three_days_is_seen_in_the_week_and_not_on_a_day() -> None:
    checks = [*missed(1, day=1), *missed(1, day=2), *missed(1, day=3)]
    assert misses_on_day(checks, POLICY) == []
    (found,) = misses_in_period(checks)
    assert [each.day for each in found.evidence] == [1, 2, 3]


def test_two_misses_in_a_week_are_left_alone_whoever_else_missed_some() -> None:
    assert misses_in_period(missed(2) + missed(2, learner=2)) == []


def test_three_long_days_without_a_break_are_noted() -> None:
    (found,) = unbroken_days(DayFact(1, day, UNBROKEN_MS, 0) for day in (1, 2, 5))
    assert found.is_note
    assert found.last_day == 5


@pytest.mark.parametrize(
    "days",
    [
        [DayFact(1, day, UNBROKEN_MS, 0) for day in (1, 2)],
        [DayFact(1, day, UNBROKEN_MS - 1, 0) for day in (1, 2, 3)],
        [DayFact(1, day, UNBROKEN_MS, 90_000) for day in (1, 2, 3)],
        [DayFact(day, day, UNBROKEN_MS, 0) for day in (1, 2, 3)],
    ],
    ids=["two days", "short days", "with a break", "three people"],
)
def test_diligent_days_are_left_alone(days: list[DayFact]) -> None:
    assert unbroken_days(days) == []


def test_only_notes_are_notes() -> None:
    assert not Anomaly(AnomalyKind.QUICK_ANSWERS, (1,), ()).is_note
