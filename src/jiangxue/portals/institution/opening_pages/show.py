"""Applications to open a class: the list, and one of them with what is found wrong and what happened to it. Clause T7."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.enrolment.queries.opening_facts import application_of, needs_approval, version_for
from jiangxue.enrolment.queries.openings import Opening, handed_in, opening_for, openings, steps_of
from jiangxue.enrolment.rules.applications import Application
from jiangxue.enrolment.rules.openings import EDITABLE, OpeningState, StepKind, is_possible
from jiangxue.kernel.viewer import Role
from jiangxue.portals.institution.opening_pages.edit import findings_by_part, step_links
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, class_url, frame, of_an_opening
from jiangxue.portals.institution.opening_pages.roster_terms import ending
from jiangxue.portals.institution.opening_pages.running import running
from jiangxue.portals.opening_lines import application_lines, fee_line, step_lines
from jiangxue.portals.opening_search import OpeningSearch
from jiangxue.portals.opening_words import STATES

OPENINGS_A_PAGE = 20


class WithdrawForm(forms.Form):
    """Why an application is given up."""

    words = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))


@for_roles(*APPLICANTS)
@require_safe
def listed(request: SignedRequest) -> HttpResponse:
    """List the applications that the viewer may see, the newest first."""
    form = OpeningSearch(request.viewer, request.GET)
    found = openings(request.viewer, named=form.wanted, state=form.state_wanted)
    page = InTwoSteps(found, OPENINGS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(each) for each in page.object_list]
    context = {"openings": with_lines(page, lines), "filter_form": form, "new_url": reverse("institution:new_opening")}
    return render(request, "institution/opening/list.html", context)


@for_roles(*APPLICANTS)
@require_safe
@of_an_opening
def show(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Show an application as it says now, or as it was handed in."""
    opening = opening_for(request.viewer, opening_id)
    return page(request, opening, WithdrawForm())


def page(request: SignedRequest, opening: Opening, form: WithdrawForm, *, status: int = 200) -> HttpResponse:
    """Return the page of an application."""
    is_decided = opening.state in (OpeningState.OPENING, OpeningState.OPENED, OpeningState.WITHDRAWN)
    by_part = {} if is_decided else findings_by_part(request, opening)
    found = [line for lines in by_part.values() for line in lines]
    application = application_shown(request, opening)
    steps = list(steps_of(request.viewer, opening.pk))
    context = {
        **frame(opening),
        "application": application_lines(application) if application else None,
        "fee": fee_line(version_for(opening)),
        "steps": [
            {**step, "findings": by_part.get(part, [])}
            for part, step in zip(by_part, step_links(opening), strict=False)
        ],
        "blocking": sum(1 for line in found if line["is_blocking"]),
        "history": step_lines(steps),
        "returned": next((step for step in steps if step.kind == StepKind.RETURNED), None),
        "class_url": class_url(opening),
        "roster_url": reverse("institution:opening_roster", args=(opening.pk,)),
        "form": form,
        **ending(request, opening),
        **_acts(request, opening),
        **running(request, opening),
    }
    return render(request, "institution/opening/show.html", context, status=status)


def application_shown(request: SignedRequest, opening: Opening) -> Application | None:
    """Return what an application says: now while it is written, else as it was handed in; None where no version of the course is in force."""
    if opening.state in EDITABLE or opening.state == OpeningState.WITHDRAWN:
        version = version_for(opening)
        return application_of(opening, version) if version else None
    kept = handed_in(request.viewer, opening.pk)
    return kept.application if kept else None


def _acts(request: SignedRequest, opening: Opening) -> dict[str, object]:
    """Return what the viewer may do with an application now, as addresses."""
    state = OpeningState(opening.state)
    is_administrator = request.viewer.role is Role.INSTITUTION_ADMINISTRATOR
    possible = {
        "submit": is_administrator and is_possible(StepKind.SUBMITTED, state),
        "take_back": is_administrator and is_possible(StepKind.TAKEN_BACK, state),
        "open": state in (OpeningState.APPROVED, OpeningState.OPENING),
        "withdraw": is_possible(StepKind.WITHDRAWN, state),
    }
    acts: dict[str, object] = {
        f"{name}_url": reverse(f"institution:{name}_opening", args=(opening.pk,)) if is_so else ""
        for name, is_so in possible.items()
    }
    return {**acts, "is_administrator": is_administrator, "needs_approval": needs_approval(opening, request.now)}


def _line(each: Opening) -> dict[str, object]:
    return {
        "name": each.name,
        "url": reverse("institution:opening", args=(each.pk,)),
        "course_title": each.course.title,
        "head_teacher": each.head_teacher.name,
        "opens_on": each.opens_on,
        "closes_on": each.closes_on,
        "people": getattr(each, "size", 0),
        "state": each.state,
        "state_label": STATES[each.state],
    }
