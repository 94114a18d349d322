"""One stretch of a learner's time, and what it is about. Clause T1.3."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiangxue.djangokit.row_security import as_program
from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchStretch
from jiangxue.learning.models import Check, StudySession, Verdict
from jiangxue.learning.queries.days import session_days
from jiangxue.learning.queries.provisional import undecided
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import DayShare, Stretch
from jiangxue.learning.rules.verdicts import VerdictKind


@dataclass(frozen=True, slots=True)
class FoundStretch:
    """A stretch of one session on one learning day, with the rest of that session's day around it."""

    session: StudySession
    day: date
    share: DayShare
    stretch: Stretch


def stretch_of_learner(viewer: Viewer, day: date, session_id: UUID, start_ms: int) -> FoundStretch:
    """Return a stretch of the viewer's own that begins then, or raise `NoSuchStretch`."""
    if viewer.role is not Role.LEARNER:
        raise NoSuchStretch
    for part in session_days(StudySession.objects.filter(pk=session_id, learner_id=viewer.account_id), [day]):
        for stretch in part.share.stretches:
            if stretch.start_ms == start_ms:
                return FoundStretch(part.session, day, part.share, stretch)
    raise NoSuchStretch


def share_on(session: StudySession, day: date) -> DayShare:
    """Return what a session, which the caller's viewer may see, amounts to on a day."""
    parts = session_days(StudySession.objects.filter(pk=session.pk), [day])
    return parts[0].share if parts else DayShare(day.toordinal(), ())


@as_program()
def check_concerned(session: StudySession, stretch: Stretch) -> Check | None:
    """Return the check that made a stretch what it is: that confirmed or voided it, that was waited for, or that left it to people."""
    if stretch.reason is Reason.CHECK_PENDING:
        asked = Check.objects.filter(learner_id=session.learner_id, asked_at__lt=from_ms(stretch.end_ms))
        return asked.order_by("-asked_at").first()
    if stretch.reason in {Reason.MISSED_CHECK, Reason.FAILED_CHECK}:
        return _check_of_verdict(session, stretch, VerdictKind(stretch.reason.value))
    if stretch.confirmed:
        return _check_of_verdict(session, stretch, VerdictKind.CONFIRMED)
    return left_to_people(session, stretch) if stretch.reason is None else None


@as_program()
def left_to_people(session: StudySession, stretch: Stretch) -> Check | None:
    """Return the unclear face check that people have to decide about before a provisional stretch is confirmed, None if there is none."""
    asked_later = Check.objects.filter(learner_id=session.learner_id, asked_at__gte=from_ms(stretch.end_ms))
    return undecided(asked_later).order_by("asked_at").first()


def _check_of_verdict(session: StudySession, stretch: Stretch, kind: VerdictKind) -> Check | None:
    verdicts = Verdict.objects.filter(segment__session=session, kind=kind).select_related("check_made")
    for verdict in verdicts.order_by("at"):
        if any(begins < stretch.end_ms and ends > stretch.start_ms for begins, ends in verdict.stretches):
            return verdict.check_made
    return None
