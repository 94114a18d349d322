"""What people gave back after appeals. Clauses T1.3, M6."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from jiangxue.enrolment.queries import class_for
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Correction, DayTotal
from jiangxue.learning.rules.appeals import after_corrections, is_beyond_usual
from jiangxue.learning.rules.shapes import DayShare
from jiangxue.learning.rules.verdicts import Span


def given_back(session_ids: Collection[UUID]) -> dict[UUID, list[Span]]:
    """Return which time of each session people gave back."""
    found: dict[UUID, list[Span]] = {}
    for each in Correction.objects.filter(session_id__in=session_ids):
        found.setdefault(each.session_id, []).append((each.start_ms, each.start_ms + each.ms))
    return found


def marked(share: DayShare, spans: list[Span]) -> DayShare:
    """Return a day's share with what people gave back marked in it."""
    return DayShare(share.day, tuple(after_corrections(share.stretches, spans))) if spans else share


@dataclass(frozen=True, slots=True)
class ClassCorrections:
    """What people gave back in a class, beside what it credits; milliseconds."""

    corrected_ms: int
    credited_ms: int

    @property
    def is_beyond_usual(self) -> bool:
        """Say whether that is more than usual."""
        return is_beyond_usual(self.corrected_ms, self.credited_ms)


def corrections_in(viewer: Viewer, class_id: int) -> ClassCorrections:
    """Return what people gave back in a class that the viewer may see, or raise `NotInClass`."""
    class_for(viewer, class_id)
    sums = DayTotal.objects.filter(training_class=class_id).aggregate(
        corrected=Sum("corrected_ms", default=0), credited=Sum("credited_ms", default=0)
    )
    return ClassCorrections(sums["corrected"], sums["credited"])
