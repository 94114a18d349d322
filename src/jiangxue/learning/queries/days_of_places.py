"""On which days something was learned in places, and how much, for the program itself. Clause T1.3."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from jiangxue.enrolment.queries import places_by_id
from jiangxue.learning.models import DayTotal


def days_of_places(enrolment_ids: Collection[int]) -> dict[int, dict[date, int]]:
    """Return what each day of some places credits, with what people gave back, as far as it is sealed; ms, by place and day."""
    by_person = {(place.learner_id, place.training_class_id): place.pk for place in places_by_id(enrolment_ids)}
    totals = DayTotal.objects.filter(
        learner__in={learner for learner, _ in by_person}, training_class__in={each for _, each in by_person}
    )
    found: defaultdict[int, dict[date, int]] = defaultdict(dict)
    rows = totals.values_list("learner", "training_class", "day", "credited_ms", "corrected_ms").order_by("day")
    for learner, class_id, day, credited_ms, corrected_ms in rows:
        if (learner, class_id) in by_person:
            found[by_person[learner, class_id]][day] = credited_ms + corrected_ms
    return dict(found)
