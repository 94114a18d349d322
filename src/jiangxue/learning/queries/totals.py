"""What a person's days hold, the running session included. Clauses T2.5, T1.3."""

from datetime import date

from django.db.models import Q, Sum

from jiangxue.learning.models import DayTotal
from jiangxue.learning.rules.shapes import DayBalance


def balance_on(day: date, *, learner_id: int, class_id: int) -> DayBalance:
    """Return what a day holds from ended sessions: over all classes, and in one class."""
    sums = DayTotal.objects.filter(learner_id=learner_id, day=day).aggregate(
        person=Sum("credited_ms"), in_class=Sum("credited_ms", filter=Q(training_class_id=class_id))
    )
    return DayBalance(day.toordinal(), sums["person"] or 0, sums["in_class"] or 0)
