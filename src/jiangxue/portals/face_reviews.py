"""Face checks that people decide or look at, as staff and supervisors see them: a list by state and class, and one with its evidence. Clauses T3.1, T3.2, C5."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.learning.errors import NoSuchReview
from jiangxue.learning.queries.checks import checks_on
from jiangxue.learning.queries.face_pictures import Picture, may_see_pictures
from jiangxue.learning.queries.face_reviews import (
    FaceCase,
    face_case_for,
    face_cases,
    in_state,
    waiting_first,
    with_steps,
)
from jiangxue.learning.queries.stretches import share_on
from jiangxue.learning.rules.face_reviews import OPEN, ReviewState, ReviewStep
from jiangxue.learning.services.face_pictures import show_pictures
from jiangxue.portals.face_evidence import attempts_shown
from jiangxue.portals.face_pictures import side_by_side
from jiangxue.portals.face_words import STATES, STEPS
from jiangxue.portals.revealing import RevealForm
from jiangxue.portals.watching.case_links import new_case_url
from jiangxue.ui.checks import marks_of
from jiangxue.ui.faces import TRIGGERS, word_of
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role

CASES_A_PAGE = 20


class CaseFilter(forms.Form):
    """Which cases to list; kept in the address."""

    def __init__(self, viewer: Viewer, data: Mapping[str, str]) -> None:
        super().__init__(data if data.keys() & {"state", "training_class"} else None)
        found = face_cases(viewer).order_by("session__enrolment__training_class__name")
        named = found.values_list("session__enrolment__training_class", "session__enrolment__training_class__name")
        states = [("", _("all")), *((state.value, label) for state, label in STATES.items())]
        classes = [("", _("all")), *((str(pk), name) for pk, name in named.distinct())]
        self.fields["state"] = forms.ChoiceField(label=_("State"), required=False, choices=states)
        self.fields["training_class"] = forms.ChoiceField(label=_("Class"), required=False, choices=classes)

    @property
    def state_wanted(self) -> ReviewState | None:
        """Return the state that is looked for, None for all."""
        said = self.cleaned_data.get("state") if self.is_bound and self.is_valid() else ""
        return ReviewState(said) if said else None

    @property
    def class_wanted(self) -> int | None:
        """Return the class that is looked for, None for all."""
        said = self.cleaned_data.get("training_class") if self.is_bound and self.is_valid() else ""
        return int(said) if said else None


def cases_context(request: SignedRequest, portal: str) -> dict[str, object]:
    """Return what ui/face_case_table.html lists: the viewer's cases, those that wait before the others; of one state by when they began to wait, or newest first."""
    form = CaseFilter(request.viewer, request.GET)
    found, state = face_cases(request.viewer), form.state_wanted
    if form.class_wanted is not None:
        found = found.filter(session__enrolment__training_class=form.class_wanted)
    if state is None:
        found = waiting_first(found)
    else:
        found = in_state(found, state).order_by("settled_at" if state in OPEN else "-settled_at", "pk")
    page = InTwoSteps(found, CASES_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(each, portal, request.now) for each in with_steps(list(page.object_list))]
    return {"cases": with_lines(page, lines), "filter_form": form}


def _line(case: FaceCase, portal: str, now: datetime) -> dict[str, object]:
    training_class = case.check.session.enrolment.training_class
    return {
        **_standing(case, now),
        "url": reverse(f"{portal}:face_case", args=(case.check.pk,)),
        "learner": case.check.learner.staff_name,
        "class_name": training_class.name,
        "institution": training_class.institution.name,
    }


def _standing(case: FaceCase, now: datetime) -> dict[str, object]:
    return {
        "state": case.state.value,
        "state_label": STATES[case.state],
        "is_open": case.state in OPEN,
        "due_on": case.due_on,
        "overdue": case.is_overdue(now),
        "asked_at": case.check.asked_at,
        "settled_at": case.settled_at,
        "trigger_label": word_of(TRIGGERS, case.check.trigger),
        "ms": case.ms,
    }


def case_context(case: FaceCase, portal: str, now: datetime) -> dict[str, object]:
    """Return what ui/face_case_page.html shows of one case and of the time around it."""
    check = case.check
    around = share_on(check.session, learning_day(check.asked_at)).stretches
    return {
        "case": _standing(case, now),
        "learner": check.learner.staff_name,
        "lesson_title": check.session.lesson.title,
        "class_name": check.session.enrolment.training_class.name,
        "class_url": reverse(f"{portal}:class", args=(check.session.enrolment.training_class_id,)),
        "cases_url": reverse(f"{portal}:face_cases"),
        "device": check.session.device,
        "attempts": attempts_shown(check),
        "steps": _steps(case),
        "around": around,
        "marks": marks_of(checks_on([check.learner_id], learning_day(check.asked_at)), around),
        "reveal_url": reverse(f"{portal}:face_pictures", args=(check.pk,)),
    }


def _steps(case: FaceCase) -> list[dict[str, object]]:
    return [
        {
            "name": masked_name(step.by.name),
            "role_label": recorded_role(step.role),
            "at": step.at,
            "act": STEPS[ReviewStep(step.kind)],
            "text": step.text,
        }
        for step in case.steps
    ]


def asking_context(request: SignedRequest, case: FaceCase) -> dict[str, object]:
    """Return the form that asks why the viewer looks, where there may be pictures for them."""
    return {"pictures": None, "reveal_form": RevealForm() if may_see_pictures(request.viewer, case) else None}


def pictures_context(request: SignedRequest, case: FaceCase, portal: str) -> dict[str, object]:
    """Return the same, or the pictures once it was said why."""
    if request.method != "POST" or not may_see_pictures(request.viewer, case):
        return asking_context(request, case)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return {"pictures": None, "reveal_form": form}
    found: list[Picture] = list(show_pictures(request.viewer, case, form.reason, by=actor_of(request), now=request.now))
    address = f"{portal}:face_picture"
    return {
        "pictures": side_by_side(request, case, found, lambda token: reverse(address, args=(token,))),
        "reveal_form": None,
    }


def found_case(request: SignedRequest, check_id: UUID) -> FaceCase:
    """Return a case that the viewer may see; 404 for any other."""
    try:
        return face_case_for(request.viewer, check_id)
    except NoSuchReview:
        raise Http404 from None


def watched_case(request: SignedRequest, check_id: UUID, portal: str) -> HttpResponse:
    """Show one case to somebody who only looks, with its pictures once a reason was given."""
    case = found_case(request, check_id)
    shown = pictures_context(request, case, portal)
    form = shown["reveal_form"]
    may_open = request.viewer.role is Role.SUPERVISOR
    place = case.check.session.enrolment
    shown["new_case_url"] = new_case_url(place, "face_review", case.check.pk.hex) if may_open else ""
    status = 400 if isinstance(form, RevealForm) and form.is_bound else 200
    return render(
        request, "ui/face_case_page.html", {**case_context(case, portal, request.now), **shown}, status=status
    )
