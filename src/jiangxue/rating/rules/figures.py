"""What ratings come to: averages, how they are spread, and how they went over a year. Clause M6."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jiangxue.rating.rules.drafts import STARS

MONTHS = 12
"""Months that a trend goes back, the present one included."""


@dataclass(frozen=True, slots=True)
class Average:
    """How many rated, and the sum of their stars."""

    count: int = 0
    sum: int = 0

    @property
    def tenths(self) -> int:
        """Return the average in tenths of a star, half a tenth rounded up; 0 while nobody has rated."""
        return (20 * self.sum + self.count) // (2 * self.count) if self.count else 0

    @property
    def said(self) -> str:
        """Return the average with one decimal, or a dash while nobody has rated."""
        return f"{self.tenths // 10}.{self.tenths % 10}" if self.count else "—"


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave so many stars, and how many of a hundred that are."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Month:
    """The ratings that were given in one month, which begins on `first`."""

    first: date
    average: Average


def average_of(counts: Mapping[int, int]) -> Average:
    """Return the average of ratings of which so many gave each number of stars."""
    return Average(sum(counts.values()), sum(stars * count for stars, count in counts.items()))


def spread_of(counts: Mapping[int, int]) -> tuple[Share, ...]:
    """Return how ratings are spread over five to one stars; each percent is rounded by itself, so that equal counts look equal."""
    total = sum(counts.get(stars, 0) for stars in STARS)
    return tuple(Share(stars, counts.get(stars, 0), _percent(counts.get(stars, 0), total)) for stars in STARS)


def _percent(count: int, total: int) -> int:
    return (200 * count + total) // (2 * total) if total else 0


def months_until(today: date) -> tuple[date, ...]:
    """Return the first days of the months of a trend that ends with the present one, oldest first."""
    present = today.year * 12 + today.month - 1
    return tuple(date(at // 12, at % 12 + 1, 1) for at in range(present - MONTHS + 1, present + 1))


def trend_of(months: Iterable[tuple[date, Average]], today: date) -> tuple[Month, ...]:
    """Return the last months in order, also those in which nobody rated."""
    known = dict(months)
    return tuple(Month(first, known.get(first, Average())) for first in months_until(today))
