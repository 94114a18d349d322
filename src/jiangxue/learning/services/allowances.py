"""Arranging face checks for a learner who cannot do all that is asked. Clauses T3.2, M6."""

from datetime import datetime

from django.db import transaction

from jiangxue.accounts.services.erasing import lock_account
from jiangxue.audit.services import Actor
from jiangxue.enrolment.evidence import append_allowance
from jiangxue.enrolment.queries import Place, answers_for, place_for
from jiangxue.facecheck.services.allowances import Wish, keep_allowance
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import NotYours, OwnTime


def may_arrange(viewer: Viewer, place: Place) -> bool:
    """Say whether the viewer answers for a place that they see, while its learner is in the class and may learn."""
    is_there = place.left_at is None and place.erased_at is None and place.learner.restricted_at is None
    return is_there and answers_for(viewer, place.training_class)


@transaction.atomic
def arrange(viewer: Viewer, place: Place, wish: Wish, *, by: Actor, now: datetime) -> None:
    """Let something else hold for the learner of a place that the viewer sees; raise `NotYours`, `OwnTime`, `AllowanceStands`, `AllowanceChanged` or `ReasonMissing`.

    It holds in all their classes: a face is enrolled once for all of them. Whether the viewer may is asked of the place as it stands under the lock.
    """
    lock_account(place.learner_id)
    if not may_arrange(viewer, place_for(viewer, place.training_class_id, place.pk)):
        raise NotYours
    if viewer.account_id == place.learner_id:
        raise OwnTime
    word = keep_allowance(place.learner_id, wish, viewer=viewer, by=by, now=now)
    append_allowance(word, wish.why, now=now)
