"""The columns of time, the same in every sheet: credited, effective, hours, given back, and refused, also by reason; and what stands beside it of a place."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from jiangxue.learning.rules.reasons import Reason
from jiangxue.reporting.queries.cases import OF_A_PLACE
from jiangxue.reporting.queries.people import Cell, plain
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
LEFT JOIN archive_settledplace AS settled ON settled.enrolment_id = place.id AND NOT EXISTS (
    SELECT FROM archive_settledplace AS later WHERE later.enrolment_id = settled.enrolment_id AND later.ordinal > settled.ordinal
)
"""
"""What a place was recognised for, if its class is settled: its last row, said so that all of many places are found at once too."""

BESIDE_TIME = f"""
LEFT JOIN LATERAL (
    SELECT sum(attended.live)::bigint AS live, sum(attended.practice)::bigint AS practice
    FROM reporting_placeattendance AS attended
    WHERE attended.enrolment_id = place.id AND attended.day BETWEEN %(first)s AND %(last)s
) AS attendance ON true
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE attempt.passed) AS test_passed, count(*) FILTER (WHERE NOT attempt.passed) AS test_failed
    FROM assessment_attempt AS attempt
    WHERE attempt.enrolment_id = place.id AND attempt.outcome = 'submitted'
        AND attempt.ended_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Shanghai'
        AND attempt.ended_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
) AS tested ON true
{OF_A_PLACE}
"""
"""What a place attended, how its tests ended, and which cases there are about it."""


def time_cells() -> list[Cell]:
    """Return the columns of time; hours are those of the row's effective time alone and are never added up."""
    return [
        (Column("credited", _("Credited time"), Kind.DURATION), lambda raw: raw["credited"] or 0),
        (Column("effective", _("Effective learning time"), Kind.DURATION), lambda raw: raw["effective"] or 0),
        (Column("hours", _("Hours (45 minutes each)"), Kind.HOURS), lambda raw: hours_of(raw["effective"] or 0)),
        (Column("corrected", _("Corrected by hand"), Kind.DURATION), lambda raw: raw["corrected"] or 0),
        (Column("refused", _("Not counted"), Kind.DURATION), lambda raw: raw["refused"] or 0),
    ]


def cells_beside_time() -> list[Cell]:
    """Return the columns of attendance, tests and cases."""
    return [
        *(
            _length(name, title)
            for name, title in (("live", _("Live lessons counted")), ("practice", _("Practice counted")))
        ),
        plain("test_passed", _("Tests passed"), Kind.NUMBER),
        plain("test_failed", _("Tests not passed"), Kind.NUMBER),
        plain("cases", _("Cases opened"), Kind.NUMBER),
        plain("undecided", _("Cases not decided"), Kind.NUMBER),
        _length("frozen", _("Time frozen by cases")),
        _length("withheld", _("Time not recognised after cases")),
    ]


def _length(name: str, title: str) -> Cell:
    return Column(name, title, Kind.DURATION), lambda raw: raw[name] or 0


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
