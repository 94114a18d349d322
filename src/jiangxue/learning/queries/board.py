"""What a class is doing: for its staff and for supervisors. Clauses T7, C5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from jiangxue.enrolment.queries import classes
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import DayTotal, Segment, StudySession
from jiangxue.learning.queries.records import Day, SessionDay, share_of
from jiangxue.learning.queries.replaying import judgements_of
from jiangxue.learning.rules.replay import total_by_day


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Sums over a class, running sessions included; milliseconds."""

    learning_now: int
    credited_today_ms: int
    credited_ms: int


def figures(viewer: Viewer, class_ids: Sequence[int], today: date) -> dict[int, ClassFigures]:
    """Return the figures of those classes that the viewer may see."""
    seen = list(classes(viewer).filter(pk__in=class_ids).values_list("pk", flat=True))
    total = _sums(DayTotal.objects.filter(training_class_id__in=seen))
    of_today = _sums(DayTotal.objects.filter(training_class_id__in=seen, day=today))
    now = dict.fromkeys(seen, 0)
    for session in _running().filter(enrolment__training_class_id__in=seen):
        class_id = session.enrolment.training_class_id
        now[class_id] += 1
        for share in total_by_day(judgements_of(session)):
            total[class_id] = total.get(class_id, 0) + share.credited_ms
            if share.day == today.toordinal():
                of_today[class_id] = of_today.get(class_id, 0) + share.credited_ms
    return {pk: ClassFigures(now[pk], of_today.get(pk, 0), total.get(pk, 0)) for pk in seen}


def _sums(totals: QuerySet[DayTotal]) -> dict[int, int]:
    return dict(totals.values_list("training_class_id").annotate(Sum("credited_ms")))


def day_of_places(viewer: Viewer, enrolment_ids: Sequence[int], day: date) -> dict[int, Day]:
    """Return one learning day of each of those places that lie in classes the viewer may see."""
    parts: dict[int, list[SessionDay]] = {enrolment_id: [] for enrolment_id in enrolment_ids}
    visible = classes(viewer).values("pk")
    segments = Segment.objects.filter(
        session__enrolment_id__in=enrolment_ids, session__enrolment__training_class__in=visible, day=day
    ).select_related("session__enrolment__training_class", "session__lesson")
    for segment in segments.order_by("session__opened_at"):
        parts[segment.session.enrolment_id].append(SessionDay(segment.session, share_of(segment)))
    running = _running().filter(enrolment_id__in=enrolment_ids, enrolment__training_class__in=visible)
    for session in running:
        for share in total_by_day(judgements_of(session)):
            if share.day == day.toordinal():
                parts[session.enrolment_id].append(SessionDay(session, share))
    return {enrolment_id: Day(day, found) for enrolment_id, found in parts.items()}


def _running() -> QuerySet[StudySession]:
    return StudySession.objects.filter(lease__isnull=False).select_related("enrolment__training_class", "lesson")
