"""Holding enrolled faces against the identity document (登记核对): shown for a reason, then said once for each enrolment. Clauses T3.1, M2, M6.

One person is enough: no hours hang on this word alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.accounts.queries.persons import ShownPerson
from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.accounts.services.erasing import lock_account
from jiangxue.accounts.services.revealing import reveal_identities
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.row_security import as_program
from jiangxue.enrolment.evidence import Forgetting, append_compared_face, append_forgotten_face
from jiangxue.facecheck.rules.documents import Comparison
from jiangxue.facecheck.services.documents import DocumentWord, keep_comparison
from jiangxue.facecheck.services.templates import forget_face
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import NotLooked, NotTheTurn, OwnTime
from jiangxue.learning.queries.enrolled_faces import WaitingFace, has_looked, pictures_of, waiting_faces
from jiangxue.learning.queries.face_pictures import SHOWN
from jiangxue.learning.services.facing import let_go_of_face
from jiangxue.learning.services.telling import tell_of_other_face


@dataclass(frozen=True, slots=True)
class Meant:
    """Which enrolment is meant, and through which class somebody answers for its learner."""

    class_id: int
    attempt: UUID


def show_faces(
    viewer: Viewer, faces: Sequence[WaitingFace], reason: str, *, by: Actor, now: datetime
) -> dict[UUID, ShownPerson]:
    """Record that the viewer looks at faces that wait, and why, person by person, and return who each is said to be in full, by enrolment; raise `ReasonMissing` or `MayNotReveal`, which is recorded too.

    Nobody is shown their own: somebody else says whether it is them.
    """
    why = fit_reason(reason)
    others = {each.place.learner_id: each.enrolled.attempt for each in faces if not _is_own(viewer, each)}
    persons = reveal_identities(viewer=viewer, account_ids=others, reason=reason, by=by, now=now)
    pictures = pictures_of(faces)
    with transaction.atomic():
        for learner_id, attempt in others.items():
            audit.record(SHOWN, by=by, at=now, about=("account", learner_id), reason=why)
            if attempt in pictures:
                audit.record(SHOWN, by=by, at=now, about=("face_picture", pictures[attempt].id), reason=why)
            else:
                audit.record(SHOWN, by=by, at=now, about=("face_attempt", attempt), reason=why)
    return {attempt: persons[learner_id] for learner_id, attempt in others.items()}


def _is_own(viewer: Viewer, face: WaitingFace) -> bool:
    return face.place.learner_id == viewer.account_id


@transaction.atomic
def compare_face(viewer: Viewer, meant: Meant, said: DocumentWord, *, by: Actor, clock: Clock) -> None:
    """Say of an enrolment that waits whether it is the person of the document; raise `NotInClass`, `NotTheTurn`, `OwnTime` or `NotLooked`.

    One that is not the learner's is deleted, a session that it let begin ends, and an open face check is left to people; the consent stays, and so does all time.
    """
    learner_id = _waiting(viewer, meant, clock.now()).place.learner_id
    lock_account(learner_id)
    now = clock.now()
    found = _waiting(viewer, meant, now)
    if _is_own(viewer, found):
        raise OwnTime
    pictures = [each.digest for each in pictures_of([found]).values()]
    if not has_looked(viewer, found) or (not pictures and said.outcome is Comparison.MATCHES):
        raise NotLooked
    word = keep_comparison(found.enrolled, said, viewer=viewer, by=by, now=now)
    append_compared_face(word, pictures)
    if said.outcome is Comparison.DIFFERS:
        _forget(learner_id, by=by, clock=clock)
        tell_of_other_face(learner_id, word.at)


def _waiting(viewer: Viewer, meant: Meant, now: datetime) -> WaitingFace:
    for each in waiting_faces(viewer, meant.class_id, now):
        if each.enrolled.attempt == meant.attempt:
            return each
    raise NotTheTurn


@as_program()
def _forget(learner_id: int, *, by: Actor, clock: Clock) -> None:
    """Delete a stored face that is not the learner's; what was being shown to it is for people, and what it let them learn ends."""
    let_go_of_face(learner_id, clock=clock)
    now = clock.now()
    forgotten = forget_face(learner_id, by=by, now=now)
    if forgotten is not None:
        append_forgotten_face(learner_id, forgotten, because=Forgetting.NOT_THEIRS, now=now)
