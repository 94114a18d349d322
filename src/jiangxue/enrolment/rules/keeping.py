"""How long what was learned in a class is kept at least. Clause T8.1."""

from datetime import date

YEARS = 5


def kept_at_least_until(closes_on: date) -> date:
    """Return the last day of five years after a class has ended; records made later keep it longer."""
    year = closes_on.year + YEARS
    is_leap_day = (closes_on.month, closes_on.day) == (2, 29)
    return date(year, 3, 1) if is_leap_day else closes_on.replace(year=year)
