"""What a class is doing: for its staff and for supervisors. Clauses T7, C5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.days import Day, SessionDay, session_days


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Sums over a class, running sessions included; milliseconds."""

    learning_now: int
    credited_today_ms: int
    credited_ms: int
    confirmed_ms: int


_SEALED = """
SELECT training_class_id, 0, coalesce(sum(credited_ms) FILTER (WHERE day = %(today)s), 0), sum(credited_ms),
    sum(confirmed_ms)
FROM learning_daytotal WHERE training_class_id = ANY(%(classes)s)
"""
_RUNNING = """
SELECT training_class_id, count(*) FILTER (WHERE lease.end_reason = ''),
    coalesce(sum((held.ms - coalesce(sealed.ms, 0))), 0),
    coalesce(sum(lease.reached_ms - (session.sealed_state ->> 'reached_ms')::bigint), 0), 0
FROM learning_lease AS lease
JOIN learning_studysession AS session ON session.id = lease.session_id
JOIN enrolment_enrolment AS place ON place.id = session.enrolment_id
LEFT JOIN LATERAL (
    SELECT (balance ->> 2)::bigint AS ms FROM jsonb_array_elements(lease.balances) AS balance
    WHERE (balance ->> 0)::integer = %(ordinal)s
) AS held ON true
LEFT JOIN LATERAL (
    SELECT (balance ->> 2)::bigint AS ms FROM jsonb_array_elements(session.sealed_state -> 'balances') AS balance
    WHERE (balance ->> 0)::integer = %(ordinal)s
) AS sealed ON true
WHERE training_class_id = ANY(%(classes)s) GROUP BY training_class_id
"""
_FIGURES = f"{_SEALED} GROUP BY training_class_id UNION ALL {_RUNNING}"
_TODAY = f"{_SEALED} AND day = %(today)s GROUP BY training_class_id UNION ALL {_RUNNING}"
"""Each one statement, so that what is sealed meanwhile counts once. What a lease is ahead of its sealed state needs no judging again:
`reached` grows by credit alone, and a day's balance by that day's credit."""


def figures(viewer: Viewer, class_ids: Sequence[int], today: date) -> dict[int, ClassFigures]:
    """Return the figures of those classes that the viewer may see."""
    seen = list(classes(viewer).filter(pk__in=class_ids).values_list("pk", flat=True))
    sums: dict[int, Sequence[int]] = dict.fromkeys(seen, (0, 0, 0, 0))
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"classes": seen, "today": today, "ordinal": today.toordinal()})
        for class_id, *found in cursor.fetchall():
            sums[class_id] = [before + int(more) for before, more in zip(sums[class_id], found, strict=True)]
    return {pk: ClassFigures(*found) for pk, found in sums.items()}


@dataclass(frozen=True, slots=True)
class Today:
    """What happens on the present learning day in many classes: how many learn now, and what was credited, in ms."""

    learning_now: int
    credited_ms: int


def today_within(viewer: Viewer, today: date) -> Today:
    """Return what happens today in all classes that the viewer may see; only the rows of today are read."""
    seen = list(classes(viewer).order_by().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, {"classes": seen, "today": today, "ordinal": today.toordinal()})
        rows = cursor.fetchall()
    return Today(sum(int(row[1]) for row in rows), sum(int(row[2]) for row in rows))


def day_of_places(viewer: Viewer, enrolment_ids: Sequence[int], day: date) -> dict[int, Day]:
    """Return one learning day of each of those places that lie in classes the viewer may see."""
    parts: dict[int, list[SessionDay]] = {enrolment_id: [] for enrolment_id in enrolment_ids}
    visible = classes(viewer).order_by().values("pk")
    sessions = StudySession.objects.filter(enrolment_id__in=enrolment_ids, enrolment__training_class__in=visible)
    for part in session_days(sessions, [day]):
        parts[part.session.enrolment_id].append(part)
    return {enrolment_id: Day(day, found) for enrolment_id, found in parts.items()}
