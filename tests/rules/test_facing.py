"""When a face is due, for any rule and any history (clauses T3.1, T3.2)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.facing import (
    Before,
    LastFace,
    Trigger,
    drawn_face_ms,
    is_as_strict,
    is_long,
    may_be_unavailable,
    trigger_at_opening,
)
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy

pytestmark = pytest.mark.clause("T3.1")
NOW_MS = 1_800_000_000_000
TODAY_MS = NOW_MS - 8 * 60 * MINUTE_MS
ON = TimePolicy(face_checks=1)
_chances = st.floats(0, 1, exclude_max=True)
_switch = st.integers(0, 1)
_policies = st.builds(
    TimePolicy,
    face_checks=st.just(1),
    face_first_of_day=_switch,
    face_lesson_start=_switch,
    face_device_change=_switch,
    face_break_ms=st.integers(MINUTE_MS, 120 * MINUTE_MS),
)
_times = st.integers(NOW_MS - 48 * 60 * MINUTE_MS, NOW_MS)
_last = st.builds(
    LastFace, settled_at_ms=_times, outcome=st.sampled_from(CheckOutcome), device=st.sampled_from(["手机", "电脑"])
)
_before = st.builds(
    Before,
    last=st.none() | _last,
    passed_at_ms=st.none() | _times,
    ended_at_ms=st.none() | _times,
    is_same_lesson=st.booleans(),
)


def trigger(policy: TimePolicy, before: Before, *, device: str = "电脑") -> Trigger | None:
    return trigger_at_opening(policy, before, device=device, today_ms=TODAY_MS, now_ms=NOW_MS)


def passed(ago_ms: int, *, ended_ago_ms: int | None = None, device: str = "电脑") -> Before:
    """Return a history whose last face was passed so long ago, in the same lesson."""
    at_ms = NOW_MS - ago_ms
    ended_ms = NOW_MS - (ended_ago_ms if ended_ago_ms is not None else 1_000)
    return Before(LastFace(at_ms, CheckOutcome.PASSED, device), at_ms, ended_ms, is_same_lesson=True)


@given(_before)
def test_where_faces_are_not_checked_none_is_due(before: Before) -> None:
    assert trigger(TimePolicy(), before) is None


@given(_policies, _before)
def test_whoever_was_not_known_last_time_shows_their_face_first(policy: TimePolicy, before: Before) -> None:
    if before.last is not None and before.last.outcome in {
        CheckOutcome.FAILED,
        CheckOutcome.MISSED,
        CheckOutcome.UNCLEAR,
    }:
        assert trigger(policy, before) is not None


@given(_policies, _before)
def test_the_first_lesson_of_a_day_begins_with_one_where_the_rule_says_so(policy: TimePolicy, before: Before) -> None:
    first = before.passed_at_ms is None or before.passed_at_ms < TODAY_MS
    assert (trigger(policy, before) is Trigger.FIRST_OF_DAY) == bool(policy.face_first_of_day and first)


@given(_policies, _before)
def test_a_stricter_rule_never_asks_less(policy: TimePolicy, before: Before) -> None:
    strict = TimePolicy(
        face_checks=1,
        face_lesson_start=1,
        face_break_ms=MINUTE_MS,
        face_least_ms=policy.face_least_ms,
    )
    if trigger(policy, before) is not None:
        assert trigger(strict, before) is not None


def test_a_short_break_asks_nothing_and_a_long_one_only_if_the_last_check_is_long_ago() -> None:
    assert trigger(ON, passed(20 * MINUTE_MS, ended_ago_ms=3 * MINUTE_MS)) is None
    assert trigger(ON, passed(20 * MINUTE_MS, ended_ago_ms=3 * MINUTE_MS + 1)) is Trigger.BREAK
    assert trigger(ON, passed(8 * MINUTE_MS, ended_ago_ms=4 * MINUTE_MS)) is None


def test_another_device_asks() -> None:
    assert trigger(ON, passed(MINUTE_MS), device="手机") is Trigger.DEVICE


def test_what_the_server_withdrew_speaks_against_nobody() -> None:
    before = Before(
        LastFace(NOW_MS - 5_000, CheckOutcome.WITHDRAWN, "电脑"),
        NOW_MS - MINUTE_MS,
        NOW_MS - 1_000,
        is_same_lesson=True,
    )
    assert trigger(ON, before) is None


@pytest.mark.parametrize(
    "easier",
    [{"face_pass_permille": 399}, {"face_unclear_permille": 339}, {"face_camera_labels": 0}, {"face_attempts": 4}],
)
def test_a_pass_elsewhere_is_one_here_only_where_nothing_was_easier(easier: dict[str, int]) -> None:
    assert is_as_strict(ON, ON)
    assert not is_as_strict(replace(ON, **easier), ON)
    assert is_as_strict(ON, replace(ON, **easier))


@given(_policies, _before)
def test_whose_last_pass_does_not_count_here_shows_their_face_first(policy: TimePolicy, before: Before) -> None:
    if before.last is not None:
        elsewhere = replace(before, last=replace(before.last, counts_here=False))
        assert trigger(policy, elsewhere) is not None


@given(_chances)
def test_a_draw_lies_between_the_least_and_the_longest_time(chance: float) -> None:
    assert ON.face_least_ms <= drawn_face_ms(ON, chance) <= ON.face_most_ms


@given(st.tuples(_chances, _chances))
def test_a_later_chance_never_draws_an_earlier_check(chances: tuple[float, float]) -> None:
    low, high = sorted(chances)
    assert drawn_face_ms(ON, low) <= drawn_face_ms(ON, high)


@given(_chances)
def test_the_first_of_a_day_and_whatever_follows_an_unpassed_one_is_long(chance: float) -> None:
    assert is_long(ON, Trigger.FIRST_OF_DAY, chance)
    assert is_long(ON, Trigger.UNPASSED, chance)
    assert is_long(ON, Trigger.RANDOM, chance) == (chance * 100 < ON.face_long_percent)


def test_a_check_is_put_off_as_often_as_the_rule_says() -> None:
    assert [may_be_unavailable(ON, times) for times in range(4)] == [True, True, False, False]
