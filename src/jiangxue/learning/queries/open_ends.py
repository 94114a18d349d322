"""What is still open in a class that is over: until all of it has an end, its hours cannot be settled."""

from jiangxue.learning.models import Appeal, Check, StudySession
from jiangxue.learning.queries.appeals import unsettled
from jiangxue.learning.rules.open_ends import OpenEnds


def open_ends(class_id: int) -> OpenEnds:
    """Return what is still open in a class."""
    here = StudySession.objects.filter(enrolment__training_class=class_id)
    return OpenEnds(
        sessions=here.filter(closed_at=None).count(),
        checks=Check.objects.filter(session__in=here, outcome="").count(),
        appeals=unsettled(Appeal.objects.filter(session__in=here)).count(),
    )
