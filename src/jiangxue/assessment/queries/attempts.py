"""A learner's own attempts: what they ask, and after the test is passed what was right. Clauses T0, T1.3."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jiangxue.assessment.errors import NoSuchAttempt
from jiangxue.assessment.models import Attempt
from jiangxue.courseware.queries.teaching import questions_kept, versions_teaching
from jiangxue.enrolment.queries import own_enrolments
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A question of an attempt as its page shows it, and the place of what was chosen; which option is right is not in it."""

    text: str
    options: tuple[str, ...]
    chosen: int | None


@dataclass(frozen=True, slots=True)
class SolvedItem:
    """A question of an attempt after the test is passed: `right` is the place of the right option."""

    text: str
    options: tuple[str, ...]
    chosen: int | None
    right: int


def own_attempts(viewer: Viewer) -> QuerySet[Attempt]:
    """Return the attempts of a learner in the classes that they are in."""
    return Attempt.objects.filter(enrolment__in=own_enrolments(viewer).values("pk"))


def attempt_for(viewer: Viewer, attempt_id: UUID) -> Attempt:
    """Return one of the learner's own attempts, or raise `NoSuchAttempt`."""
    found = own_attempts(viewer).select_related("enrolment").filter(pk=attempt_id).first()
    if found is None:
        raise NoSuchAttempt
    return found


def is_shown(attempt: Attempt) -> bool:
    """Say whether the course of an attempt may be shown, also by the version that it was drawn from."""
    return versions_teaching(attempt.lesson_id).filter(pk=attempt.version_id).exists()


def attempts_at(viewer: Viewer, class_id: int, lesson_id: int) -> QuerySet[Attempt]:
    """Return the learner's own attempts at the test of one lesson of a class, newest first."""
    found = own_attempts(viewer).filter(enrolment__training_class_id=class_id, lesson_id=lesson_id)
    return found.order_by("-begun_at", "pk")


def shown_items(attempt: Attempt) -> list[ShownItem]:
    """Return what an attempt asks, without what is right."""
    kept = questions_kept([item.ref for item in attempt.items])
    return [
        ShownItem(kept[item.ref].text, tuple(kept[item.ref].options[at] for at in item.order), item.chosen)
        for item in attempt.items
    ]


def solved_items(attempt: Attempt) -> list[SolvedItem]:
    """Return what was asked and what is right; nothing before the learner has passed the test of the lesson."""
    here = Attempt.objects.filter(enrolment_id=attempt.enrolment_id, lesson_id=attempt.lesson_id, passed=True)
    if not attempt.outcome or not here.exists():
        return []
    kept = questions_kept([item.ref for item in attempt.items])
    right = [item.order.index(kept[item.ref].right_index) for item in attempt.items]
    return [
        SolvedItem(shown.text, shown.options, shown.chosen, place)
        for shown, place in zip(shown_items(attempt), right, strict=True)
    ]
