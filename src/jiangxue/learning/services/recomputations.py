"""Asking for a class to be judged again, and keeping what came of it. Clause T1.3."""

import hashlib
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.locks import lock_until_commit
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import StillRecomputing
from jiangxue.learning.models import Recomputation
from jiangxue.learning.queries.recomputations import is_running, last_recomputation
from jiangxue.learning.services.recomputing import recompute
from jiangxue.learning.services.telling import tell_of_recomputation

JOB = "learning:recompute_class"
ONE_AT_A_TIME = "learning.recompute_class"
"""Judging large classes again takes minutes; it never takes more than one place of the worker."""
SHOWN = 200


@transaction.atomic
def ask_for_recomputation(viewer: Viewer, class_id: int, *, by: Actor, now: datetime) -> Recomputation:
    """Let the worker judge a class again, or raise `NotInClass` or `StillRecomputing`."""
    lock_until_commit(hashlib.sha256(f"recomputation/{class_id}".encode()).digest())
    last = last_recomputation(viewer, class_id)
    if last is not None and is_running(last, now):
        raise StillRecomputing
    asked = Recomputation.objects.create(training_class_id=class_id, asked_by_id=viewer.account_id, asked_at=now)
    audit.record("class.recomputed", by=by, at=now, about=("class", class_id))
    app.configure_task(JOB, lock=ONE_AT_A_TIME).defer(recomputation_id=asked.pk)
    return asked


def perform_recomputation(recomputation_id: int, *, clock: Clock) -> None:
    """Judge the class again and write the report; one that was written already stays as it is."""
    asked = Recomputation.objects.get(pk=recomputation_id)
    if asked.finished_at is not None:
        return
    report = recompute(asked.training_class_id)
    asked.sessions, asked.segments, asked.beats = report.sessions, report.segments, report.beats
    asked.differing = len(report.differences)
    asked.differences = [[each.what.value, each.facts] for each in report.differences[:SHOWN]]
    asked.finished_at = max(asked.asked_at, clock.now())
    with transaction.atomic():
        asked.save()
        tell_of_recomputation(asked)
