"""What a supervisor who looks at some learners afterwards is shown of them: who learned at all, their days, checks and pictures. Clauses C5, T3.3."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from jiangxue.enrolment.queries import Place, classes, places_within
from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.facecheck.queries.pictures import picture_bytes
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.queries.days import Day, SessionDay, session_days
from jiangxue.learning.queries.face_pictures import Picture, taken_at
from jiangxue.learning.queries.periods import Period


def began_within(places: QuerySet[Place, int], period: Period) -> dict[UUID, int]:
    """Return which of some places began to learn on one of some days, by archive: a session that was opened then, whatever it came to; not where the archive is erased."""
    opened = StudySession.objects.filter(
        enrolment__in=places,
        enrolment__erased_at=None,
        opened_at__gte=period.begins_at,
        opened_at__lt=period.ends_at,
    )
    return dict(opened.order_by().values_list("enrolment__aid", "enrolment_id").distinct())


def days_of(viewer: Viewer, enrolment_ids: Collection[int], period: Period) -> dict[int, list[Day]]:
    """Return every day of a period, of each of those places that lie in classes the viewer may see."""
    visible = classes(viewer).order_by().values("pk")
    sessions = StudySession.objects.filter(enrolment_id__in=enrolment_ids, enrolment__training_class__in=visible)
    parts: dict[tuple[int, int], list[SessionDay]] = {}
    for part in session_days(sessions, period.days):
        parts.setdefault((part.session.enrolment_id, part.share.day), []).append(part)
    return {
        place: [Day(day, parts.get((place, day.toordinal()), [])) for day in period.days] for place in enrolment_ids
    }


def checks_of(viewer: Viewer, enrolment_ids: Collection[int], period: Period) -> dict[int, list[Check]]:
    """Return the checks of some places in a period, in order, as far as the viewer may see the places."""
    asked = Check.objects.filter(
        session__enrolment__in=places_within(viewer).filter(pk__in=enrolment_ids),
        asked_at__gte=period.begins_at,
        asked_at__lt=period.ends_at,
    )
    found: dict[int, list[Check]] = {place: [] for place in enrolment_ids}
    for check in asked.select_related("session__lesson").order_by("asked_at"):
        found[check.session.enrolment_id].append(check)
    return found


def strips_of(checks: Sequence[Check]) -> Mapping[UUID, list[Picture]]:
    """Return the pictures that are kept of some checks, without their content, in order of time, by check."""
    strips: dict[UUID, list[Picture]] = {}
    for attempt in attempts_of([check.pk for check in checks]):
        if attempt.check_id is not None:
            strips.setdefault(attempt.check_id, []).extend(
                Picture(each.pk, taken_at(attempt, each.at_ms), each.ordinal, attempt.pk)
                for each in attempt.pictures.all()
            )
    return strips


def picture_of_strip(viewer: Viewer, check_id: UUID, picture_id: UUID) -> bytes:
    """Return one picture of a check in a supervisor's region as JPEG, or raise `NoSuchReview`."""
    check = Check.objects.filter(pk=check_id, session__enrolment__in=places_within(viewer)).first()
    known = strips_of([check]) if check is not None and viewer.role is Role.SUPERVISOR else {}
    if all(picture.id != picture_id for picture in known.get(check_id, ())):
        raise NoSuchReview
    return picture_bytes(picture_id, is_enrolled=False)
