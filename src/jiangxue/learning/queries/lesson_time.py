"""What the time of places in classes comes to lesson by lesson, with everything that was refused. Clauses T1.3, T2.4."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from jiangxue.learning.models import Correction
from jiangxue.learning.queries.identity import days_not_confirmed
from jiangxue.learning.rules.reasons import Reason


@dataclass(slots=True)
class LessonTime:
    """The time of one place in one lesson, as far as it is sealed: credited (confirmed included), refused by reason, and given back by people; ms."""

    credited_ms: int = 0
    confirmed_ms: int = 0
    corrected_ms: int = 0
    refused_ms: Counter[str] = field(default_factory=Counter)

    @property
    def provisional_ms(self) -> int:
        """Return what no check has confirmed."""
        return self.credited_ms - self.confirmed_ms


_JUDGED = """
SELECT session.enrolment_id, session.lesson_id, coalesce(away.why, ''), what.name, sum(what.ms)
FROM learning_studysession AS session
JOIN learning_segment AS segment ON segment.session_id = session.id
LEFT JOIN unnest(%s::bigint[], %s::date[], %s::text[]) AS away (enrolment_id, day, why)
    ON (away.enrolment_id, away.day) = (session.enrolment_id, segment.day)
CROSS JOIN LATERAL (
    SELECT 'credited' AS name, segment.credited_ms::bigint AS ms
    UNION ALL SELECT key, value::bigint FROM jsonb_each_text(segment.refused_ms)
    UNION ALL SELECT 'by ' || kind, ms FROM learning_verdict WHERE segment_id = segment.id
) AS what
WHERE session.enrolment_id = ANY(%s)
GROUP BY 1, 2, 3, 4
"""


def lesson_time(
    enrolment_ids: Collection[int], *, kept_out: Mapping[tuple[int, date], str] | None = None
) -> dict[tuple[int, int], LessonTime]:
    """Return `{(enrolment, lesson): time}` of what was learned in places, later verdicts and corrections included.

    Of days of which two persons have said that nobody could confirm who learned, nothing counts: it is `unconfirmed`. Nor does
    anything of the days of places that the caller names with a reason: all that they credit stands under that reason.
    """
    found: dict[tuple[int, int], LessonTime] = {}
    not_counted: dict[tuple[int, int, str], LessonTime] = {}
    away = {**(kept_out or {}), **dict.fromkeys(days_not_confirmed(enrolment_ids), Reason.UNCONFIRMED.value)}
    with connection.cursor() as cursor:
        places, days = [pk for pk, _ in away], [day for _, day in away]
        cursor.execute(_JUDGED, [places, days, list(away.values()), list(enrolment_ids)])
        for enrolment_id, lesson_id, why, name, ms in cursor.fetchall():
            if why:
                time = not_counted.setdefault((enrolment_id, lesson_id, why), LessonTime())
            else:
                time = found.setdefault((enrolment_id, lesson_id), LessonTime())
            _add(time, name, int(ms))
    for (enrolment_id, lesson_id, why), time in not_counted.items():
        refused_ms = found.setdefault((enrolment_id, lesson_id), LessonTime()).refused_ms
        refused_ms.update(time.refused_ms + Counter({why: time.credited_ms}))
    given = Correction.objects.filter(session__enrolment__in=enrolment_ids)
    for enrolment_id, lesson_id, day, ms in given.values_list("session__enrolment", "session__lesson", "day", "ms"):
        if (enrolment_id, day) not in away:
            found.setdefault((enrolment_id, lesson_id), LessonTime()).corrected_ms += ms
    return found


def _add(time: LessonTime, name: str, ms: int) -> None:
    """Add what segments judged, and what later verdicts moved: a confirmed part stays credited, any other is refused by the verdict's name."""
    match name.split(" ", 1):
        case ["credited"]:
            time.credited_ms += ms
        case ["by", "confirmed"]:
            time.confirmed_ms += ms
        case ["by", reason]:
            time.credited_ms -= ms
            time.refused_ms[reason] += ms
        case [reason]:
            time.refused_ms[reason] += ms
