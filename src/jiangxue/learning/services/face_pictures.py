"""Having the pictures of a face check shown, for a reason. Clauses T3.3, M2."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.queries.face_pictures import SHOWN, Picture, pictures_for
from jiangxue.learning.queries.face_reviews import FaceCase


@transaction.atomic
def show_pictures(viewer: Viewer, case: FaceCase, reason: str, *, by: Actor, now: datetime) -> Sequence[Picture]:
    """Record that the viewer looks at the pictures of a case and why, whose they are and attempt by attempt, and return which there are; raises `ReasonMissing`."""
    why = fit_reason(reason)
    found = pictures_for(viewer, case)
    if found:
        audit.record(SHOWN, by=by, at=now, about=("account", case.check.learner_id), reason=why)
        for attempt in attempts_of([case.check.pk]):
            audit.record(SHOWN, by=by, at=now, about=("face_attempt", attempt.pk), reason=why)
    return found
