"""Everything of learning that is held of the viewer, for the page and the copy of their own data. Clause M2; PIPL Article 45."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.db.models import QuerySet

from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.models import Appeal, Check, FaceReviewStep, IdentityStatement, StudySession
from jiangxue.learning.queries.appeals import Appealed, with_steps
from jiangxue.learning.queries.days import Day
from jiangxue.learning.queries.records import days_of_learner, learning_days

DAYS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class HeldOfLearning:
    """How many sessions, checks and appeals are held of somebody."""

    sessions: int
    checks: int
    appeals: int


def held_of_learning(viewer: Viewer) -> HeldOfLearning:
    """Return how much is held of the viewer."""
    mine = {"learner_id": viewer.account_id}
    return HeldOfLearning(
        StudySession.objects.filter(**mine).count(),
        Check.objects.filter(**mine).count(),
        Appeal.objects.filter(**mine).count(),
    )


def own_sessions(viewer: Viewer) -> QuerySet[StudySession]:
    """Return every session of the viewer, oldest first, without what only judging again needs."""
    found = StudySession.objects.filter(learner_id=viewer.account_id).select_related(
        "enrolment__training_class", "lesson"
    )
    return found.defer("policy", "opening", "sealed_state").order_by("opened_at")


def own_days(viewer: Viewer) -> Iterator[Day]:
    """Return every learning day of the viewer, newest first, some at a time."""
    for days in batched(learning_days(viewer), DAYS_AT_ONCE):
        yield from days_of_learner(viewer, days)


def own_checks(viewer: Viewer) -> QuerySet[Check]:
    """Return every check of the viewer, oldest first."""
    return Check.objects.filter(learner_id=viewer.account_id).select_related("session__lesson").order_by("asked_at")


def own_appeals(viewer: Viewer) -> list[Appealed]:
    """Return every appeal of the viewer with its steps, oldest first."""
    found = Appeal.objects.filter(learner_id=viewer.account_id).select_related("session__lesson").order_by("opened_at")
    return with_steps(list(found))


def own_reviews(viewer: Viewer) -> QuerySet[FaceReviewStep]:
    """Return what people said of the viewer's face checks, in order."""
    found = FaceReviewStep.objects.filter(check_made__learner=viewer.account_id)
    return found.select_related("check_made").order_by("at", "ordinal")


def own_statements(viewer: Viewer) -> QuerySet[IdentityStatement]:
    """Return what staff stated about days of the viewer, with what second persons said, in order."""
    found = IdentityStatement.objects.filter(learner=viewer.account_id)
    return found.select_related("review", "enrolment__training_class").order_by("at")
