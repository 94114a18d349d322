"""Deciding an appeal: one person proposes, another one approves or sends back. Clauses T1.3, M6.

Two who act at the same moment cannot both: each step has a place of its own.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NotTheTurn, NotYours
from jiangxue.learning.models import AppealStep, Correction, DayTotal
from jiangxue.learning.queries.appeals import Appealed, appeal_for
from jiangxue.learning.queries.second_person import may_check
from jiangxue.learning.rules.appeals import Result, StepKind, require_proposal, require_review
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.telling import tell_of_appeal_step
from jiangxue.ledger import services as ledger


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the head teacher would do: give back `ms` of the stretch (None: nothing), and why. `after` is the step it was written after."""

    after: int
    ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """What the second person does with the proposal that is step `after`, and why."""

    after: int
    approves: bool
    text: str


@transaction.atomic
def propose(viewer: Viewer, appeal_id: UUID, proposal: Proposal, *, by: Actor, clock: Clock) -> None:
    """Add the head teacher's proposal, or raise why not: `NoSuchAppeal`, `NotYours`, `NotTheTurn`, `OwnTime`, `CorrectsTooMuch`."""
    found, now = _locked(viewer, appeal_id, proposal.after, clock)
    if viewer.role is not Role.HEAD_TEACHER:
        raise NotYours
    appeal = found.appeal
    require_proposal(found.state, by=viewer.account_id, learner=appeal.learner_id, ms=proposal.ms, of_ms=appeal.ms)
    result = Result.UPHELD if proposal.ms is None else Result.CORRECTED
    step = AppealStep(kind=StepKind.PROPOSED, result=result.value, ms=proposal.ms, text=proposal.text)
    _add(found, step, viewer, by=by, now=now)


@transaction.atomic
def review(viewer: Viewer, appeal_id: UUID, said: Review, *, by: Actor, clock: Clock) -> None:
    """Approve or send back a proposal, or raise why not: `NoSuchAppeal`, `NotYours`, `NotTheTurn`, `SamePerson`, `OwnTime`."""
    found, now = _locked(viewer, appeal_id, said.after, clock)
    if not may_check(viewer, found.appeal.session.enrolment.training_class, now):
        raise NotYours
    proposal = found.proposal
    proposer = proposal.by_id if proposal is not None else None
    require_review(found.state, by=viewer.account_id, learner=found.appeal.learner_id, proposer=proposer)
    kind = StepKind.APPROVED if said.approves else StepKind.SENT_BACK
    step = AppealStep(kind=kind, text=said.text, proposed_by_id=proposer)
    _add(found, step, viewer, by=by, now=now)
    if said.approves and proposal is not None and proposal.ms is not None:
        _correct(found, proposal, step)


def _locked(viewer: Viewer, appeal_id: UUID, after: int, clock: Clock) -> tuple[Appealed, datetime]:
    """Return the appeal as it stands under its learner's lock, and when that is; raise `NotTheTurn` if it has moved on since the page was read."""
    _lease, now = locked_lease(appeal_for(viewer, appeal_id).appeal.learner_id, clock)
    found = appeal_for(viewer, appeal_id)
    if len(found.steps) != after:
        raise NotTheTurn
    return found, now


def _add(found: Appealed, step: AppealStep, viewer: Viewer, *, by: Actor, now: datetime) -> None:
    appeal = found.appeal
    step.appeal, step.ordinal = appeal, len(found.steps) + 1
    step.by_id, step.role, step.at = viewer.account_id, viewer.role.value, max(now, appeal.opened_at)
    step.save(force_insert=True)
    facts: dict[str, Value] = {
        "appeal": appeal.pk.hex,
        "ordinal": step.ordinal,
        "by": step.by_id,
        "role": step.role,
        "result": step.result,
        "ms": step.ms,
        "text": step.text,
        "proposed_by": step.proposed_by_id,
    }
    ledger.append(appeal.session.enrolment.aid, f"appeal.{step.kind}", facts, at=step.at)
    audit.record(f"appeal.{step.kind}", by=by, at=step.at, about=("appeal", appeal.pk))
    tell_of_appeal_step(appeal, step)


def _correct(found: Appealed, proposal: AppealStep, approval: AppealStep) -> None:
    """Append what is given back, and add it to the day's own column; segments, verdicts and judged sums stay as they are."""
    appeal = found.appeal
    assert proposal.ms is not None
    Correction.objects.create(
        appeal=appeal,
        session=appeal.session,
        learner_id=appeal.learner_id,
        day=appeal.day,
        start_ms=appeal.start_ms,
        end_ms=appeal.end_ms,
        reason=appeal.reason,
        ms=proposal.ms,
        proposed_by_id=proposal.by_id,
        approved_by_id=approval.by_id,
        at=approval.at,
    )
    enrolment = appeal.session.enrolment
    day = DayTotal.objects.filter(
        learner_id=appeal.learner_id, training_class_id=enrolment.training_class_id, day=appeal.day
    )
    day.update(corrected_ms=F("corrected_ms") + proposal.ms)
    facts: dict[str, Value] = {
        "appeal": appeal.pk.hex,
        "session": appeal.session_id.hex,
        "day": appeal.day.isoformat(),
        "start_ms": appeal.start_ms,
        "end_ms": appeal.end_ms,
        "reason": appeal.reason,
        "ms": proposal.ms,
        "proposed_by": proposal.by_id,
        "approved_by": approval.by_id,
    }
    ledger.append(enrolment.aid, "correction.appended", facts, at=approval.at)
