"""The rules of appeals and corrections (clauses T1.3, M6; docs/rules/effective-time.md)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.errors import CorrectsTooMuch, NotAppealable, NotTheTurn, OwnTime, SamePerson
from jiangxue.learning.rules.appeals import (
    AppealState,
    StepKind,
    after_corrections,
    corrected_ms,
    due_on,
    is_beyond_usual,
    is_overdue,
    require_appealable,
    require_proposal,
    require_review,
    state_after,
)
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.replay import merged
from jiangxue.learning.rules.shapes import DayShare, Stretch
from tests.refusals import refusal_of

HEAD, SECOND, LEARNER = 1, 2, 3
_days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-11-23", "2026-11-26"),  # Monday, Thursday
        ("2026-11-25", "2026-11-30"),  # Wednesday, Monday
        ("2026-11-27", "2026-12-02"),  # Friday, Wednesday
        ("2026-11-28", "2026-12-02"),  # Saturday
        ("2026-11-29", "2026-12-02"),  # Sunday
    ],
)
def test_an_appeal_is_due_on_the_third_working_day_after_its_opening(opened: str, due: str) -> None:
    assert due_on(date.fromisoformat(opened)).isoformat() == due


@given(_days)
def test_three_working_days_always_lie_between(opened: date) -> None:
    due = due_on(opened)
    between = [opened + timedelta(days=n) for n in range(1, (due - opened).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == 3
    assert due.weekday() < 5


@given(_days, _days)
def test_who_appeals_later_is_never_answered_earlier(one: date, other: date) -> None:
    assert (due_on(one) <= due_on(other)) or one > other


def test_an_appeal_is_overdue_from_the_day_after_until_it_is_settled() -> None:
    due = date(2026, 11, 26)
    assert not is_overdue(due, due, AppealState.TO_APPROVE)
    assert is_overdue(due, due + timedelta(days=1), AppealState.TO_APPROVE)
    assert not is_overdue(due, due + timedelta(days=1), AppealState.SETTLED)


@pytest.mark.parametrize("reason", [None, Reason.REPEAT, Reason.PAGE_FULL, Reason.LESSON_FULL])
def test_what_counts_or_was_counted_once_cannot_be_appealed(reason: Reason | None) -> None:
    assert refusal_of(lambda: require_appealable(Stretch(0, 1_000, reason))) is NotAppealable


def test_less_than_a_second_cannot_be_appealed() -> None:
    assert refusal_of(lambda: require_appealable(Stretch(0, 999, Reason.SILENT))) is NotAppealable
    assert require_appealable(Stretch(0, 1_000, Reason.SILENT)) is Reason.SILENT


def test_what_was_given_back_cannot_be_appealed_again() -> None:
    assert refusal_of(lambda: require_appealable(Stretch(0, 1_000, Reason.SILENT, corrected=True))) is NotAppealable


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.REPEAT, Reason.PAGE_FULL, Reason.LESSON_FULL}))
def test_every_other_refusal_can(reason: Reason) -> None:
    assert require_appealable(Stretch(0, 1_000, reason)) is reason


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (None, AppealState.TO_PROPOSE),
        (StepKind.PROPOSED, AppealState.TO_APPROVE),
        (StepKind.SENT_BACK, AppealState.TO_PROPOSE),
        (StepKind.APPROVED, AppealState.SETTLED),
    ],
)
def test_the_last_step_says_whose_turn_it_is(last: StepKind | None, state: AppealState) -> None:
    assert state_after(last) is state


@pytest.mark.parametrize("ms", [0, 60_001])
def test_no_more_is_given_back_than_was_refused_and_not_nothing(ms: int) -> None:
    assert (
        refusal_of(lambda: require_proposal(AppealState.TO_PROPOSE, by=HEAD, learner=LEARNER, ms=ms, of_ms=60_000))
        is CorrectsTooMuch
    )


@pytest.mark.parametrize("ms", [None, 1, 60_000])
def test_to_uphold_or_to_give_back_up_to_all_of_it_may_be_proposed(ms: int | None) -> None:
    require_proposal(AppealState.TO_PROPOSE, by=HEAD, learner=LEARNER, ms=ms, of_ms=60_000)


def test_nobody_decides_about_their_own_time() -> None:
    assert (
        refusal_of(lambda: require_proposal(AppealState.TO_PROPOSE, by=LEARNER, learner=LEARNER, ms=None, of_ms=1))
        is OwnTime
    )
    assert (
        refusal_of(lambda: require_review(AppealState.TO_APPROVE, by=LEARNER, learner=LEARNER, proposer=HEAD))
        is OwnTime
    )


def test_who_proposed_does_not_approve() -> None:
    assert (
        refusal_of(lambda: require_review(AppealState.TO_APPROVE, by=HEAD, learner=LEARNER, proposer=HEAD))
        is SamePerson
    )
    require_review(AppealState.TO_APPROVE, by=SECOND, learner=LEARNER, proposer=HEAD)


@pytest.mark.parametrize("state", [AppealState.TO_APPROVE, AppealState.SETTLED])
def test_a_proposal_out_of_turn_is_refused(state: AppealState) -> None:
    assert refusal_of(lambda: require_proposal(state, by=HEAD, learner=LEARNER, ms=None, of_ms=1)) is NotTheTurn


@pytest.mark.parametrize("state", [AppealState.TO_PROPOSE, AppealState.SETTLED])
def test_a_review_out_of_turn_is_refused(state: AppealState) -> None:
    assert refusal_of(lambda: require_review(state, by=SECOND, learner=LEARNER, proposer=HEAD)) is NotTheTurn


def test_all_whole_seconds_stand_for_all_of_the_stretch() -> None:
    assert corrected_ms(60_000, 60_999) == 60_999
    assert corrected_ms(59_000, 60_999) == 59_000


_reasons = st.sampled_from([None, *Reason])
_lines = st.lists(st.tuples(st.integers(1, 90_000), _reasons), min_size=1, max_size=20)


def _line(parts: list[tuple[int, Reason | None]]) -> list[Stretch]:
    found, at = [], 0
    for ms, reason in parts:
        found.append(Stretch(at, at + ms, reason))
        at += ms
    return found


@pytest.mark.clause("T1.3")
@given(_lines, st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(1, 90_000)), max_size=5))
def test_a_correction_credits_nothing_and_changes_no_reason(
    parts: list[tuple[int, Reason | None]], given_back: list[tuple[int, int]]
) -> None:
    before = _line(parts)
    after = after_corrections(before, [(start, start + ms) for start, ms in given_back])
    one, other = DayShare(1, tuple(before)), DayShare(1, tuple(after))
    assert (one.credited_ms, one.refused_ms) == (other.credited_ms, other.refused_ms)
    assert 0 <= other.corrected_ms <= sum(one.refused_ms.values())
    assert all(left.end_ms == right.start_ms for left, right in pairwise(after))
    assert (after[0].start_ms, after[-1].end_ms) == (before[0].start_ms, before[-1].end_ms)


def test_what_was_given_back_is_not_joined_to_its_neighbours() -> None:
    line = after_corrections([Stretch(0, 60_000, Reason.SILENT)], [(0, 20_000)])
    assert [(each.kind, each.ms) for each in merged(line)] == [("corrected", 20_000), ("silent", 40_000)]


@pytest.mark.parametrize(
    ("corrected", "credited", "flagged"), [(0, 0, False), (5, 100, False), (6, 100, True), (1, 0, True)]
)
def test_a_class_above_five_percent_is_flagged(corrected: int, credited: int, *, flagged: bool) -> None:
    assert is_beyond_usual(corrected, credited) is flagged
