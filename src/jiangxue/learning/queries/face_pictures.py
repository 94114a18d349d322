"""The pictures of a face check, for those who decide about it or watch over that: never for a learner. Clauses T3.3, M2, C5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jiangxue.audit.queries import has_done
from jiangxue.facecheck.queries.attempts import Attempt, attempts_of
from jiangxue.facecheck.queries.pictures import enrolled_pictures, picture_bytes
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.queries.face_reviews import FaceCase, face_case_for

SHOWN = "face.pictures_shown"
"""The act of having the pictures of an attempt shown, in the audit."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its content: when it was taken, and at which attempt; None is one of the enrolment."""

    id: UUID
    at: datetime
    ordinal: int
    attempt: UUID | None = None


def may_see_pictures(viewer: Viewer, case: FaceCase) -> bool:
    """Say whether the pictures of a case may be shown to whoever sees it: of somebody of whom processing is restricted they are the supervisor's alone."""
    return case.check.learner.restricted_at is None or viewer.role is Role.SUPERVISOR


def pictures_for(viewer: Viewer, case: FaceCase) -> Sequence[Picture]:
    """Return the pictures of a case and of its learner's enrolment, as far as they are kept and the viewer may see them."""
    if not may_see_pictures(viewer, case):
        return []
    taken = [
        Picture(each.pk, taken_at(attempt, each.at_ms), each.ordinal, attempt.pk)
        for attempt in attempts_of([case.check.pk])
        for each in attempt.pictures.all()
    ]
    enrolled = [
        Picture(each.pk, each.template.enrolled_at, each.ordinal) for each in enrolled_pictures(case.check.learner_id)
    ]
    return [*taken, *enrolled]


def taken_at(attempt: Attempt, after_ms: int) -> datetime:
    """Return when a picture of an attempt was taken."""
    return (attempt.claimed_at or attempt.issued_at) + timedelta(milliseconds=after_ms)


def has_looked(viewer: Viewer, case: FaceCase) -> bool:
    """Say whether the viewer has had pictures of this check shown."""
    attempts = [attempt.pk for attempt in attempts_of([case.check.pk])]
    return has_done(viewer.account_id, SHOWN, ("face_attempt", attempts))


def picture_for(viewer: Viewer, check_id: UUID, picture_id: UUID) -> bytes:
    """Return one picture of a case that the viewer may see, as JPEG, or raise `NoSuchReview`."""
    case = face_case_for(viewer, check_id)
    found = next((each for each in pictures_for(viewer, case) if each.id == picture_id), None)
    if found is None:
        raise NoSuchReview
    return picture_bytes(found.id, is_enrolled=found.attempt is None)
