"""What lists and pages show of a case; names are masked, and pictures are shown to those alone who may see them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from jiangxue.archive.queries.freezes import rulings_of
from jiangxue.archive.rules.freezes import KeptOut, kept_out
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.case_words import REASONS, SOURCES, STATES, STEPS, days_said, number_said, result_said
from jiangxue.supervision.models import CaseStep
from jiangxue.supervision.queries.cases import Filed, sees_pictures_of
from jiangxue.supervision.rules.cases import CaseState, Side
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role

type UrlOf = Callable[[UUID], str]


def line_of(filed: Filed, now: datetime) -> dict[str, object]:
    """Return where a case stands, for lists and for its page."""
    case, training_class = filed.case, filed.place.training_class
    decision = filed.decision
    return {
        "id": case.pk,
        "number": number_said(case.serial, learning_day(case.opened_at)),
        "learner": masked_name(filed.place.learner.staff_name),
        "class_name": training_class.name,
        "institution": training_class.institution.name,
        "reason_label": REASONS[case.reason],
        "source_label": SOURCES[case.source],
        "days": days_said(case.freeze.first_day, case.freeze.last_day),
        "opened_at": case.opened_at,
        "answer_by": case.answer_by,
        "due_on": case.due_on,
        "frozen_until": case.freeze.until,
        "is_decided": filed.state is CaseState.DECIDED,
        "has_lapsed": filed.has_lapsed,
        "overdue": filed.is_overdue(now),
        "state": filed.state.value,
        "state_label": STATES[filed.state],
        "result": result_said(decision.result, decision.days) if decision else "",
        "learner_explained": filed.has_explained(Side.LEARNER),
        "institution_explained": filed.has_explained(Side.INSTITUTION),
    }


def recognition_of(filed: Filed, days: Iterable[date]) -> dict[date, str]:
    """Say of days in question whether what was learned on them is recognised now, by this case and all others about the place."""
    rulings = rulings_of([filed.place.pk]).get(filed.place.pk, [])
    return {day: _recognition(filed, kept_out(rulings, day)) for day in days}


def _recognition(filed: Filed, why: KeptOut | None) -> str:
    match why:
        case KeptOut.FROZEN:
            return gettext("frozen")
        case KeptOut.WITHHELD:
            return gettext("not recognised by decision")
        case None if filed.has_lapsed and filed.decision is None:
            return gettext("recognised again: the time for freezing is over")
        case None:
            return gettext("recognised")


def steps_of(filed: Filed, viewer: Viewer, picture_url: UrlOf) -> list[dict[str, object]]:
    """Return who in which role did what and when, the opening first."""
    case = filed.case
    opening: dict[str, object] = {
        "role_label": recorded_role(Role.SUPERVISOR),
        "name": masked_name(case.opened_by.name),
        "at": case.opened_at,
        "act": STEPS["opened"],
        "text": "",
        "result": "",
        "pictures": [],
        "hidden_pictures": 0,
    }
    return [opening, *(_step(step, viewer, picture_url) for step in filed.steps)]


def _step(step: CaseStep, viewer: Viewer, picture_url: UrlOf) -> dict[str, object]:
    pictures = list(step.pictures.all())
    is_shown = sees_pictures_of(viewer, step)
    return {
        "role_label": recorded_role(step.role) if step.role else "",
        "name": masked_name(step.by.name) if step.by else "",
        "at": step.at,
        "act": STEPS[step.kind],
        "text": step.text,
        "result": result_said(step.result, step.days),
        "pictures": [picture_url(each.pk) for each in pictures] if is_shown else [],
        "hidden_pictures": 0 if is_shown else len(pictures),
    }
