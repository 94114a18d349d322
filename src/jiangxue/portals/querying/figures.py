"""The charts of statistics, each with the table that says the same: one making for the page and for the picture. docs/rules/statistics.md."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.portals.querying.cells import written
from jiangxue.portals.querying.words import DIVISIONS, PERIODS, part_label, progress_label
from jiangxue.rating.rules.drafts import STARS
from jiangxue.reporting.queries.statistics import Statistics
from jiangxue.reporting.rules.figures import PROGRESS_BANDS, Amounts, People, Period, Tally
from jiangxue.reporting.rules.sheets import HOUR_UNIT_MS, Kind
from jiangxue.ui.charts import Chart, Look, Series
from jiangxue.ui.kinds import KINDS

DRAWN_PARTS = 12
"""A chart of a division shows so many parts; the table has all that there is room for."""
DRAWN_PERIODS = 31
"""A chart over time shows so many of the last parts; the table has all in which there was anything."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its table: the heads of the columns, and rows of texts, the first of which names the row."""

    chart: Chart
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def name(self) -> str:
        """Return what the figure is called in addresses."""
        return self.chart.name


def _hours(milliseconds: int) -> float:
    return milliseconds / HOUR_UNIT_MS


def _ms(milliseconds: int) -> str:
    return written(Kind.DURATION, milliseconds)


def _said_hours(amounts: Amounts) -> str:
    return written(Kind.HOURS, amounts.hours)


def _part_of_time(period: Period, first: date) -> str:
    return f"{first:%Y-%m}" if period is Period.MONTH else f"{first:%m-%d}"


def _held(found: Statistics) -> list[tuple[date, Tally]]:
    """Return the parts of time in which there was anything, the newest first."""
    return [(first, tally) for first, tally in reversed(found.parts) if tally != Tally()]


def time_figure(found: Statistics) -> Figure:
    """Return hours for each part of time."""
    parts = found.parts[-DRAWN_PERIODS:]
    labels = [_part_of_time(found.period, first) for first, _tally in parts]
    series = (
        Series(_("effective"), [_hours(tally.time.effective_ms) for _first, tally in parts]),
        Series(
            _("awaiting confirmation"), [_hours(tally.time.provisional_ms) for _first, tally in parts], Look.HATCHED
        ),
    )
    return Figure(
        Chart("time", _("Learning time %(period)s") % {"period": PERIODS[found.period]}, _("hours"), labels, series),
        (_("From"), _("Signed in to learn"), _("Credited time"), _("Effective learning time"), _("Hours (45 minutes each)"), _("Corrected by hand"), _("Not counted")),
        [(first.isoformat(), str(tally.sign_ins), *_time_cells(tally)) for first, tally in _held(found)],
    )  # fmt: skip


def _time_cells(tally: Tally) -> tuple[str, ...]:
    time = tally.time
    return (
        _ms(time.credited_ms),
        _ms(time.effective_ms),
        _said_hours(time),
        _ms(time.corrected_ms),
        _ms(time.all_refused_ms),
    )


def checks_figure(found: Statistics) -> Figure:
    """Return what checks of both kinds came to, for each part of time."""
    parts = [(first, tally.checks + tally.faces) for first, tally in found.parts[-DRAWN_PERIODS:]]
    series = (
        Series(_("passed"), [both.passed for _first, both in parts]),
        Series(_("missed"), [both.missed for _first, both in parts], Look.HATCHED),
        Series(_("not passed"), [both.failed for _first, both in parts], Look.DOTTED),
        Series(
            _("not possible or not decided"), [both.unavailable + both.unclear for _first, both in parts], Look.EMPTY
        ),
    )
    labels = [_part_of_time(found.period, first) for first, _both in parts]
    heads = (
        _("From"), _("Passed"), _("Missed"), _("Not passed"), _("Not possible"), _("Face passed"), _("Face not passed"),
        _("Face missed"), _("Face not possible"), _("Face not decided yet"),
    )  # fmt: skip
    return Figure(
        Chart("checks", _("Check-ins %(period)s") % {"period": PERIODS[found.period]}, _("times"), labels, series),
        heads,
        [(first.isoformat(), *map(str, _outcomes(tally))) for first, tally in _held(found)],
    )


