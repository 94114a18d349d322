"""Opening a case, explaining in it, and asking on. Clauses M6, C5; docs/rules/cases.md.

Every step is taken under the lock of the class's hours, on the page that was read last: two at once cannot both.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from jiangxue.archive.errors import AlreadyFrozen, NothingToFreeze
from jiangxue.archive.rules.freezes import Days
from jiangxue.archive.services.freezing import Held, Wished, freeze, lock_hours_of
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.djangokit.sealed import seal_bytes_for
from jiangxue.enrolment.queries import place_for, reach_of
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.ledger import services as ledger
from jiangxue.policies.queries import time_policy_for
from jiangxue.supervision.errors.cases import AlreadyOpen, ArchiveGone, NotTheTurn, NotYours, TakesPart
from jiangxue.supervision.models import Case, CasePicture, CaseStep
from jiangxue.supervision.queries.cases import Filed, case_for, officer_of, takes_part_in
from jiangxue.supervision.rules.cases import (
    SIDES,
    CaseState,
    Reason,
    Source,
    StepKind,
    deadlines,
    require_explanation,
    require_officer,
)
from jiangxue.supervision.services.telling_of_cases import tell_of_case, tell_of_step


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What a supervisor wants cleared up: why, what is asked, of which days, and from where the case is opened."""

    reason: Reason
    grounds: str
    question: str
    days: Days = field(default=Days())
    source: Source = Source.LEARNER
    source_ref: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and pictures that were written anew; `after` is how many steps the page showed."""

    after: int
    text: str
    pictures: tuple[bytes, ...] = ()


@transaction.atomic
def open_case(viewer: Viewer, place_at: tuple[int, int], draft: CaseDraft, *, by: Actor, clock: Clock) -> Case:
    """Open a case about a place (class, place) and freeze its hours; raise `NotInClass`, `NotYours`, `TakesPart`, `AlreadyOpen`, `ArchiveGone`."""
    place = place_for(viewer, *place_at)
    if viewer.role is not Role.SUPERVISOR or not viewer.region:
        raise NotYours
    if takes_part_in(viewer.account_id, place):
        raise TakesPart
    held = lock_hours_of(place.pk)
    now = clock.now()
    _place, training_class = held
    by_when = deadlines(learning_day(now), time_policy_for(reach_of(training_class), now).policy)
    wished = Wished(ids.new_id(), draft.days, by_when.frozen_until)
    try:
        frozen = freeze(held, wished, by=viewer.account_id, now=now)
    except AlreadyFrozen:
        raise AlreadyOpen from None
    except NothingToFreeze:
        raise ArchiveGone from None
    case = Case.objects.create(
        freeze=frozen,
        enrolment=place,
        serial=_next_serial(),
        region=viewer.region,
        reason=draft.reason.value,
        source=draft.source.value,
        source_ref=draft.source_ref,
        grounds=draft.grounds,
        question=draft.question,
        opened_by_id=viewer.account_id,
        opened_at=now,
        answer_by=by_when.answer_by,
        due_on=by_when.due_on,
    )
    ledger.append(place.aid, "case.opened", _opened(case), at=now)
    audit.record("case.opened", by=by, at=now, about=("case", case.pk))
    tell_of_case(case)
    return case


def _next_serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('supervision_case_serial')")
        (serial,) = cursor.fetchone() or (0,)
    return int(serial)


def _opened(case: Case) -> dict[str, Value]:
    frozen = case.freeze
    return {
        "case": case.pk.hex,
        "number": case.serial,
        "region": case.region,
        "reason": case.reason,
        "source": case.source,
        "grounds": case.grounds,
        "question": case.question,
        "first_day": frozen.first_day.isoformat() if frozen.first_day else None,
        "last_day": frozen.last_day.isoformat() if frozen.last_day else None,
        "answer_by": case.answer_by.isoformat(),
        "due_on": case.due_on.isoformat(),
        "frozen_until": frozen.until.isoformat(),
        "by": case.opened_by_id,
        "role": Role.SUPERVISOR.value,
    }


@transaction.atomic
def explain(viewer: Viewer, case_id: UUID, said: Said, *, by: Actor, clock: Clock) -> CaseStep:
    """Add what the learner or the institution says; raise `NoSuchCase`, `NotYours`, `NotTheTurn`, `EnoughSaid`.

    Nothing is lost when the other side explains at the same time: only a decision that came meanwhile refuses it.
    """
    filed, _held, now = locked_case(viewer, case_id, None, clock)
    require_explanation(filed.course, SIDES.get(viewer.role))
    step = CaseStep(kind=StepKind.EXPLAINED, text=said.text)
    return add_step(filed, step, viewer, by=by, now=now, pictures=said.pictures)


@transaction.atomic
def ask_on(viewer: Viewer, case_id: UUID, said: Said, *, by: Actor, clock: Clock) -> CaseStep:
    """Add a further question of the authority; raise `NoSuchCase`, `NotYours`, `TakesPart`, `NotTheTurn`."""
    filed, _held, now = locked_case(viewer, case_id, said.after, clock)
    require_officer(filed.course, officer_of(viewer, filed))
    if filed.state is CaseState.DECIDED:
        raise NotTheTurn
    return add_step(filed, CaseStep(kind=StepKind.ASKED, text=said.text), viewer, by=by, now=now)


def locked_case(viewer: Viewer, case_id: UUID, after: int | None, clock: Clock) -> tuple[Filed, Held, datetime]:
    """Return a case as it stands under the lock of its class's hours, what that holds, and when that is; `NotTheTurn` if it has moved on since the page was read (None: whatever came meanwhile)."""
    held = lock_hours_of(case_for(viewer, case_id).case.enrolment_id)
    now = clock.now()
    filed = case_for(viewer, case_id)
    if after is not None and len(filed.steps) != after:
        raise NotTheTurn
    return filed, held, now


def add_step(  # noqa: PLR0913  (the case, the step, who, when, and what came with it)
    filed: Filed,
    step: CaseStep,
    viewer: Viewer | None,
    *,
    by: Actor,
    now: datetime,
    pictures: tuple[bytes, ...] = (),
) -> CaseStep:
    """Append a step to a case, its archive and the audit; without a viewer nobody did it."""
    case = filed.case
    step.case, step.ordinal, step.at = case, len(filed.steps) + 1, max(now, case.opened_at)
    step.by_id, step.role = (viewer.account_id, viewer.role.value) if viewer else (None, "")
    step.save(force_insert=True)
    digests = [_keep_picture(step, number, picture) for number, picture in enumerate(pictures, 1)]
    taken = StepKind(step.kind)
    ledger.append(case.enrolment.aid, f"case.{taken.value}", _facts(step, digests), at=step.at)
    audit.record(f"case.{taken.value}", by=by, at=step.at, about=("case", case.pk))
    tell_of_step(filed, step)
    return step


def _keep_picture(step: CaseStep, ordinal: int, picture: bytes) -> str:
    digest = hashlib.sha256(picture).hexdigest()
    row = CasePicture(id=ids.new_id(), step=step, ordinal=ordinal, digest=digest)
    seal_bytes_for(row, "sealed", picture)
    row.save(force_insert=True)
    return digest


def _facts(step: CaseStep, digests: list[str]) -> dict[str, Value]:
    return {
        "case": step.case_id.hex,
        "ordinal": step.ordinal,
        "by": step.by_id,
        "role": step.role,
        "text": step.text,
        "result": step.result,
        "days": [day.isoformat() for day in step.days],
        "proposed_by": step.proposed_by_id,
        "pictures": list(digests),
    }
