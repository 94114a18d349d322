"""Opening a case about one who is or was in a class, from whatever page showed a reason for it. Clauses M6, C5."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import Place, place_for, reach_of
from jiangxue.kernel.clock import learning_day
from jiangxue.policies.queries import time_policy_for
from jiangxue.portals.case_words import SOURCES
from jiangxue.portals.cases.forms import OpenCaseForm
from jiangxue.portals.cases.pages import sentence_of, status_of
from jiangxue.supervision.errors.cases import AlreadyOpen, ArchiveGone, CaseRefusal
from jiangxue.supervision.queries.cases import cases_of_place
from jiangxue.supervision.rules.cases import CaseState, Reason, Source, deadlines
from jiangxue.supervision.services.cases import CaseDraft, open_case
from jiangxue.ui.masking import masked_name

LONGEST_REF = 80


def new(request: SignedRequest, class_id: int, enrolment_id: int) -> HttpResponse:
    """Ask what is to be cleared up, and open the case; what was typed stays when it is refused."""
    try:
        place = place_for(request.viewer, class_id, enrolment_id)
    except NotInClass:
        raise Http404 from None
    today = learning_day(request.now)
    if request.method != "POST":
        return _page(request, place, OpenCaseForm(today))
    form = OpenCaseForm(today, request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=400)
    try:
        case = open_case(
            request.viewer, (class_id, enrolment_id), _draft(request, form), by=actor_of(request), clock=access.CLOCK
        )
    except CaseRefusal as refusal:
        form.add_error(None, _sentence(refusal))
        return _page(request, place, form, status=status_of(refusal))
    messages.success(
        request, _("The case is open, and the hours are frozen. The learner and the institution are asked.")
    )
    return redirect("regulator:case", case.pk)


def _draft(request: SignedRequest, form: OpenCaseForm) -> CaseDraft:
    source = _source(request)
    said = form.cleaned_data
    ref = request.GET.get("ref", "") if source is not Source.LEARNER else ""
    fit = ref if ref.isprintable() and len(ref) <= LONGEST_REF else ""
    return CaseDraft(Reason(said["reason"]), said["grounds"], said["question"], form.days, source, fit)


def _source(request: SignedRequest) -> Source:
    """Return from which page somebody comes; whatever an address says else is the learner's page."""
    said = request.GET.get("from", "")
    return Source(said) if said in set(Source) else Source.LEARNER


def _page(request: SignedRequest, place: Place, form: OpenCaseForm, *, status: int = 200) -> HttpResponse:
    training_class, today = place.training_class, learning_day(request.now)
    by_when = deadlines(today, time_policy_for(reach_of(training_class), request.now).policy)
    open_ones = [each for each in cases_of_place(request.viewer, place.pk) if each.state is not CaseState.DECIDED]
    context = {
        "form": form,
        "learner": masked_name(place.learner.staff_name),
        "class_name": training_class.name,
        "class_url": reverse("regulator:class", args=(training_class.pk,)),
        "learner_url": reverse("regulator:learner", args=(training_class.pk, place.pk)),
        "source_label": SOURCES[_source(request)],
        "deadlines": by_when,
        "open_url": reverse("regulator:case", args=(open_ones[0].case.pk,)) if open_ones else "",
    }
    return render(request, "regulator/new_case.html", context, status=status)


def _sentence(refusal: CaseRefusal) -> str:
    match refusal:
        case AlreadyOpen():
            return _("A case about this learner in this class waits for its decision already. Add a question there.")
        case ArchiveGone():
            return _("The archive of this learner in this class is erased by law: there is nothing left to look at.")
        case _:
            return sentence_of(refusal)
