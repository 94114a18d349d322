"""What each place in a class holds, for outlines and rosters; callers come with places that their viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, Max, Q, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce

from jiangxue.learning.models import StudySession


@dataclass(frozen=True, slots=True)
class Place:
    """What one place in a class holds in all, the running session included."""

    credited_ms: int
    last_learned_at: datetime | None
    learning_now: bool


def places(enrolment_ids: Sequence[int]) -> dict[int, Place]:
    """Return what each place holds; `reached` grows by credit alone, so that its growth is what a session credits."""
    reached = Coalesce("lease__reached_ms", Cast(KT("sealed_state__reached_ms"), IntegerField()))
    rows = (
        StudySession.objects.filter(enrolment_id__in=enrolment_ids)
        .values("enrolment_id")
        .annotate(
            credited_ms=Sum(reached - Cast(KT("opening__reached_ms"), IntegerField())),
            last_learned_at=Max("opened_at"),
            now=Count("lease", filter=Q(lease__end_reason="")),
        )
        .values_list("enrolment_id", "credited_ms", "last_learned_at", "now")
    )
    found = {enrolment_id: Place(0, None, learning_now=False) for enrolment_id in enrolment_ids}
    found |= {row[0]: Place(row[1], row[2], learning_now=bool(row[3])) for row in rows}
    return found
