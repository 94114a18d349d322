"""What is being cleared up about the learner's own hours: what is asked, what they say, and what came of it. Clauses M6, C5."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.portals.case_words import days_said, list_of_days
from jiangxue.portals.cases import pages
from jiangxue.portals.learner.up_to_date import check_first
from jiangxue.supervision.queries.cases import Filed, cases, learned_days, with_steps
from jiangxue.supervision.rules.cases import Side

TEMPLATE = "learner/case.html"


def addresses() -> list[URLPattern]:
    """Return the addresses of cases."""
    return [
        path("cases/", cases_list, name="cases"),
        path("cases/<uuid:case_id>/", show, name="case"),
        path("cases/<uuid:case_id>/explain/", explain, name="explain_case"),
        path("cases/pictures/<uuid:picture_id>/", picture, name="case_picture"),
    ]


def cases_told(viewer: Viewer, *, class_id: int | None = None, day: date | None = None) -> dict[str, object]:
    """Return what learner/cases_told.html says on other pages: which of the viewer's hours wait or are not recognised, why, and what to do.

    Of one class or one day alone where that is named: then those stand there too of which days are not recognised by decision.
    """
    found = cases(viewer)
    filed = with_steps(list(found if class_id is None else found.filter(enrolment__training_class=class_id)))
    if day is not None:
        filed = [each for each in filed if day in learned_days(each)]
    is_narrow = class_id is not None or day is not None
    shown = [each for each in filed if each.decision is None or (is_narrow and _is_withheld(each, day))]
    return {
        "own_cases": {
            "all": len(filed),
            "lines": [_told(each) for each in shown],
            "url": reverse("learner:cases"),
        }
    }


def _is_withheld(filed: Filed, day: date | None) -> bool:
    withheld = filed.decision.days if filed.decision else ()
    return bool(withheld) if day is None else day in withheld


def _told(filed: Filed) -> dict[str, object]:
    """Return which hours a case is about, how they stand, and what is to be done."""
    case, decision = filed.case, filed.decision
    return {
        "url": reverse("learner:case", args=(case.pk,)),
        "class_name": filed.place.training_class.name,
        "days": list_of_days(decision.days) if decision else days_said(case.freeze.first_day, case.freeze.last_day),
        "answer_by": case.answer_by,
        "due_on": case.due_on,
        "is_decided": decision is not None,
        "has_lapsed": filed.has_lapsed,
        "has_explained": filed.has_explained(Side.LEARNER),
    }


@for_roles(Role.LEARNER)
@require_safe
@check_first
def cases_list(request: SignedRequest) -> HttpResponse:
    """List the viewer's own cases."""
    context = {**pages.list_context(request), "records_url": reverse("learner:records")}
    return render(request, "learner/cases.html", context)


@for_roles(Role.LEARNER)
@require_safe
@check_first
def show(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Show one of the viewer's own cases, and the form for what they say."""
    return pages.explaining(request, pages.found_case(request, case_id), TEMPLATE)


@for_roles(Role.LEARNER)
@require_POST
@check_first
def explain(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take what the learner says."""
    return pages.hear_explanation(request, case_id, TEMPLATE)


@for_roles(Role.LEARNER)
@require_safe
def picture(request: SignedRequest, picture_id: UUID) -> HttpResponse:
    """Send a picture that the learner gave."""
    return pages.picture(request, picture_id)
