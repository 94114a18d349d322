"""The columns of time, the same in every sheet: credited, effective, hours, given back, and refused, also by reason."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from jiangxue.learning.rules.reasons import Reason
from jiangxue.reporting.queries.people import Cell
from jiangxue.reporting.queries.sheets import Raw, Reader
from jiangxue.reporting.rules.sheets import Column, Kind, Value, hours_of
from jiangxue.ui.kinds import KINDS

HELD = """
LEFT JOIN LATERAL (
    SELECT sum(total.credited_ms)::bigint AS credited, sum(total.confirmed_ms)::bigint AS effective,
        sum(total.corrected_ms)::bigint AS corrected, count(*) AS days, max(total.day) AS last_day,
        sum((SELECT sum(value::bigint) FROM jsonb_each_text(total.refused_ms)))::bigint AS refused
    FROM learning_daytotal AS total
    WHERE total.training_class_id = place.training_class_id AND total.learner_id = place.learner_id
        AND total.day BETWEEN %(first)s AND %(last)s
) AS held ON true
"""
"""What a place holds of the days that are asked for."""
SETTLED = """
LEFT JOIN LATERAL (
    SELECT online_hours FROM archive_settledplace WHERE enrolment_id = place.id ORDER BY ordinal DESC LIMIT 1
) AS settled ON true
"""
"""What a place was recognised for, if its class is settled."""


def time_cells() -> list[Cell]:
    """Return the columns of time; hours are those of the row's effective time alone and are never added up."""
    return [
        (Column("credited", _("Credited time"), Kind.DURATION), lambda raw: raw["credited"] or 0),
        (Column("effective", _("Effective learning time"), Kind.DURATION), lambda raw: raw["effective"] or 0),
        (Column("hours", _("Hours (45 minutes each)"), Kind.HOURS), lambda raw: hours_of(raw["effective"] or 0)),
        (Column("corrected", _("Corrected by hand"), Kind.DURATION), lambda raw: raw["corrected"] or 0),
        (Column("refused", _("Not counted"), Kind.DURATION), lambda raw: raw["refused"] or 0),
    ]


def reason_cells() -> list[Cell]:
    """Return a column for each reason for which time is refused."""
    return [
        (Column(f"refused_{reason.value}", _reason(reason), Kind.DURATION, part_of="refused"), _reader(reason.value))
        for reason in Reason
    ]


def _reason(reason: Reason) -> str:
    return _("Not counted: %(reason)s") % {"reason": KINDS[reason.value].label}


def _reader(reason: str) -> Reader:
    def read(raw: Raw) -> Value:
        by_reason: Mapping[str, int] = raw["by_reason"]
        return int(by_reason.get(reason, 0))

    return read
