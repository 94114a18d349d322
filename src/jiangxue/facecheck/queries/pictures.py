"""Pictures of faces, for the domain above that knows who may see them. Clause T3.3."""

from collections.abc import Sequence
from uuid import UUID

from jiangxue.djangokit.sealed import reveal_bytes
from jiangxue.facecheck.models import EnrolledPicture, FacePicture


def enrolled_pictures(account_id: int) -> Sequence[EnrolledPicture]:
    """Return the pictures of somebody's enrolment without their content; none after the template was deleted."""
    found = EnrolledPicture.objects.filter(template=account_id).select_related("template")
    return list(found.defer("sealed", "template__sealed").order_by("ordinal"))


def picture_bytes(picture_id: UUID, *, is_enrolled: bool) -> bytes:
    """Return the JPEG of a picture of an enrolment, or of a check."""
    row = EnrolledPicture.objects.get(pk=picture_id) if is_enrolled else FacePicture.objects.get(pk=picture_id)
    return reveal_bytes(row, "sealed")
