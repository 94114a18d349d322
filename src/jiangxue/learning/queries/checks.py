"""Checks as pages show them. Clauses T2.6, T1.3."""

from collections.abc import Collection, Sequence
from datetime import date

from jiangxue.kernel.clock import from_ms
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.days import day_start_ms


def check_that_ended(session: StudySession) -> Check | None:
    """Return the missed check that ended a session, wherever it was asked."""
    missed = Check.objects.filter(learner_id=session.learner_id, outcome=CheckOutcome.MISSED)
    return missed.filter(settled_at=session.closed_at).first()


def own_checks_on(viewer: Viewer, day: date) -> Sequence[Check]:
    """Return the viewer's own checks of a learning day, settled or open, in order."""
    return checks_on([viewer.account_id], day)


def checks_on(learner_ids: Collection[int], day: date) -> Sequence[Check]:
    """Return the checks of a learning day of learners that the caller's viewer may see, in order."""
    ordinal = day.toordinal()
    begins, ends = from_ms(day_start_ms(ordinal)), from_ms(day_start_ms(ordinal + 1))
    asked = Check.objects.filter(learner_id__in=learner_ids, asked_at__gte=begins, asked_at__lt=ends)
    return list(asked.select_related("session__lesson").order_by("asked_at"))
