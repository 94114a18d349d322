"""What each place in a class holds, for outlines and rosters; callers come with places that their viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Place:
    """What one place in a class holds in all, the running session included; milliseconds."""

    credited_ms: int
    confirmed_ms: int
    last_learned_at: datetime | None
    learning_now: bool


_PLACES = """
SELECT place.id, coalesce(held.credited_ms, 0) + coalesce(running.ahead_ms, 0), coalesce(held.confirmed_ms, 0),
    last.opened_at, coalesce(running.counts, false)
FROM enrolment_enrolment AS place
LEFT JOIN LATERAL (
    SELECT sum(credited_ms) AS credited_ms, sum(confirmed_ms) AS confirmed_ms FROM learning_daytotal AS total
    WHERE total.learner_id = place.learner_id AND total.training_class_id = place.training_class_id
) AS held ON true
LEFT JOIN LATERAL (
    SELECT lease.reached_ms - (session.sealed_state ->> 'reached_ms')::bigint AS ahead_ms, lease.end_reason = '' AS counts
    FROM learning_lease AS lease JOIN learning_studysession AS session ON session.id = lease.session_id
    WHERE lease.learner_id = place.learner_id AND session.enrolment_id = place.id
) AS running ON true
LEFT JOIN LATERAL (
    SELECT max(opened_at) AS opened_at FROM learning_studysession AS session WHERE session.enrolment_id = place.id
) AS last ON true
WHERE place.id = ANY(%s)
"""
"""One statement, so that what is sealed meanwhile counts once; what a lease is ahead of its sealed state was credited since."""


def places(enrolment_ids: Sequence[int]) -> dict[int, Place]:
    """Return what each place holds: its day totals and the unsealed rest of its running session."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [list(enrolment_ids)])
        return {
            place_id: Place(int(credited_ms), int(confirmed_ms), last_learned_at, learning_now=bool(now))
            for place_id, credited_ms, confirmed_ms, last_learned_at, now in cursor.fetchall()
        }
