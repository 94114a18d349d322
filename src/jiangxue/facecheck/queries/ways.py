"""By which way somebody's identity is confirmed while they learn: by their face, or by staff. Clauses T3.2, M2."""

from datetime import datetime
from enum import StrEnum

from jiangxue.accounts.queries.consents import last_said
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.djangokit.row_security import as_program
from jiangxue.facecheck.models import FacePicture, FaceTemplate

WARNING_AT = 80_000
FILING_AT = 100_000
"""Measures for facial recognition (人脸识别技术应用安全管理办法, in force since 2025-06-01): from so many persons with stored face data on, a filing is due within 30 working days; from `WARNING_AT` on the operator is warned."""


class Way(StrEnum):
    """How it is confirmed that somebody is who they say; `UNCHOSEN` where they have not said."""

    FACE = "face"
    SUPERVISED = "supervised"
    UNCHOSEN = "unchosen"


def way_of(account_id: int) -> Way:
    """Return somebody's way: by face once they have enrolled, by staff once they have declined or withdrawn."""
    said = last_said(account_id).get(Purpose.FACE)
    if said is not None and not said.is_given:
        return Way.SUPERVISED
    if said is not None and said.is_in_force and is_enrolled(account_id):
        return Way.FACE
    return Way.UNCHOSEN


def is_enrolled(account_id: int) -> bool:
    """Say whether there is a template of somebody's face."""
    return FaceTemplate.objects.filter(pk=account_id).exists()


@as_program()
def stored_faces() -> int:
    """Return of how many persons face data are stored: a template, or pictures of checks."""
    with_pictures = FacePicture.objects.values_list("attempt__account_id", flat=True)
    return FaceTemplate.objects.values_list("account_id", flat=True).union(with_pictures).count()


def enrolled_at(account_id: int) -> datetime | None:
    """Return when somebody enrolled their face, None where there is no template."""
    found: datetime | None = FaceTemplate.objects.filter(pk=account_id).values_list("enrolled_at", flat=True).first()
    return found
