"""How days become weeks and months, and how sums come about."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.reporting.rules.figures import (
    A_YEAR,
    DRAWN_PERIODS,
    Amounts,
    Attempts,
    Attended,
    Outcomes,
    People,
    Period,
    Tally,
    band_of,
    begins,
    following,
    period_of,
    without_gaps,
)
from jiangxue.reporting.rules.sheets import hours_of, ratio_of

_days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
_ms = st.integers(0, 10**12)
_reasons = st.dictionaries(st.sampled_from(["paused", "silent", "jumped"]), st.integers(1, 10**9), max_size=3)


@st.composite
def amounts(draw: st.DrawFn) -> Amounts:
    effective = draw(_ms)
    return Amounts(effective + draw(_ms), effective, draw(_ms), draw(_reasons))


@given(st.lists(amounts()))
def test_sums_of_parts_are_the_sum_of_all(parts: list[Amounts]) -> None:
    whole = sum(parts, Amounts())
    assert whole.credited_ms == sum(part.credited_ms for part in parts)
    assert whole.all_refused_ms == sum(part.all_refused_ms for part in parts)
    assert whole.raw_ms == whole.credited_ms + whole.all_refused_ms
    assert whole.provisional_ms == whole.credited_ms - whole.effective_ms
    assert sum(ms for key, ms in whole.by_column.items() if key.startswith("refused_")) == whole.by_column["refused"]


@given(st.lists(_ms, min_size=1))
def test_hours_are_rounded_once_and_never_gained_by_dividing(parts: list[int]) -> None:
    assert 0 <= hours_of(sum(parts)) - sum(map(hours_of, parts)) < len(parts) + 1


@given(_days, st.sampled_from(Period))
def test_every_day_lies_in_one_part_of_time(day: date, period: Period) -> None:
    first = begins(period, day)
    assert first <= day < following(period, first)
    assert begins(period, first) == first
    assert begins(period, following(period, first) - timedelta(days=1)) == first


@given(st.sets(_days, max_size=20), st.sampled_from(Period))
def test_parts_of_time_have_no_gaps(days: set[date], period: Period) -> None:
    parts = without_gaps(period, days)
    assert {begins(period, day) for day in days} <= set(parts)
    assert all(following(period, one) == two for one, two in pairwise(parts))


@given(_days, st.integers(0, 4_000))
def test_a_chart_has_room_for_every_part(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    period = period_of({first, last})
    assert len(without_gaps(period, {first, last} if days < A_YEAR.days else {last})) <= DRAWN_PERIODS


def test_an_old_class_makes_no_chart_coarser() -> None:
    today = date(2026, 11, 27)
    assert period_of(()) is Period.DAY
    assert period_of({date(2020, 5, 11), today - timedelta(days=20), today}) is Period.DAY
    assert period_of({today - timedelta(days=100), today}) is Period.WEEK
    assert period_of({today - timedelta(days=300), today}) is Period.MONTH


@pytest.mark.parametrize(("value", "band"), [(0, 0), (15, 0), (16, 1), (24, 1), (25, 2), (60, 5), (61, 6), (120, 6)])
def test_ages_lie_in_bands(value: int, band: int) -> None:
    assert band_of(value, (16, 25, 35, 45, 55, 61)) == band


def test_a_share_of_nothing_is_none() -> None:
    assert ratio_of(0, 0) is None
    assert ratio_of(13, 16) == 8125


def test_checks_add_up() -> None:
    one = Tally(sign_ins=1, checks=Outcomes(passed=2, missed=1), faces=Outcomes(failed=1, unclear=1))
    assert (one + one).checks.asked == 6
    assert (one + one).faces.asked == 4
    assert (one + Tally()).sign_ins == 1


@given(st.lists(st.tuples(*[st.integers(0, 10_000)] * 3), max_size=6))
def test_an_average_mark_is_that_of_all_attempts_together(parts: list[tuple[int, int, int]]) -> None:
    whole = sum(
        (Attempts(passed, failed, expired, 50 * (passed + failed)) for passed, failed, expired in parts), Attempts()
    )
    assert whole.handed_in == sum(passed + failed for passed, failed, _expired in parts)
    assert whole.average == (50_00 if whole.handed_in else None)


@given(st.lists(st.tuples(*[st.integers(0, 10**9)] * 4), max_size=6))
def test_attended_time_adds_up_and_hours_are_derived_once(parts: list[tuple[int, int, int, int]]) -> None:
    whole = sum((Attended(*part) for part in parts), Attended())
    assert whole.live_ms == sum(part[1] for part in parts)
    assert whole.practice_hours == hours_of(sum(part[3] for part in parts))
    assert whole.live_hours >= sum(Attended(*part).live_hours for part in parts)


def test_persons_are_not_added_up() -> None:
    assert People(enrolled=2, persons=2, left=1) + People(enrolled=3, persons=3) == People(enrolled=5, left=1)
