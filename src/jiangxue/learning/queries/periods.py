"""Learning days in a row, and the instants at which they begin and end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.days import day_start_ms

PERIOD_DAYS = 7


@dataclass(frozen=True, slots=True)
class Period:
    """Some learning days in a row, the first and the last included."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Return its days in order."""
        return [self.first + timedelta(days=more) for more in range((self.last - self.first).days + 1)]

    @property
    def begins_at(self) -> datetime:
        """Return its beginning."""
        return from_ms(day_start_ms(self.first.toordinal()))

    @property
    def ends_at(self) -> datetime:
        """Return its end."""
        return from_ms(day_start_ms(self.last.toordinal() + 1))


def week_until(last: date) -> Period:
    """Return the seven days that end with `last`."""
    return Period(last - timedelta(days=PERIOD_DAYS - 1), last)
