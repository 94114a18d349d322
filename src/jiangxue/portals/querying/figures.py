"""The charts of statistics, each with the table that says the same: one making for the page and for the picture. docs/rules/statistics.md."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangxue.portals.querying.cells import written
from jiangxue.portals.querying.drawing import (
    Figure,
    in_hours,
    in_words,
    last_drawn,
    part_of_time,
    time_cells,
)
from jiangxue.portals.querying.parts import beside_figure, division_figure
from jiangxue.portals.querying.words import PERIODS, progress_label
from jiangxue.rating.rules.drafts import STARS
from jiangxue.reporting.queries.statistics import Statistics
from jiangxue.reporting.rules.figures import DRAWN_PERIODS, PROGRESS_BANDS, Attempts, Attended, Tally
from jiangxue.reporting.rules.sheets import Kind
from jiangxue.ui.charts import Chart, Look, Series
from jiangxue.ui.kinds import KINDS


def _held(found: Statistics) -> list[tuple[date, Tally]]:
    """Return the parts of time in which there was anything, the newest first."""
    return [(first, tally) for first, tally in reversed(found.parts) if tally != Tally()]


def time_figure(found: Statistics) -> Figure:
    """Return hours for each part of time."""
    parts = found.parts[-DRAWN_PERIODS:]
    labels = [part_of_time(found.period, first) for first, _tally in parts]
    series = (
        Series(_("effective"), [in_hours(tally.time.effective_ms) for _first, tally in parts]),
        Series(
            _("awaiting confirmation"), [in_hours(tally.time.provisional_ms) for _first, tally in parts], Look.HATCHED
        ),
    )
    return Figure(
        Chart("time", _("Learning time %(period)s") % {"period": PERIODS[found.period]}, _("hours"), labels, series),
        (_("From"), _("Signed in to learn"), _("Credited time"), _("Effective learning time"), _("Hours (45 minutes each)"), _("Corrected by hand"), _("Not counted")),
        [(first.isoformat(), str(tally.sign_ins), *time_cells(tally)) for first, tally in _held(found)],
        last_drawn(found.parts),
    )  # fmt: skip


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
    labels = [part_of_time(found.period, first) for first, _both in parts]
    heads = (
        _("From"), _("Passed"), _("Missed"), _("Not passed"), _("Not possible"), _("Face passed"), _("Face not passed"),
        _("Face missed"), _("Face not possible"), _("Face not decided yet"),
    )  # fmt: skip
    return Figure(
        Chart("checks", _("Check-ins %(period)s") % {"period": PERIODS[found.period]}, _("times"), labels, series),
        heads,
        [(first.isoformat(), *map(str, _outcomes(tally))) for first, tally in _held(found)],
        last_drawn(found.parts),
    )


def _outcomes(tally: Tally) -> tuple[int, ...]:
    asked, faces = tally.checks, tally.faces
    shown = asked.passed, asked.missed, asked.failed, asked.unavailable + asked.unclear
    return *shown, faces.passed, faces.failed, faces.missed, faces.unavailable, faces.unclear


def reasons_figure(found: Statistics) -> Figure:
    """Return refused time by its reason, the most first."""
    refused = sorted(found.total.time.refused_ms.items(), key=lambda each: (-each[1], each[0]))
    labels = [str(KINDS[reason].label) for reason, _ms in refused]
    values = [in_hours(ms) for _reason, ms in refused]
    return Figure(
        Chart("reasons", _("Why time was not counted"), _("hours, minutes, seconds"), labels, (Series("", values),), [in_words(ms) for _r, ms in refused], rows=True),
        (_("Why not counted"), _("Not counted")),
        [(label, in_words(ms)) for label, (_reason, ms) in zip(labels, refused, strict=True)],
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


def attendance_figure(found: Statistics) -> Figure:
    """Return what live and practice lessons come to, for each part of time."""
    parts = [(first, tally.attended) for first, tally in found.parts[-DRAWN_PERIODS:]]
    series = (
        Series(_("live"), [in_hours(held.live_ms) for _first, held in parts]),
        Series(_("practice"), [in_hours(held.practice_ms) for _first, held in parts], Look.HATCHED),
    )
    labels = [part_of_time(found.period, first) for first, _held in parts]
    heads = (_("From"), _("Live lessons planned"), _("Live lessons counted"), _("Live hours"), _("Practice planned"), _("Practice counted"), _("Practice hours"))  # fmt: skip
    rows = [
        (first.isoformat(), *_attended(tally.attended)) for first, tally in _held(found) if tally.attended != Attended()
    ]
    return Figure(Chart("attendance", _("Attendance %(period)s") % {"period": PERIODS[found.period]}, _("hours"), labels, series), heads, rows, last_drawn(found.parts))  # fmt: skip


def _attended(held: Attended) -> tuple[str, ...]:
    live = in_words(held.live_planned_ms), in_words(held.live_ms), written(Kind.HOURS, held.live_hours)
    return (
        *live,
        in_words(held.practice_planned_ms),
        in_words(held.practice_ms),
        written(Kind.HOURS, held.practice_hours),
    )


def tests_figure(found: Statistics) -> Figure:
    """Return how tests of lessons ended, for each part of time."""
    parts = [(first, tally.tests) for first, tally in found.parts[-DRAWN_PERIODS:]]
    series = (
        Series(_("passed"), [held.passed for _first, held in parts]),
        Series(_("not passed"), [held.failed for _first, held in parts], Look.DOTTED),
        Series(_("not handed in"), [held.expired for _first, held in parts], Look.EMPTY),
    )
    labels = [part_of_time(found.period, first) for first, _held in parts]
    heads = (_("From"), _("Passed"), _("Not passed"), _("Tests not handed in"), _("Average mark"))
    rows = [(first.isoformat(), *_tested(tally.tests)) for first, tally in _held(found) if tally.tests != Attempts()]
    return Figure(Chart("tests", _("Lesson tests %(period)s") % {"period": PERIODS[found.period]}, _("times"), labels, series), heads, rows, last_drawn(found.parts))  # fmt: skip


def _tested(held: Attempts) -> tuple[str, ...]:
    return str(held.passed), str(held.failed), str(held.expired), written(Kind.HOURS, held.average)


FIGURES: Mapping[str, Callable[[Statistics], Figure]] = {
    "time": time_figure,
    "division": division_figure,
    "beside": beside_figure,
    "attendance": attendance_figure,
    "checks": checks_figure,
    "reasons": reasons_figure,
    "progress": progress_figure,
    "tests": tests_figure,
    "ratings": ratings_figure,
}
