"""Records of a class are kept for five years at least (clause T8.1)."""

from datetime import date

import pytest

from jiangxue.enrolment.rules.keeping import kept_at_least_until


@pytest.mark.clause("T8.1")
@pytest.mark.parametrize(
    ("closes_on", "until"),
    [
        (date(2026, 11, 26), date(2031, 11, 26)),
        (date(2028, 2, 29), date(2033, 3, 1)),
        (date(2026, 12, 31), date(2031, 12, 31)),
    ],
)
def test_a_term_ends_on_the_same_day_five_years_later(closes_on: date, until: date) -> None:
    assert kept_at_least_until(closes_on) == until
