"""What a person's days hold, as far as it is sealed. Clauses T2.5, T1.3."""

from datetime import date

from django.db.models import Max, Min, Q, Sum

from jiangxue.learning.models import DayTotal
from jiangxue.learning.rules.shapes import DayBalance


def balances_from(day: date, *, learner_id: int, class_id: int) -> tuple[DayBalance, ...]:
    """Return what is sealed of a day, over all classes and in one class, and after it of every later day that holds something.

    Later days hold something only when the server's clock ran ahead once and was set back; their caps count what was credited then.
    """
    sums = (
        DayTotal.objects.filter(learner_id=learner_id, day__gte=day)
        .values("day")
        .annotate(person=Sum("credited_ms"), in_class=Sum("credited_ms", filter=Q(training_class_id=class_id)))
    )
    held = {row["day"]: DayBalance(row["day"].toordinal(), row["person"], row["in_class"] or 0) for row in sums}
    return tuple(held.get(each, DayBalance(each.toordinal(), 0, 0)) for each in sorted({day, *held}))


def first_and_last_day(*, learner_id: int, class_id: int) -> tuple[date | None, date | None]:
    """Return the first and the last day on which somebody's time counted in a class, as far as it is sealed; none where there is none."""
    counted = DayTotal.objects.filter(learner_id=learner_id, training_class_id=class_id, credited_ms__gt=0)
    found = counted.aggregate(first=Min("day"), last=Max("day"))
    return found["first"], found["last"]
