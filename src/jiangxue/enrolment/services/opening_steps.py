"""Appending what happens to an application. Clause T7."""

from datetime import datetime

from jiangxue.audit.services import Actor, person_of
from jiangxue.enrolment.models import ClassOpening, OpeningStep
from jiangxue.enrolment.rules.applications import Application
from jiangxue.enrolment.rules.openings import StepKind
from jiangxue.enrolment.services.telling import tell_of_step


def append_step(  # noqa: PLR0913  (a step is all of this)
    opening: ClassOpening,
    kind: StepKind,
    *,
    by: Actor,
    now: datetime,
    words: str = "",
    approval_no: str = "",
    application: Application | None = None,
) -> None:
    """Append a step and tell whom it concerns, in the transaction of what it says."""
    OpeningStep.objects.create(
        opening=opening,
        kind=kind.value,
        at=now,
        by_id=person_of(by),
        role=by.role,
        words=words.strip(),
        approval_no=approval_no.strip(),
        application=application.to_values() if application else None,
        sha256=application.sha256 if application else "",
    )
    tell_of_step(opening, kind, by=by, at=now)
