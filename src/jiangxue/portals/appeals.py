"""Appeals as staff and supervisors see them: a list by state, and one beside its stretch. Clauses T1.3, M6, C5."""

from collections.abc import Mapping
from datetime import datetime

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.archive.queries.settlements import is_settled
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.appeals import DECIDERS, Appealed, appeals, in_state, open_appeals_in, with_steps
from jiangxue.learning.queries.checks import checks_on
from jiangxue.learning.queries.corrections import corrections_in
from jiangxue.learning.queries.face_reviews import LOOKERS, open_reviews_in
from jiangxue.learning.queries.stretches import check_concerned, share_on
from jiangxue.learning.rules.appeals import USUAL_PERCENT, AppealState
from jiangxue.learning.rules.checks import CheckKind
from jiangxue.portals.explaining import STATES, explained, outcome_of, steps_of
from jiangxue.portals.face_evidence import attempts_shown
from jiangxue.ui.checks import marks_of
from jiangxue.ui.minute_bar import part_of

APPEALS_A_PAGE = 20


class StateForm(forms.Form):
    """Which appeals to list; kept in the address."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *((state.value, label) for state, label in STATES.items())],
    )

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data if data.get("state") else None)

    @property
    def wanted(self) -> AppealState | None:
        """Return the state that is looked for, None for all."""
        if not self.is_bound or not self.is_valid() or not self.cleaned_data["state"]:
            return None
        return AppealState(self.cleaned_data["state"])


def appeals_context(request: SignedRequest, portal: str) -> dict[str, object]:
    """Return what ui/appeal_table.html lists: the viewer's appeals, newest first; those that wait by the day they are due."""
    form = StateForm(request.GET)
    found = appeals(request.viewer)
    if form.wanted is not None:
        found = in_state(found, form.wanted)
    newest_first = form.wanted is None or form.wanted is AppealState.SETTLED
    order = ("-opened_at",) if newest_first else ("due_on", "opened_at")
    page = InTwoSteps(found.order_by(*order, "pk"), APPEALS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(each, portal, request.now) for each in with_steps(list(page.object_list))]
    return {"appeals": with_lines(page, lines), "filter_form": form}


def _line(found: Appealed, portal: str, now: datetime) -> dict[str, object]:
    training_class = found.appeal.session.enrolment.training_class
    return {
        **outcome_of(found, now),
        "url": reverse(f"{portal}:appeal", args=(found.appeal.pk,)),
        "learner": found.appeal.learner.staff_name,
        "class_name": training_class.name,
        "institution": training_class.institution.name,
    }


def appeal_context(found: Appealed, portal: str, now: datetime) -> dict[str, object]:
    """Return what the page of one appeal shows of it and of its stretch."""
    appeal = found.appeal
    around = share_on(appeal.session, appeal.day).stretches
    return {
        "appeal": outcome_of(found, now),
        "is_class_settled": is_settled(appeal.session.enrolment.training_class_id),
        "learner": appeal.learner.staff_name,
        "steps": steps_of(found),
        "stretch": explained(appeal.session, found.stretch),
        "around": around,
        "line": part_of(around, appeal.start_ms, appeal.end_ms),
        "marks": marks_of(checks_on([appeal.learner_id], appeal.day), around),
        "face": _face(found, portal),
        "class_url": reverse(f"{portal}:class", args=(appeal.session.enrolment.training_class_id,)),
        "appeals_url": reverse(f"{portal}:appeals"),
    }


def _face(found: Appealed, portal: str) -> dict[str, object] | None:
    """Return what was seen at the face check by which the stretch was voided, as a review shows it; None where it was none."""
    check = check_concerned(found.appeal.session, found.stretch)
    if check is None or check.kind != CheckKind.FACE:
        return None
    return {"attempts": attempts_shown(check), "case_url": reverse(f"{portal}:face_case", args=(check.pk,))}


def class_faces(request: SignedRequest, class_id: int, portal: str) -> dict[str, object]:
    """Return what ui/class_faces.html says of the face checks of a class that wait for people."""
    if request.viewer.role not in LOOKERS:
        return {}
    url = f"{reverse(f'{portal}:face_cases')}?training_class={class_id}"
    return {"class_faces": {"waiting": open_reviews_in(request.viewer, class_id), "url": url}}


def class_appeals(request: SignedRequest, class_id: int, portal: str) -> dict[str, object]:
    """Return what ui/class_appeals.html says of the appeals and corrections of a class."""
    found = corrections_in(request.viewer, class_id)
    may_look = request.viewer.role in {*DECIDERS, Role.SUPERVISOR}
    return {
        "class_appeals": {
            "waiting": open_appeals_in(request.viewer, class_id),
            "url": reverse(f"{portal}:appeals") if may_look else "",
            "corrected_ms": found.corrected_ms,
            "beyond_usual": found.is_beyond_usual,
            "usual_percent": USUAL_PERCENT,
        }
    }
