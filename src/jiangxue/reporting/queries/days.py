"""The sheet of days (每日学时): a row for each learning day of each place."""

import json

from django.utils.translation import gettext as _

from jiangxue.reporting.queries.amounts import DAYS, IN_TIME
from jiangxue.reporting.queries.people import CLASSES, PERSON, TAUGHT, class_cells, person_cells, plain
from jiangxue.reporting.queries.scope import PLACES, Scope
from jiangxue.reporting.queries.sheets import Plan, Sheet, day_key, id_key
from jiangxue.reporting.queries.time_cells import reason_cells, time_cells
from jiangxue.reporting.rules.sheets import Kind

_SELECT = f"""
{PERSON}, {TAUGHT}, total.day, total.credited_ms::bigint AS credited, total.confirmed_ms::bigint AS effective,
total.corrected_ms::bigint AS corrected, total.refused_ms AS by_reason,
(SELECT sum(value::bigint) FROM jsonb_each_text(total.refused_ms))::bigint AS refused
"""


def days(scope: Scope, *, masked: bool) -> Sheet:
    """Return the learning days of a scope."""
    return Sheet(
        name="daily",
        title=_("Hours per day"),
        cells=(
            plain("day", _("Day"), Kind.DAY),
            *person_cells(masked=masked),
            *class_cells(),
            *time_cells(),
            *reason_cells(),
        ),
        scope=scope,
        plan=Plan(
            select=_SELECT,
            source=f"{PLACES} {DAYS}",
            where=f"{scope.where} {IN_TIME}",
            keys=(day_key("total.day"), id_key("total.id")),
            beside=CLASSES,
            read=lambda raw: {**raw, "by_reason": json.loads(raw["by_reason"])},
        ),
    )
