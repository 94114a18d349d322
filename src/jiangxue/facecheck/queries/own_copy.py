"""What is held of somebody's face, for the copy that they may have of it. Clause M2; PIPL Article 45."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from jiangxue.facecheck.models import FaceAttempt, FaceComparison, FacePicture, FaceTemplate
from jiangxue.facecheck.queries.alike import alike_faces
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StoredFace:
    """What is stored for comparing: since when, by which model (its SHA-256), check values of the template and its pictures; when it was compared with all others, and how many are alike, never whose."""

    enrolled_at: datetime
    model_sha256: str
    template: str
    pictures: tuple[str, ...]
    compared_at: datetime | None
    alike: int


@dataclass(frozen=True, slots=True)
class HeldOfFace:
    """How many attempts and pictures of checks are held, and whether a template is stored."""

    attempts: int
    pictures: int
    is_stored: bool


def held_of_face(viewer: Viewer) -> HeldOfFace:
    """Return how much is held of the viewer's face."""
    of = viewer.account_id
    return HeldOfFace(
        attempts=FaceAttempt.objects.filter(account_id=of).count(),
        pictures=FacePicture.objects.filter(attempt__account_id=of).count(),
        is_stored=FaceTemplate.objects.filter(pk=of).exists(),
    )


def stored_face(viewer: Viewer) -> StoredFace | None:
    """Return what is stored of the viewer's face for comparing, never the face itself; None where nothing is."""
    row = FaceTemplate.objects.filter(pk=viewer.account_id).first()
    if row is None:
        return None
    pictures = tuple(row.pictures.order_by("ordinal").values_list("digest", flat=True))
    compared = FaceComparison.objects.filter(pk=row.pk).first()
    return StoredFace(
        row.enrolled_at,
        row.model_sha256,
        row.digest,
        pictures,
        compared_at=compared.compared_at if compared else None,
        alike=len(alike_faces([row.pk])),
    )


def own_attempts(viewer: Viewer) -> QuerySet[FaceAttempt]:
    """Return the viewer's attempts, oldest first, with their pictures' times and check values."""
    pictures = FacePicture.objects.defer("sealed").order_by("ordinal")
    found = FaceAttempt.objects.filter(account_id=viewer.account_id).defer("frame_marks")
    return found.prefetch_related(Prefetch("pictures", pictures)).order_by("issued_at", "pk")
