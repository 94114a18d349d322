"""Lists of cases, explanations and their pictures, the same in every portal; each has them under its own addresses, for its own roles."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.audit import services as audit
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.portals.cases.forms import CaseFilter, ExplanationForm
from jiangxue.portals.cases.shown import line_of, steps_of
from jiangxue.portals.supervising.orders import orders_shown
from jiangxue.supervision.errors.cases import (
    CaseRefusal,
    EnoughSaid,
    HearFirst,
    NoSuchCase,
    NoSuchDays,
    NotTheTurn,
    NotYours,
    SamePerson,
    TakesPart,
)
from jiangxue.supervision.queries.cases import Filed, case_for, cases, in_state, overdue, picture_for, with_steps
from jiangxue.supervision.queries.orders import orders_of_case
from jiangxue.supervision.rules.cases import MOST_EXPLANATIONS, SIDES, CaseState
from jiangxue.supervision.services.cases import explain

CASES_A_PAGE = 20


def portal_of(request: SignedRequest) -> str:
    """Return the name of the portal that a request came to."""
    assert request.resolver_match is not None
    return request.resolver_match.app_name


def list_context(request: SignedRequest) -> dict[str, object]:
    """Return what cases/table.html lists: the viewer's cases, the newest first; overdue ones the longest first."""
    form = CaseFilter(request.viewer, request.GET)
    found = cases(request.viewer)
    if form.institution_wanted is not None:
        found = found.filter(enrolment__training_class__institution=form.institution_wanted)
    if form.is_overdue_wanted:
        found = overdue(found, request.now)
    elif form.state_wanted is not None:
        found = in_state(found, form.state_wanted)
    page = InTwoSteps(found, CASES_A_PAGE).get_page(request.GET.get("page"))
    portal = portal_of(request)
    lines = [
        {**line_of(each, request.now), "url": reverse(f"{portal}:case", args=(each.case.pk,))}
        for each in with_steps(list(page.object_list))
    ]
    return {"cases": with_lines(page, lines), "filter_form": form, "is_overdue_list": form.is_overdue_wanted}


def found_case(request: SignedRequest, case_id: UUID) -> Filed:
    """Return a case that the viewer may see; 404 for all others."""
    try:
        return case_for(request.viewer, case_id)
    except NoSuchCase:
        raise Http404 from None


def case_context(request: SignedRequest, filed: Filed) -> dict[str, object]:
    """Return what the page of a case shows to everybody whom it concerns."""
    portal, case = portal_of(request), filed.case
    return {
        "case": line_of(filed, request.now),
        "grounds": case.grounds,
        "question": case.question,
        "steps": steps_of(filed, request.viewer, lambda pk: reverse(f"{portal}:case_picture", args=(pk,))),
        "cases_url": reverse(f"{portal}:cases"),
        "orders_about": _orders_about(request, filed),
    }


def _orders_about(request: SignedRequest, filed: Filed) -> list[dict[str, object]]:
    """Return the orders that name a case; a learner sees none."""
    if request.viewer.role is Role.LEARNER:
        return []
    return orders_shown(request, orders_of_case(request.viewer, filed.case.pk))


def explaining(
    request: SignedRequest, filed: Filed, template: str, form: ExplanationForm | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a case to one of those who are asked, with the form for what they say."""
    may_explain = filed.state is not CaseState.DECIDED and request.viewer.role in SIDES
    context = {
        **case_context(request, filed),
        "form": (form or ExplanationForm()) if may_explain or form else None,
        "explain_url": reverse(f"{portal_of(request)}:explain_case", args=(filed.case.pk,)),
        "has_explained": filed.has_explained(SIDES[request.viewer.role]),
    }
    return render(request, template, context, status=status)


def hear_explanation(request: SignedRequest, case_id: UUID, template: str) -> HttpResponse:
    """Take an explanation; what was typed stays when it is refused."""
    filed = found_case(request, case_id)
    is_over = filed.state is CaseState.DECIDED
    form = ExplanationForm(request.POST, None if is_over else request.FILES)  # no picture is read in vain
    if not form.is_valid():
        return explaining(request, filed, template, form, status=400)
    try:
        explain(request.viewer, case_id, form.said, by=actor_of(request), clock=access.CLOCK)
    except CaseRefusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return explaining(request, found_case(request, case_id), template, form, status=status_of(refusal))
    messages.success(request, _("Your explanation has been handed in."))
    return redirect(f"{portal_of(request)}:case", case_id)


def picture(request: SignedRequest, picture_id: UUID) -> HttpResponse:
    """Send a picture of an explanation to who gave it and to the authority; the look of an officer is recorded."""
    try:
        content = picture_for(request.viewer, picture_id)
    except NoSuchCase:
        raise Http404 from None
    if request.viewer.role is Role.SUPERVISOR:
        audit.record("case.picture_shown", by=actor_of(request), at=request.now, about=("case_picture", picture_id))
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="explanation.webp"',
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type="image/webp", headers=headers)


SENTENCES: dict[type[CaseRefusal], Callable[[], str]] = {
    NotYours: lambda: _("This case was opened for a wider region, or this step belongs to another role."),
    TakesPart: lambda: _("You take part in what this case is about. Somebody else must decide about it."),
    SamePerson: lambda: _("Who opened the case or proposed does not decide. Another person of the authority must."),
    NotTheTurn: lambda: _("The case has moved on since you opened the page. Look at the steps again."),
    HearFirst: lambda: _(
        "Hours can be withheld only when the learner and the institution have explained, or their time for it is over."
    ),
    NoSuchDays: lambda: _("Choose days that are frozen and on which something was learned."),
    EnoughSaid: lambda: (
        _("You have explained %(most)d times. What you have said is kept, and will be read.")
        % {"most": MOST_EXPLANATIONS}
    ),
}


def sentence_of(refusal: CaseRefusal) -> str:
    """Say why a step is not taken, and what to do; an unknown refusal is a fault of ours and raises KeyError."""
    return SENTENCES[type(refusal)]()


def status_of(refusal: CaseRefusal) -> int:
    """Return the status of a refusal: not theirs, or in conflict with what holds now."""
    return 403 if isinstance(refusal, NotYours | TakesPart | SamePerson) else 409
