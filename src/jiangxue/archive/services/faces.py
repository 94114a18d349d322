"""Deleting what is stored of faces once nothing is left to confirm: templates are kept until the settlement only. Clauses T3.3, M2."""

from collections.abc import Collection
from datetime import datetime

from jiangxue.archive.queries.settlements import settled_classes
from jiangxue.audit.services import Actor
from jiangxue.enrolment.evidence import Forgetting, append_forgotten_face
from jiangxue.enrolment.queries import present_classes_of
from jiangxue.facecheck.services.templates import forget_face


def forget_settled_faces(learner_ids: Collection[int], *, by: Actor, now: datetime) -> None:
    """Delete the stored faces of those learners who are in no class that is still to be settled, and tell their archives.

    The caller holds their accounts: who enrols a face meanwhile waits.
    """
    present = present_classes_of(learner_ids)
    settled = settled_classes({class_id for classes in present.values() for class_id in classes})
    for learner_id in sorted(set(learner_ids)):
        if present.get(learner_id, set()) <= settled:
            forgotten = forget_face(learner_id, by=by, now=now)
            if forgotten is not None:
                append_forgotten_face(learner_id, forgotten, because=Forgetting.SETTLED, now=now)
