"""The sheet of learning records (学习记录): a row for each session and learning day, with sign-in, sign-out and what came of it.

A session over midnight has two rows, because its time belongs to two days; so the sums of this sheet are those of the days.
"""

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _

from jiangxue.reporting.queries.people import CLASSES, PERSON, TAUGHT, class_cells, person_cells, plain
from jiangxue.reporting.queries.scope import PLACES, Scope
from jiangxue.reporting.queries.sheets import Plan, Raw, Sheet, day_key, moment_key, uuid_key
from jiangxue.reporting.queries.time_cells import reason_cells, time_cells
from jiangxue.reporting.rules.sheets import Column, Kind
from jiangxue.ui.endings import ENDINGS

_LOCAL = "(%s AT TIME ZONE 'Asia/Shanghai')::date"
_LONGEST = 7
"""No session lasts so many days: whoever signed in before has no time of the days that are asked for."""
_SESSIONS = f"""
JOIN learning_studysession AS session ON session.enrolment_id = place.id
    AND session.opened_at >= (%(first)s::date - {_LONGEST})::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND session.opened_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
JOIN LATERAL (
    SELECT segment.day FROM learning_segment AS segment WHERE segment.session_id = session.id GROUP BY segment.day
    UNION ALL SELECT {_LOCAL % "session.opened_at"}
    WHERE NOT EXISTS (SELECT FROM learning_segment AS segment WHERE segment.session_id = session.id)
) AS part ON part.day BETWEEN %(first)s AND %(last)s
"""
_MADE = """
LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(name, ms) AS made FROM (
        SELECT what.name, sum(what.ms) AS ms
        FROM learning_segment AS segment CROSS JOIN LATERAL (
            SELECT 'credited' AS name, segment.credited_ms::bigint AS ms
            UNION ALL SELECT key, value::bigint FROM jsonb_each_text(segment.refused_ms)
            UNION ALL SELECT 'by ' || kind, ms FROM learning_verdict WHERE segment_id = segment.id
        ) AS what
        WHERE segment.session_id = session.id AND segment.day = part.day GROUP BY what.name
    ) AS each
) AS judged ON true
LEFT JOIN LATERAL (
    SELECT sum(ms)::bigint AS corrected FROM learning_correction
    WHERE session_id = session.id AND day = part.day
) AS given ON true
JOIN courseware_lesson AS lesson ON lesson.id = session.lesson_id
"""
_SELECT = f"""
{PERSON}, {TAUGHT}, part.day, lesson.title AS lesson, session.opened_at, session.closed_at, session.end_reason,
session.device, coalesce(judged.made, '{{}}') AS made, given.corrected
"""


def records(scope: Scope, *, masked: bool) -> Sheet:
    """Return the learning records of a scope."""
    return Sheet(
        name="records",
        title=_("Learning records"),
        cells=(
            plain("day", _("Day"), Kind.DAY),
            *person_cells(masked=masked),
            *class_cells(),
            plain("lesson", _("Lesson")),
            plain("opened_at", _("Signed in at"), Kind.MOMENT),
            plain("closed_at", _("Signed out at"), Kind.MOMENT),
            (Column("ending", _("Why it ended"), Kind.TEXT), _ending),
            plain("device", _("Device")),
            *time_cells(),
            *reason_cells(),
        ),
        scope=scope,
        plan=Plan(
            select=_SELECT,
            source=f"{PLACES} {_SESSIONS}",
            where=scope.where,
            keys=(moment_key("session.opened_at"), uuid_key("session.id"), day_key("part.day")),
            beside=f"{CLASSES} {_MADE}",
            read=_judged,
        ),
    )


def _ending(raw: Raw) -> str:
    return str(ENDINGS[raw["end_reason"]].label) if raw["end_reason"] else ""


def _judged(raw: Raw) -> Raw:
    """Add what segments judged and later verdicts moved, by column: confirmed time stays credited, any other moved time is refused."""
    made: Mapping[str, int] = json.loads(raw["made"])
    credited, effective = made.get("credited", 0), made.get("by confirmed", 0)
    by_reason: dict[str, int] = {}
    for name, ms in made.items():
        match name.split(" ", 1):
            case ["credited"] | ["by", "confirmed"]:
                continue
            case ["by", reason]:
                credited -= ms
                by_reason[reason] = by_reason.get(reason, 0) + ms
            case _:
                by_reason[name] = by_reason.get(name, 0) + ms
    found = {"credited": credited, "effective": effective, "by_reason": by_reason, "refused": sum(by_reason.values())}
    return {**raw, **found}
