"""Cases of a supervisor's region: opening one, asking on, proposing and deciding by two persons, and its paper. Clauses M6, C5."""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.portals.cases import pages
from jiangxue.portals.cases.forms import DecisionForm, ProposalForm, QuestionForm
from jiangxue.portals.cases.paper import paper_response
from jiangxue.portals.cases.shown import recognition_of
from jiangxue.portals.reasons import shown_anew
from jiangxue.portals.regulator import case_opening
from jiangxue.supervision.errors.cases import CaseRefusal, NoSuchCase
from jiangxue.supervision.queries.cases import Filed, learned_days, may_decide
from jiangxue.supervision.rules.cases import CaseState
from jiangxue.supervision.services.cases import Said, ask_on
from jiangxue.supervision.services.cases_deciding import Proposal, Review, propose, review

_officers = for_roles(Role.SUPERVISOR)


def addresses() -> list[URLPattern]:
    """Return the addresses of cases."""
    return [
        path("cases/", _officers(require_safe(cases_list)), name="cases"),
        path("cases/<uuid:case_id>/", _officers(require_safe(show)), name="case"),
        path("cases/<uuid:case_id>/ask/", _officers(require_POST(hear_question)), name="ask_case"),
        path("cases/<uuid:case_id>/propose/", _officers(require_POST(hear_proposal)), name="propose_case"),
        path("cases/<uuid:case_id>/decide/", _officers(require_POST(hear_decision)), name="decide_case"),
        path("cases/<uuid:case_id>/report/", _officers(require_safe(report)), name="case_report"),
        path("cases/pictures/<uuid:picture_id>/", _officers(require_safe(pages.picture)), name="case_picture"),
        path(
            "classes/<int:class_id>/learners/<int:enrolment_id>/case/",
            _officers(require_http_methods(["GET", "HEAD", "POST"])(case_opening.new)),
            name="new_case",
        ),
    ]


def cases_list(request: SignedRequest) -> HttpResponse:
    """List the cases of the viewer's region."""
    return render(request, "regulator/cases.html", pages.list_context(request))


def show(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Show a case with every step, and the form of whoever's turn it is."""
    return _page(request, pages.found_case(request, case_id))


def report(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Send the paper of a case as PDF."""
    return paper_response(request, pages.found_case(request, case_id))


def hear_question(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take a further question; what was typed stays when it is refused."""
    filed, form = pages.found_case(request, case_id), QuestionForm(request.POST, auto_id="question_%s")
    if not form.is_valid():
        return _page(request, filed, form, status=400)
    said = Said(form.cleaned_data["after"], form.cleaned_data["text"])
    return _done(
        request,
        filed,
        form,
        lambda: ask_on(request.viewer, case_id, said, by=actor_of(request), clock=access.CLOCK),
        _("Your question has been added. The learner and the institution see it."),
    )


def hear_proposal(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take the first person's proposal; what was typed stays when it is refused."""
    filed = pages.found_case(request, case_id)
    form = ProposalForm(learned_days(filed), request.POST)
    if not form.is_valid():
        return _page(request, filed, form, status=400)
    said = Proposal(form.cleaned_data["after"], form.withheld, form.cleaned_data["text"])
    return _done(
        request,
        filed,
        form,
        lambda: propose(request.viewer, case_id, said, by=actor_of(request), clock=access.CLOCK),
        _("Your proposal goes to the second person."),
    )


def hear_decision(request: SignedRequest, case_id: UUID) -> HttpResponse:
    """Take the second person's word; what was typed stays when it is refused."""
    filed, form = pages.found_case(request, case_id), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, filed, form, status=400)
    approves = form.cleaned_data["decision"] == "approve"
    said = Review(form.cleaned_data["after"], approves, form.cleaned_data["text"])
    return _done(
        request,
        filed,
        form,
        lambda: review(request.viewer, case_id, said, by=actor_of(request), clock=access.CLOCK),
        _("The case is decided.") if approves else _("The proposal goes back to the first person."),
    )


def _done(request: SignedRequest, filed: Filed, form: Form, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except NoSuchCase:
        raise Http404 from None
    except CaseRefusal as refusal:
        form.add_error(None, pages.sentence_of(refusal))
        again = pages.found_case(request, filed.case.pk)
        shown_anew(form, after=len(again.steps))
        return _page(request, again, form, status=pages.status_of(refusal))
    messages.success(request, said)
    return redirect("regulator:case", filed.case.pk)


def _page(request: SignedRequest, filed: Filed, form: Form | None = None, *, status: int = 200) -> HttpResponse:
    place, learned = filed.place, learned_days(filed)
    recognition = recognition_of(filed, learned)
    of_place = (place.training_class_id, place.pk)
    turn = _turn(request, filed, form)
    context = {
        **pages.case_context(request, filed),
        **turn,
        "refused_form": form if form is not None and form.errors else None,
        "lost_text": _lost_text(turn, form),
        "learned": [
            {
                "day": day,
                "ms": ms,
                "said": recognition[day],
                "url": reverse("regulator:day", args=(*of_place, day.isoformat())),
            }
            for day, ms in sorted(learned.items())
        ],
        "archive_url": reverse("regulator:archive", args=of_place),
        "learner_url": reverse("regulator:learner", args=of_place),
        "class_url": reverse("regulator:class", args=(place.training_class_id,)),
        "report_url": reverse("regulator:case_report", args=(filed.case.pk,)),
        "order_url": _order_url(filed),
    }
    return render(request, "regulator/case.html", context, status=status)


def _lost_text(turn: Mapping[str, object], form: Form | None) -> str:
    """Return what was typed in a form that the page has no place for any more, because the case has moved on."""
    if form is None or form in turn.values():
        return ""
    return str(form.data.get("text", ""))


def _order_url(filed: Filed) -> str:
    """Return where an order about a case is written."""
    of_class = filed.place.training_class
    asked = {"institution": of_class.institution_id, "training_class": of_class.pk, "case": filed.case.pk}
    return f"{reverse('regulator:new_order')}?{urlencode(asked)}"


def _turn(request: SignedRequest, filed: Filed, form: Form | None) -> dict[str, object]:
    """Say what the viewer may do now: propose, decide, ask on, or only look, and then why."""
    if filed.state is CaseState.DECIDED:
        return {"turn": ""}
    if not may_decide(request.viewer, filed):
        return {"turn": "not_yours"}
    after, pk, account = len(filed.steps), filed.case.pk, request.viewer.account_id
    asking = form if isinstance(form, QuestionForm) else QuestionForm(initial={"after": after}, auto_id="question_%s")
    shared = {"question_form": asking, "question_url": reverse("regulator:ask_case", args=(pk,))}
    if filed.state is CaseState.OPEN:
        shown = form if isinstance(form, ProposalForm) else ProposalForm(learned_days(filed), after=after)
        url = reverse("regulator:propose_case", args=(pk,))
        return {"turn": "propose", "form": shown, "turn_url": url, **shared}
    if account == filed.course.proposer:
        return {"turn": "same_person", **shared}
    decision = form if isinstance(form, DecisionForm) else DecisionForm(initial={"after": after})
    turn = "send_back" if account == filed.case.opened_by_id else "decide"
    return {"turn": turn, "form": decision, "turn_url": reverse("regulator:decide_case", args=(pk,)), **shared}
