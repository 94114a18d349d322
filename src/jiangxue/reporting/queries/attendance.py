"""The sheet of attendance (考勤): a row for each place and day with live or practice lessons, as a job found them."""

from django.db import connection
from django.utils.translation import gettext as _

from jiangxue.reporting.queries.people import CLASSES, PERSON, TAUGHT, class_cells, person_cells, plain
from jiangxue.reporting.queries.scope import PLACES, Scope
from jiangxue.reporting.queries.sheets import Plan, Sheet, day_key, id_key
from jiangxue.reporting.rules.columns import ATTENDED
from jiangxue.reporting.rules.sheets import Column, Kind, hours_of

_DAYS = """
JOIN reporting_placeattendance AS attended ON attended.enrolment_id = place.id AND attended.day BETWEEN %(first)s AND %(last)s
"""


def attendance(scope: Scope, *, masked: bool) -> Sheet:
    """Return what was attended in a scope."""
    return Sheet(
        name="attendance",
        title=_("Attendance"),
        cells=(
            plain("day", _("Day"), Kind.DAY),
            *person_cells(masked=masked),
            *class_cells(),
            plain("live_planned", _("Live lessons planned"), Kind.DURATION),
            plain("live", _("Live lessons counted"), Kind.DURATION),
            (Column("live_hours", _("Live hours"), Kind.HOURS), lambda raw: hours_of(raw["live"])),
            plain("practice_planned", _("Practice planned"), Kind.DURATION),
            plain("practice", _("Practice counted"), Kind.DURATION),
            (Column("practice_hours", _("Practice hours"), Kind.HOURS), lambda raw: hours_of(raw["practice"])),
        ),
        scope=scope,
        plan=Plan(
            select=f"{PERSON}, {TAUGHT}, attended.day, {', '.join(f'attended.{name}' for name in ATTENDED)}",
            source=f"{PLACES} {_DAYS}",
            where=scope.where,
            keys=(day_key("attended.day"), id_key("place.id")),
            beside=CLASSES,
        ),
        sums=_sums,
    )


def _sums(scope: Scope) -> dict[str, int]:
    together = ", ".join(f"coalesce(sum(attended.{name}), 0)" for name in ATTENDED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {together} {scope.places(_DAYS)}", scope.values)
        found = dict(zip(ATTENDED, map(int, cursor.fetchone() or ()), strict=True))
    return {**found, "live_hours": hours_of(found["live"]), "practice_hours": hours_of(found["practice"])}
