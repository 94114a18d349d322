"""Records of a class are kept for five years at least, and for longer where that is the rule (clause T8.1)."""

from datetime import date

import pytest

from jiangxue.enrolment.rules.keeping import kept_at_least_until


@pytest.mark.clause("T8.1")
@pytest.mark.parametrize(
    ("closes_on", "years", "until"),
    [
        (date(2026, 11, 26), 5, date(2031, 11, 26)),
        (date(2028, 2, 29), 5, date(2033, 3, 1)),
        (date(2028, 2, 29), 8, date(2036, 2, 29)),
        (date(2026, 12, 31), 10, date(2036, 12, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_so_many_years_later(closes_on: date, years: int, until: date) -> None:
    assert kept_at_least_until(closes_on, years) == until
