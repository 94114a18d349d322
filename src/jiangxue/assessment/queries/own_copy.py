"""Every attempt that is held of the viewer, for the page and the copy of their own data. Clause M2; PIPL Article 45."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jiangxue.assessment.models import Attempt
from jiangxue.assessment.queries.attempts import ShownItem
from jiangxue.courseware.queries.teaching import questions_kept
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CopiedAttempt:
    """An attempt with what it asked and what was chosen; what is right is not in it, as on its page."""

    attempt: Attempt
    items: Sequence[ShownItem]


def held_attempts(viewer: Viewer) -> QuerySet[Attempt]:
    """Return the attempts of the viewer, also in classes that they have left, oldest first."""
    found = Attempt.objects.filter(enrolment__learner_id=viewer.account_id)
    return found.select_related("enrolment__training_class", "lesson").order_by("begun_at", "pk")


def copied_attempts(viewer: Viewer) -> list[CopiedAttempt]:
    """Return the same with their questions."""
    found = list(held_attempts(viewer))
    kept = questions_kept({item.ref for attempt in found for item in attempt.items})
    return [
        CopiedAttempt(
            attempt,
            [
                ShownItem(kept[item.ref].text, tuple(kept[item.ref].options[at] for at in item.order), item.chosen)
                for item in attempt.items
            ],
        )
        for attempt in found
    ]
