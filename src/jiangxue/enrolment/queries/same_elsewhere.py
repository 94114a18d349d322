"""Who learns the same occupation and level in another class that is running: nobody is taught, and paid for, twice. Clauses T7, C6; docs/rules/openings.md."""

from datetime import date, timedelta

from django.db.models import Q

from jiangxue.courseware.queries.versions import Version
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.models import Enrolment, TrainingClass

_A_YEAR = timedelta(days=365)


@as_program()  # the other class is often another institution's
def same_elsewhere(learners: Q, version: Version, today: date, *, but: int | None) -> dict[int, TrainingClass]:
    """Return the class in which each of some learners learns the same already, by account, for the program itself: one that runs today, began within a year, and is not the class `but`."""
    if not version.occupation_code:
        return {}
    same = Enrolment.objects.filter(
        learners,
        left_at=None,
        training_class__closed_at=None,
        training_class__closes_on__gte=today,
        training_class__opens_on__gte=today - _A_YEAR,
        training_class__version__occupation_code=version.occupation_code,
        training_class__version__level=version.level,
    ).exclude(training_class_id=but)
    places = same.select_related("training_class").order_by("enrolled_at", "pk")
    return {place.learner_id: place.training_class for place in places}
