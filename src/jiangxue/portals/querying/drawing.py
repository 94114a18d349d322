"""What the charts of statistics are made of: a figure, and how it writes time and parts of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jiangxue.portals.querying.cells import written
from jiangxue.reporting.rules.figures import DRAWN_PERIODS, Amounts, Period, Tally
from jiangxue.reporting.rules.sheets import HOUR_UNIT_MS, Kind
from jiangxue.ui.charts import Chart


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its table: the heads of the columns, and rows of texts, the first of which names the row; `note` says what is not drawn."""

    chart: Chart
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    @property
    def name(self) -> str:
        """Return what the figure is called in addresses."""
        return self.chart.name


def last_drawn(parts: Sequence[object]) -> str:
    """Say that a chart over time shows the last parts alone, where there are more."""
    return _("drawn: the last %(number)d") % {"number": DRAWN_PERIODS} if len(parts) > DRAWN_PERIODS else ""


def in_hours(milliseconds: int) -> float:
    """Return the height of a column: hours, not rounded."""
    return milliseconds / HOUR_UNIT_MS


def in_words(milliseconds: int) -> str:
    """Write a length of time as pages do."""
    return written(Kind.DURATION, milliseconds)


def said_hours(amounts: Amounts) -> str:
    """Write the hours of an amount, rounded down once."""
    return written(Kind.HOURS, amounts.hours)


def part_of_time(period: Period, first: date) -> str:
    """Write where a part of time begins, as short as a chart needs."""
    return f"{first:%Y-%m}" if period is Period.MONTH else f"{first:%m-%d}"


def time_cells(tally: Tally) -> tuple[str, ...]:
    """Write the columns of time of a table."""
    time = tally.time
    return (
        in_words(time.credited_ms),
        in_words(time.effective_ms),
        said_hours(time),
        in_words(time.corrected_ms),
        in_words(time.all_refused_ms),
    )
