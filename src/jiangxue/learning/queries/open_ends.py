"""What is still open in a class that is over: until all of it has an end, its hours cannot be settled."""

from datetime import datetime

from jiangxue.enrolment.queries import places_of_class
from jiangxue.learning.models import Appeal, Check, StudySession
from jiangxue.learning.queries.appeals import unsettled
from jiangxue.learning.queries.enrolled_faces import undecided_enrolments
from jiangxue.learning.queries.face_reviews import undecided_about
from jiangxue.learning.queries.identity import undecided_days
from jiangxue.learning.rules.open_ends import OpenEnds, waited_for_until


def open_ends(class_id: int, closes_at: datetime) -> OpenEnds:
    """Return what is still open in a class that ends at `closes_at`, without appeals that came too late to be waited for."""
    here = StudySession.objects.filter(enrolment__training_class=class_id)
    in_time = Appeal.objects.filter(session__in=here, opened_at__lt=waited_for_until(closes_at))
    return OpenEnds(
        sessions=here.filter(closed_at=None).count(),
        checks=Check.objects.filter(session__in=here, outcome="").count(),
        appeals=unsettled(in_time).count(),
        faces=undecided_about(class_id),
        days=undecided_days(places_of_class(class_id)),
        enrolments=undecided_enrolments(class_id),
    )
