"""When somebody learned online what counts, for what else may count at the same time. Clauses T1.3, T2.5."""

from collections.abc import Collection, Iterator
from datetime import date

from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.days import session_days
from jiangxue.learning.queries.identity import days_not_confirmed
from jiangxue.learning.rules.verdicts import Span


def counting_of(
    learner_ids: Collection[int], days: Collection[date], *, settling: int
) -> Iterator[tuple[int, int, Span]]:
    """Yield `(learner, class, span)` of all that is credited, or was given back by people, on some days; for the program itself.

    What waits for a check counts as long as none has spoken against it, except in the class `settling`: there it would be refused by a
    settlement now. Of days of which two persons have said that nobody could confirm who learned, nothing counts.
    """
    parts = session_days(StudySession.objects.filter(learner_id__in=learner_ids), days) if days else []
    away = set(days_not_confirmed({part.session.enrolment_id for part in parts}))
    for part in parts:
        session = part.session
        if (session.enrolment_id, date.fromordinal(part.share.day)) in away:
            continue
        class_id = session.enrolment.training_class_id
        for stretch in part.share.stretches:
            is_credited = stretch.confirmed or (stretch.reason is None and class_id != settling)
            if is_credited or stretch.corrected:
                yield session.learner_id, class_id, (stretch.start_ms, stretch.end_ms)
