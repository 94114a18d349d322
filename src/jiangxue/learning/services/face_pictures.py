"""Having the pictures of a face check shown, for a reason. Clauses T3.3, M2."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.accounts.rules.reasons import fit_reason
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.facecheck.queries.attempts import attempts_of
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotYours
from jiangxue.learning.models import Check
from jiangxue.learning.queries.face_pictures import SHOWN, Picture, pictures_for
from jiangxue.learning.queries.face_reviews import FaceCase
from jiangxue.learning.queries.samples import strips_of


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


@transaction.atomic
def show_strips(
    viewer: Viewer, checks: Sequence[Check], reason: str, *, by: Actor, now: datetime
) -> Mapping[UUID, Sequence[Picture]]:
    """Record for one reason that a supervisor looks at the pictures of several checks, person by person and attempt by attempt, and return them by check.

    `checks` come from a query that is scoped by the viewer. Raises `NotYours` or `ReasonMissing`.
    """
    if viewer.role is not Role.SUPERVISOR:
        raise NotYours
    why = fit_reason(reason)
    strips = strips_of(checks)
    for learner_id in sorted({check.learner_id for check in checks if strips.get(check.pk)}):
        audit.record(SHOWN, by=by, at=now, about=("account", learner_id), reason=why)
    for attempt_id in sorted({each.attempt for strip in strips.values() for each in strip if each.attempt is not None}):
        audit.record(SHOWN, by=by, at=now, about=("face_attempt", attempt_id), reason=why)
    return strips
