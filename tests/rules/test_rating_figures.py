"""Averages, spreads and trends of ratings (clause M6)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.rating.rules.drafts import STARS, Standing, standing_of
from jiangxue.rating.rules.figures import Average, average_of, months_until, spread_of, trend_of

COUNTS = st.dictionaries(st.sampled_from(STARS), st.integers(0, 10_000))


@given(COUNTS)
def test_a_percent_is_rounded_to_the_nearest(counts: dict[int, int]) -> None:
    total = sum(counts.values())
    assert all(abs(share.percent * total - share.count * 100) * 2 <= total for share in spread_of(counts))


@given(COUNTS)
def test_equal_counts_have_equal_percents(counts: dict[int, int]) -> None:
    percent_of = {share.count: share.percent for share in spread_of(counts)}
    assert all(percent_of[share.count] == share.percent for share in spread_of(counts))


@given(COUNTS)
def test_an_average_is_rounded_to_the_nearest_tenth(counts: dict[int, int]) -> None:
    average = average_of(counts)
    if average.count:
        exact = Decimal(average.sum) / average.count
        assert average.said == str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("average", "said"), [(Average(), "—"), (Average(1, 4), "4.0"), (Average(3, 13), "4.3"), (Average(20, 99), "5.0")]
)
def test_an_average_has_one_decimal(average: Average, said: str) -> None:
    assert average.said == said


@given(st.dates(date(2000, 1, 1), date(2999, 12, 31)))
def test_a_trend_is_the_last_twelve_months(today: date) -> None:
    months = months_until(today)
    assert len(set(months)) == 12
    assert (months[-1].year, months[-1].month) == (today.year, today.month)
    assert months[0] == date(today.year - (today.month < 12), today.month % 12 + 1, 1)


def test_a_month_in_which_nobody_rated_stands_in_the_trend() -> None:
    trend = trend_of([(date(2026, 10, 1), Average(2, 9))], date(2026, 11, 24))
    assert [month.average.said for month in trend[-2:]] == ["4.5", "—"]


@pytest.mark.parametrize(
    ("comment", "found", "was_hidden", "standing"),
    [
        ("", True, True, Standing.SHOWN),
        ("好", False, False, Standing.SHOWN),
        ("包过", True, False, Standing.HELD),
        ("好", False, True, Standing.HELD),
    ],
)
def test_what_becomes_of_new_words(comment: str, found: bool, was_hidden: bool, standing: Standing) -> None:
    assert standing_of(comment, found=found, was_hidden=was_hidden) is standing
