"""Deciding a case: one person of the authority proposes, another one decides or sends back (经办人、复核人). Clauses M6, C5; docs/rules/cases.md."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jiangxue.archive.queries.freezes import run_out
from jiangxue.archive.services.freezing import end_freeze, let_freeze_lapse, lock_hours_of
from jiangxue.audit.services import PROGRAM, Actor
from jiangxue.kernel.clock import Clock, learning_day
from jiangxue.kernel.viewer import Viewer
from jiangxue.supervision.models import Case, CaseStep
from jiangxue.supervision.queries.cases import learned_days, officer_of, with_steps
from jiangxue.supervision.rules.cases import Result, StepKind, require_proposal, require_review
from jiangxue.supervision.services.cases import add_step, locked_case


@dataclass(frozen=True, slots=True)
class Proposal:
    """Of which days hours are not to be recognised (none: all stand), and why; `after` is how many steps the page showed."""

    after: int
    withheld: frozenset[date]
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """What the second person does with the proposal, and why; `after` is how many steps the page showed."""

    after: int
    approves: bool
    text: str


@transaction.atomic
def propose(viewer: Viewer, case_id: UUID, proposal: Proposal, *, by: Actor, clock: Clock) -> CaseStep:
    """Propose what becomes of the frozen hours; raise `NoSuchCase`, `NotYours`, `TakesPart`, `NotTheTurn`, `NoSuchDays`, `HearFirst`."""
    filed, _held, now = locked_case(viewer, case_id, proposal.after, clock)
    officer = officer_of(viewer, filed)
    require_proposal(filed.course, officer, proposal.withheld, learned_days(filed), learning_day(now))
    result = Result.WITHHELD if proposal.withheld else Result.STANDS
    step = CaseStep(kind=StepKind.PROPOSED, text=proposal.text, result=result.value, days=sorted(proposal.withheld))
    return add_step(filed, step, viewer, by=by, now=now)


@transaction.atomic
def review(viewer: Viewer, case_id: UUID, said: Review, *, by: Actor, clock: Clock) -> CaseStep:
    """Decide as was proposed, which ends the freeze, or send back; raise `NoSuchCase`, `NotYours`, `TakesPart`, `NotTheTurn`, `SamePerson`."""
    filed, held, now = locked_case(viewer, case_id, said.after, clock)
    require_review(filed.course, officer_of(viewer, filed), approves=said.approves)
    proposal = filed.proposal
    assert proposal is not None
    assert proposal.by_id is not None
    step = CaseStep(kind=StepKind.SENT_BACK, text=said.text, proposed_by_id=proposal.by_id)
    if said.approves:
        step.kind, step.result, step.days = StepKind.DECIDED, proposal.result, proposal.days
    add_step(filed, step, viewer, by=by, now=now)
    if said.approves:
        persons = proposal.by_id, viewer.account_id
        end_freeze(held, filed.case.freeze, frozenset(proposal.days), persons=persons, now=step.at)
    return step


def let_lapse(*, clock: Clock) -> int:
    """Recognise hours again that stayed frozen as long as they may, and return of how many cases; the cases themselves go on."""
    return sum(_lapse(freeze_id, clock) for freeze_id in run_out(learning_day(clock.now())))


@transaction.atomic
def _lapse(freeze_id: UUID, clock: Clock) -> bool:
    case = Case.objects.select_related("freeze", "enrolment__training_class").get(pk=freeze_id)
    held = lock_hours_of(case.enrolment_id)
    now = clock.now()
    if not let_freeze_lapse(held, case.freeze, now=now):
        return False
    add_step(with_steps([case])[0], CaseStep(kind=StepKind.LAPSED), None, by=PROGRAM, now=now)
    return True
