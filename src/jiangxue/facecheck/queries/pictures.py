"""Pictures of faces, for the domain above that knows who may see them. Clause T3.3."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.facecheck.models import EnrolledPicture, FacePicture
from jiangxue.facecheck.queries.documents import doubted_times
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, Purpose


def enrolled_pictures(account_id: int) -> Sequence[EnrolledPicture]:
    """Return the pictures of somebody's enrolment without their content; none after the template was deleted."""
    found = EnrolledPicture.objects.filter(template=account_id).select_related("template")
    return list(found.defer("sealed", "template__sealed").order_by("ordinal"))


def picture_of_last_pass(account_id: int) -> bytes | None:
    """Return the first picture of the last check that somebody passed, as JPEG; None where none is kept.

    What was passed by a face that staff found not to be the learner's is passed over: else the learner could not enrol any more.
    """
    passed = FacePicture.objects.filter(
        attempt__account_id=account_id, attempt__purpose=Purpose.CHECK, attempt__outcome=AttemptOutcome.PASSED
    )
    for since, until in doubted_times(account_id):
        passed = passed.exclude(attempt__issued_at__range=(since, until))
    row = passed.filter(ordinal=1).order_by("-attempt__issued_at").first()
    return reveal_bytes(row, "sealed") if row is not None else None


def picture_bytes(picture_id: UUID, *, is_enrolled: bool) -> bytes:
    """Return the JPEG of a picture of an enrolment, or of a check."""
    row = EnrolledPicture.objects.get(pk=picture_id) if is_enrolled else FacePicture.objects.get(pk=picture_id)
    return reveal_bytes(row, "sealed")
