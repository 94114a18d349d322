"""The figure of a division: what each part comes to. docs/rules/statistics.md."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiangxue.portals.querying.cells import written
from jiangxue.portals.querying.drawing import Figure, in_hours, in_words, said_hours, time_cells
from jiangxue.portals.querying.words import DIVISIONS, part_label
from jiangxue.reporting.queries.statistics import Part, Statistics
from jiangxue.reporting.rules.sheets import Kind, hours_of
from jiangxue.ui.charts import Chart, Series

DRAWN_PARTS = 12
"""A chart of a division shows so many parts; the table has all that there is room for."""


def _drawn(found: Statistics) -> list[tuple[str, Part]]:
    return [(part_label(found.by, part.key, part.named), part) for part in found.division]


def _first_drawn(parts: Sequence[object]) -> str:
    return _("drawn: the first %(number)d") % {"number": DRAWN_PARTS} if len(parts) > DRAWN_PARTS else ""


def division_figure(found: Statistics) -> Figure:
    """Return people and hours for each part of the chosen division."""
    word = str(DIVISIONS[found.by])
    parts = _drawn(found)
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
            [label for label, _part in drawn],
            (Series("", [in_hours(part.tally.time.effective_ms) for _label, part in drawn]),),
            [said_hours(part.tally.time) for _label, part in drawn],
            rows=True,
        ),
        heads,
        [(label, *_people_cells(part), *time_cells(part.tally), *_checks_cells(part)) for label, part in parts],
        _first_drawn(parts),
    )


def _people_cells(part: Part) -> tuple[str, ...]:
    held = part.people
    counts = held.enrolled, held.learning, held.finished, held.unfinished, held.left, part.tally.sign_ins
    return tuple(map(str, counts))


def _checks_cells(part: Part) -> tuple[str, ...]:
    return str(part.tally.checks.passed), str(part.tally.checks.missed)


def beside_figure(found: Statistics) -> Figure:
    """Return attendance, tests and cases for each part of the chosen division."""
    word = str(DIVISIONS[found.by])
    parts = _drawn(found)
    drawn = [(label, part.tally.attended) for label, part in parts[:DRAWN_PARTS]]
    heads = (
        word, _("Live hours"), _("Practice hours"), _("Tests passed"), _("Tests not passed"), _("Average mark"), _("Cases opened"),
        _("Cases not decided"), _("Time frozen by cases"), _("Time not recognised after cases"),
    )  # fmt: skip
    return Figure(
        Chart(
            "beside",
            _("Attendance, tests and cases: %(division)s") % {"division": word},
            _("attended hours"),
            [label for label, _held in drawn],
            (Series("", [in_hours(held.live_ms + held.practice_ms) for _label, held in drawn]),),
            [written(Kind.HOURS, hours_of(held.live_ms + held.practice_ms)) for _label, held in drawn],
            rows=True,
        ),
        heads,
        [(label, *_beside_cells(part)) for label, part in parts],
        _first_drawn(parts),
    )


def _beside_cells(part: Part) -> tuple[str, ...]:
    attended, tests, cases = part.tally.attended, part.tally.tests, part.cases
    return (
        written(Kind.HOURS, attended.live_hours),
        written(Kind.HOURS, attended.practice_hours),
        str(tests.passed),
        str(tests.failed),
        written(Kind.HOURS, tests.average),
        str(cases.opened),
        str(cases.undecided),
        in_words(cases.frozen_ms),
        in_words(cases.withheld_ms),
    )
