"""Enrolled faces held against the identity document, as it happens by the services that pages use, and as rows."""

from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.facecheck.models import DocumentComparison, FaceAttempt
from jiangxue.facecheck.rules.documents import Comparison, DocumentSeen
from jiangxue.facecheck.services.documents import DocumentWord
from jiangxue.kernel.clock import HandClock
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.queries.enrolled_faces import WaitingFace, waiting_faces
from jiangxue.learning.services.enrolled_faces import Meant, compare_face, show_faces
from tests.factories.classes import Classroom
from tests.factories.face_cases import actor
from tests.factories.people import looking

MATCHES = DocumentWord(Comparison.MATCHES, DocumentSeen.VIDEO, "")
DIFFERS = DocumentWord(Comparison.DIFFERS, DocumentSeen.IN_PERSON, "登记照片与身份证照片明显不是同一人。")


def waiting(viewer: Viewer, room: Classroom, clock: HandClock) -> list[WaitingFace]:
    """Return the faces of a room's class that wait."""
    with looking(viewer):
        return waiting_faces(viewer, room.training_class.pk, clock.now())


def looked_at(viewer: Viewer, room: Classroom, clock: HandClock) -> None:
    """Have all faces that wait in the class shown."""
    with looking(viewer):
        show_faces(viewer, waiting(viewer, room, clock), "核对", by=actor(viewer), now=clock.now())


def says_of(viewer: Viewer, room: Classroom, face: WaitingFace, clock: HandClock, said: DocumentWord = MATCHES) -> None:
    """Say something of one of the faces."""
    meant = Meant(room.training_class.pk, face.enrolled.attempt)
    with looking(viewer):
        compare_face(viewer, meant, said, by=actor(viewer), clock=clock)


def compared(viewer: Viewer, room: Classroom, clock: HandClock, said: DocumentWord = MATCHES) -> None:
    """Look at the one face that waits, and say something of it."""
    looked_at(viewer, room, clock)
    (face,) = waiting(viewer, room, clock)
    says_of(viewer, room, face, clock, said)


def comparison(of: FaceAttempt, by: Account, now: datetime, **facts: object) -> DocumentComparison:
    """Add a row in which somebody says that it is the person of the document; `facts` replace fields."""
    values = {"account": of.account, "outcome": "matches", "how": "video", "role": "head_teacher", "at": now, "by": by}
    return DocumentComparison.objects.create(attempt=of, **{**values, **facts})
