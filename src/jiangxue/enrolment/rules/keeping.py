"""How long what was learned in a class is kept at least. Clause T8.1."""

from datetime import date


def kept_at_least_until(closes_on: date, years: int) -> date:
    """Return the day until which a class's records are kept at least: `years` after its end; records made later keep it longer.

    A day that the year lacks (29 February) is the next one. docs/rules/retention.md.
    """
    year = closes_on.year + years
    try:
        return closes_on.replace(year=year)
    except ValueError:  # 29 February of a year that has none
        return date(year, 3, 1)
