"""What each place in a class holds, for outlines and rosters; callers come with places that their viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from jiangxue.learning.models import Segment, StudySession


@dataclass(frozen=True, slots=True)
class Place:
    """What one place in a class holds in all, the running session included."""

    credited_ms: int
    last_learned_at: datetime | None
    learning_now: bool


def places(enrolment_ids: Sequence[int]) -> dict[int, Place]:
    """Return what each place holds."""
    sealed = Segment.objects.filter(session__enrolment_id__in=enrolment_ids)
    credited = dict(sealed.values_list("session__enrolment_id").annotate(Sum("credited_ms")))
    sessions = StudySession.objects.filter(enrolment_id__in=enrolment_ids)
    last = dict(sessions.values_list("enrolment_id").annotate(Max("opened_at")))
    running = {s.enrolment_id: s for s in sessions.filter(lease__isnull=False).select_related("lease")}
    found = {}
    for enrolment_id in enrolment_ids:
        session = running.get(enrolment_id)
        live_ms = session.lease.reached_ms - session.opening["reached_ms"] if session else 0
        found[enrolment_id] = Place(
            credited.get(enrolment_id, 0) + live_ms, last.get(enrolment_id), session is not None
        )
    return found
