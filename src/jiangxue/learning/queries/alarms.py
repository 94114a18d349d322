"""What sealing found that must not be: for those who run the platform. Clause T1.3."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.models import Segment

WATCHED = timedelta(days=7)
_OPERATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A class in which sealed parts came to something else than was counted while people learned."""

    class_name: str
    parts: int
    last_day: date


@as_program()  # those who run the platform see no learner, and must hear of this
def disagreements(viewer: Viewer, today: date) -> list[Disagreement]:
    """Return the classes of which that is true within a week, the latest first; nobody but their operators sees any."""
    if viewer.role not in _OPERATORS:
        return []
    found = (
        Segment.objects.filter(lease_held__isnull=False, day__gt=today - WATCHED)
        .values("session__enrolment__training_class", "session__enrolment__training_class__name")
        .annotate(parts=Count("pk"), last_day=Max("day"))
        .order_by("-last_day", "session__enrolment__training_class")
    )
    return [
        Disagreement(row["session__enrolment__training_class__name"], row["parts"], row["last_day"]) for row in found
    ]
