"""Telling people what they wait for in cases: both sides that they are asked, officers that it is their turn, all that it is decided. Clauses M6, C5.

In the transaction of what happened; of what people say nothing stands in a message. Learners and institutions are told by kinds of
their own, so that one side's answer takes nothing from the other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from jiangxue.accounts.queries.recipients import holders_of, supervisors_nearest, supervisors_over
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.notices.queries import untold
from jiangxue.notices.rules.fitness import Params
from jiangxue.notices.services import clear, tell
from jiangxue.supervision.models import Case, CaseStep
from jiangxue.supervision.queries.cases import Filed
from jiangxue.supervision.rules.cases import SIDES, Side, Source, StepKind

NEAR = timedelta(days=1)
"""So long before the last day for explanations those who have given none are told of it again."""

_ASKED = {
    Side.LEARNER: ("case.opened_learner", "case.asked_learner", "case.due_learner"),
    Side.INSTITUTION: ("case.opened", "case.asked", "case.due"),
}
_OF_OFFICERS = ("case.explained", "case.proposed", "case.sent_back", "case.overdue")
_ALL = (*_ASKED[Side.LEARNER], *_ASKED[Side.INSTITUTION], *_OF_OFFICERS)


def tell_of_case(case: Case) -> None:
    """Tell learner and institution that hours are frozen, and until when they are asked to explain."""
    _tell_sides(case, "case.opened_learner", "case.opened", case.opened_at)
    if case.source == Source.SAMPLE and case.source_ref:
        clear(["sample.look_closer"], about=("sample", case.source_ref), at=case.opened_at)


def tell_of_step(filed: Filed, step: CaseStep) -> None:
    """Tell who is to act after a step, and ask nobody for what it has done."""
    case, at = filed.case, step.at
    match StepKind(step.kind):
        case StepKind.EXPLAINED:
            clear(_ASKED[SIDES[step.role]], about=_about(case), at=at)
            tell(_officers(filed), kind="case.explained", about=_about(case), params=_named(case), at=at)
        case StepKind.ASKED:
            clear(["case.explained"], about=_about(case), at=at)
            _tell_sides(case, "case.asked_learner", "case.asked", at)
        case StepKind.PROPOSED:
            clear(_OF_OFFICERS, about=_about(case), at=at)
            seconds = supervisors_nearest(case.region, without=_known([step.by_id, case.opened_by_id]))
            tell(seconds, kind="case.proposed", about=_about(case), params=_named(case), at=at)
        case StepKind.SENT_BACK:
            clear(_OF_OFFICERS, about=_about(case), at=at)
            proposer = _known([step.proposed_by_id])
            tell(proposer, kind="case.sent_back", about=_about(case), params=_named(case), at=at)
        case StepKind.DECIDED:
            _tell_decided(filed, step)
        case StepKind.LAPSED:
            _tell_lapsed(filed, at)


def _tell_decided(filed: Filed, step: CaseStep) -> None:
    case, about = filed.case, _about(filed.case)
    clear(_ALL, about=about, at=step.at)
    _tell_sides(case, "case.decided_learner", "case.decided", step.at)
    others = _officers(filed) - _known([step.by_id])
    tell(others, kind="case.decided_officer", about=about, params=_named(case), at=step.at)


def _tell_lapsed(filed: Filed, at: datetime) -> None:
    _tell_sides(filed.case, "case.lapsed_learner", "case.lapsed", at)
    tell(_officers(filed), kind="case.overdue", about=_about(filed.case), params=_named(filed.case), at=at)


def tell_of_deadline(filed: Filed, now: datetime) -> None:
    """Remind each side that has not explained of its last day, and officers that a case should have been decided; for those who were told already nothing happens."""
    case, today = filed.case, learning_day(now)
    if today <= case.answer_by <= today + NEAR:
        if not filed.has_explained(Side.LEARNER):
            _tell_once([filed.place.learner_id], "case.due_learner", case, now)
        if not filed.has_explained(Side.INSTITUTION):
            _tell_once(institution_of(case), "case.due", case, now)
    if filed.is_overdue(now):
        _tell_once(_officers(filed), "case.overdue", case, now)


def institution_of(case: Case) -> set[int]:
    """Return who answers for the class of a case: its head teacher and the administrators of its institution."""
    training_class = case.enrolment.training_class
    administrators = holders_of(Role.INSTITUTION_ADMINISTRATOR, organisation_id=training_class.institution_id)
    return {training_class.head_teacher_id, *administrators}


def _officers(filed: Filed) -> set[int]:
    """Return the officers who opened a case, asked or proposed in it and still answer for its region; where none does, those nearest to it."""
    region = filed.case.region
    acted = [filed.case.opened_by_id, *(step.by_id for step in filed.steps if step.role == Role.SUPERVISOR)]
    return _known(acted) & supervisors_over(region) or supervisors_nearest(region)


def _tell_sides(case: Case, learner_kind: str, institution_kind: str, at: datetime) -> None:
    about, params = _about(case), _named(case)
    tell([case.enrolment.learner_id], kind=learner_kind, about=about, params=params, at=at)
    tell(institution_of(case), kind=institution_kind, about=about, params=params, at=at)


def _tell_once(account_ids: Iterable[int], case_kind: str, case: Case, now: datetime) -> None:
    told = untold(account_ids, case_kind, _about(case))
    tell(told, kind=case_kind, about=_about(case), params=_named(case), at=now)


def _known(account_ids: Iterable[int | None]) -> set[int]:
    return {pk for pk in account_ids if pk is not None}


def _about(case: Case) -> tuple[str, object]:
    return ("case", case.pk)


def _named(case: Case) -> Params:
    return {
        "class_title": case.enrolment.training_class.name,
        "answer_on": case.answer_by.isoformat(),
        "due_on": case.due_on.isoformat(),
    }
