"""The sheet of learners (学员): a row for each place in a class, with what it holds of the days that are asked for."""

from django.utils.translation import gettext as _

from jiangxue.reporting.queries.people import (
    CLASSES,
    PERSON,
    TAUGHT,
    aim_cells,
    background_cells,
    class_cells,
    person_cells,
    plain,
    word,
)
from jiangxue.reporting.queries.scope import LEARNER_STATE, PLACES, Scope
from jiangxue.reporting.queries.sheets import Plan, Sheet, id_key
from jiangxue.reporting.queries.time_cells import BESIDE_TIME, HELD, SETTLED, cells_beside_time, time_cells
from jiangxue.reporting.rules.sheets import Column, Kind, ratio_of
from jiangxue.ui.report_words import LEARNER_STATES

_SELECT = f"""
{PERSON}, {TAUGHT}, version.content #>> '{{facts,project_type}}' AS project,
place.enrolled_at, {LEARNER_STATE} AS standing,
standing.done, standing.lessons, held.*, settled.hours AS recognised, attendance.*, tested.*, looked.*, kept_out.*
"""


def learners(scope: Scope, *, masked: bool) -> Sheet:
    """Return the places of a scope."""
    return Sheet(
        name="learners",
        title=_("Learners"),
        cells=(
            *person_cells(masked=masked),
            *background_cells(),
            *class_cells(),
            *aim_cells(),
            plain("enrolled_at", _("Enrolled at"), Kind.MOMENT),
            word("standing", _("State"), LEARNER_STATES),
            (
                Column("progress", _("Lessons completed"), Kind.RATIO),
                lambda raw: ratio_of(raw["done"] or 0, raw["lessons"] or 0),
            ),
            *time_cells(),
            (Column("days", _("Learning days"), Kind.NUMBER), lambda raw: raw["days"]),
            plain("last_day", _("Last learned"), Kind.DAY),
            plain("recognised", _("Hours recognised"), Kind.HOURS),
            *cells_beside_time(),
        ),
        scope=scope,
        plan=Plan(
            select=_SELECT,
            source=PLACES,
            where=scope.where,
            keys=(id_key("place.id"),),
            beside=f"{CLASSES} {HELD} {SETTLED} {BESIDE_TIME}",
        ),
    )
