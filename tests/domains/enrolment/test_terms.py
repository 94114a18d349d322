"""When a class may earn time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jiangxue.enrolment.rules.term import is_open, term_of

FIRST, LAST = date(2026, 11, 24), date(2026, 11, 26)
BEGIN = datetime(2026, 11, 23, 16, tzinfo=UTC)
END = datetime(2026, 11, 26, 16, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def test_a_class_runs_from_the_first_midnight_in_shanghai_to_the_last() -> None:
    term = term_of(FIRST, LAST, None)
    assert [is_open(term, at) for at in (BEGIN - INSTANT, BEGIN, END - INSTANT, END)] == [False, True, True, False]


def test_closing_a_class_ends_it_then() -> None:
    closed = BEGIN + timedelta(hours=9)
    term = term_of(FIRST, LAST, closed)
    assert [is_open(term, at) for at in (closed - INSTANT, closed)] == [True, False]


@pytest.mark.parametrize("late", [END, END + timedelta(days=9)])
def test_closing_a_class_late_does_not_lengthen_it(late: datetime) -> None:
    assert term_of(FIRST, LAST, late).closes_at == END


def test_a_class_of_one_day_runs_for_that_day() -> None:
    term = term_of(FIRST, FIRST, None)
    assert term.closes_at - term.opens_at == timedelta(days=1)