def _outcomes(tally: Tally) -> tuple[int, ...]:
    asked, faces = tally.checks, tally.faces
    shown = asked.passed, asked.missed, asked.failed, asked.unavailable + asked.unclear
    return *shown, faces.passed, faces.failed, faces.missed, faces.unavailable, faces.unclear


def reasons_figure(found: Statistics) -> Figure:
    """Return refused time by its reason, the most first."""
    refused = sorted(found.total.time.refused_ms.items(), key=lambda each: (-each[1], each[0]))
    labels = [str(KINDS[reason].label) for reason, _ms in refused]
    values = [_hours(ms) for _reason, ms in refused]
    return Figure(
        Chart("reasons", _("Why time was not counted"), _("hours, minutes, seconds"), labels, (Series("", values),), [_ms(ms) for _r, ms in refused], rows=True),
        (_("Why not counted"), _("Not counted")),
        [(label, _ms(ms)) for label, (_reason, ms) in zip(labels, refused, strict=True)],
    )  # fmt: skip


def progress_figure(found: Statistics) -> Figure:
    """Return how far places have come."""
    counts = [found.progress.get(band, 0) for band in range(len(PROGRESS_BANDS))]
    return _counted("progress", _("How far learners have come"), [progress_label(band) for band in range(len(PROGRESS_BANDS))], counts)  # fmt: skip


def ratings_figure(found: Statistics) -> Figure:
    """Return how ratings are spread."""
    labels = [ngettext("%(stars)d star", "%(stars)d stars", stars) % {"stars": stars} for stars in STARS]
    return _counted(
        "ratings", _("What learners think of the course"), labels, [found.ratings.get(each, 0) for each in STARS]
    )


def _counted(name: str, title: str, labels: Sequence[str], counts: Sequence[int]) -> Figure:
    whole = sum(counts) or 1
    shares = [f"{1000 * count // whole / 10:.1f}%" for count in counts]
    said = [f"{count}（{share}）" for count, share in zip(counts, shares, strict=True)]
    return Figure(
        Chart(name, title, _("learners"), labels, (Series("", counts),), said, rows=True),
        ("", _("Learners"), _("Share")),
        [(label, str(count), share) for label, count, share in zip(labels, counts, shares, strict=True)],
    )


def division_figure(found: Statistics) -> Figure:
    """Return people and hours for each part of the chosen division."""
    word = str(DIVISIONS[found.by])
    parts = [(part_label(found.by, key, named), held, tally) for key, named, held, tally in found.division]
    drawn = parts[:DRAWN_PARTS]
    heads = (
        word, _("Enrolled learners"), _("Still learning"), _("All lessons finished"), _("Over without finishing"), _("Have left"), _("Signed in to learn"),
        _("Credited time"), _("Effective learning time"), _("Hours (45 minutes each)"), _("Corrected by hand"), _("Not counted"),
        _("Check-ins passed"), _("Check-ins missed"),
    )  # fmt: skip
    return Figure(
        Chart(
            "division",
            _("Effective hours: %(division)s") % {"division": word},
            _("hours"),
            [label for label, _p, _t in drawn],
            (Series("", [_hours(tally.time.effective_ms) for _l, _p, tally in drawn]),),
            [_said_hours(tally.time) for _l, _p, tally in drawn],
            rows=True,
        ),
        heads,
        [(label, *_people_cells(held), str(tally.sign_ins), *_time_cells(tally), str(tally.checks.passed), str(tally.checks.missed)) for label, held, tally in parts],
    )  # fmt: skip


def _people_cells(held: People) -> tuple[str, ...]:
    return tuple(str(each) for each in (held.enrolled, held.learning, held.finished, held.unfinished, held.left))


FIGURES: Mapping[str, Callable[[Statistics], Figure]] = {
    "time": time_figure,
    "division": division_figure,
    "checks": checks_figure,
    "reasons": reasons_figure,
    "progress": progress_figure,
    "ratings": ratings_figure,
}
