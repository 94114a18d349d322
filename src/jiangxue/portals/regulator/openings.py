"""Applications to open a class in the region: the queue, one of them, and the decision. Clauses T7, C5."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.djangokit.pages import InTwoSteps, with_lines
from jiangxue.enrolment.errors import ApplicationChanged, NoSuchOpening, NotNow
from jiangxue.enrolment.queries.opening_facts import findings_of, version_for
from jiangxue.enrolment.queries.openings import Opening, handed_in, opening_for, openings, roster_of, steps_of
from jiangxue.enrolment.queries.rosters import shown_entries
from jiangxue.enrolment.queries.subsidies import At
from jiangxue.enrolment.rules.openings import OpeningState, StepKind, is_possible
from jiangxue.enrolment.services.openings import approve_opening, return_opening
from jiangxue.kernel.viewer import Role
from jiangxue.portals.opening_lines import application_lines, fee_line, roster_lines, step_lines
from jiangxue.portals.opening_search import OpeningSearch
from jiangxue.portals.opening_words import STATES, part_lines

OPENINGS_A_PAGE = 20
PEOPLE_A_PAGE = 50
_HIDDEN = frozenset({OpeningState.DRAFT})
_FROZEN = frozenset({OpeningState.SUBMITTED, OpeningState.APPROVED, OpeningState.OPENING, OpeningState.OPENED})
"""States in which the roster is the one that was handed in."""


class DecisionForm(forms.Form):
    """To approve under a number, or to return with reasons, what was seen."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("return", "return")])
    approval_no = forms.CharField(
        label=gettext_lazy("Number of the approval"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Only to approve. It stands on the class and in every archive."),
    )
    words = forms.CharField(
        label=gettext_lazy("What is to be changed, or a remark"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Needed to return it; the institution reads it. At most 500 characters."),
    )

    def clean(self) -> dict[str, object]:
        """Ask for a number to approve, and for words to return."""
        wanted = {
            "approve": ("approval_no", _("Enter the number of the approval.")),
            "return": ("words", _("Say what is to be changed.")),
        }
        decision = self.cleaned_data.get("decision")
        if decision in wanted:
            name, sentence = wanted[decision]
            if not any(map(str.isalnum, self.cleaned_data.get(name) or "")):
                self.add_error(name, sentence)
        return self.cleaned_data


@for_roles(Role.SUPERVISOR)
@require_safe
def listed(request: SignedRequest) -> HttpResponse:
    """List what is handed in within the region; without a search, what waits for a decision."""
    form = OpeningSearch(request.viewer, request.GET, without=_HIDDEN)
    everything = form.is_bound or "all" in request.GET
    state = form.state_wanted if everything else OpeningState.SUBMITTED.value
    found = openings(request.viewer, named=form.wanted, state=state)
    if form.institution_wanted is not None:
        found = found.filter(institution=form.institution_wanted)
    page = InTwoSteps(found, OPENINGS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(each) for each in page.object_list]
    context = {"openings": with_lines(page, lines), "filter_form": form, "is_queue": not everything}
    return render(request, "regulator/openings.html", context)


@for_roles(Role.SUPERVISOR)
@require_safe
def show(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Show one application as it was handed in last; 404 for one of another region, or one that never was."""
    return _page(request, _opening(request, opening_id))


@for_roles(Role.SUPERVISOR)
@require_POST
def decide(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Approve an application or return it; keeps what was typed (400), and says that it is not what was shown (409)."""
    opening = _opening(request, opening_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, opening, form, status=400)
    try:
        _decided(request, opening_id, form)
    except (ApplicationChanged, NotNow):
        return _page(request, _opening(request, opening_id), form, is_late=True, status=409)
    return redirect("regulator:openings")


def _decided(request: SignedRequest, opening_id: int, form: DecisionForm) -> None:
    said = form.cleaned_data
    about = {"viewer": request.viewer, "opening_id": opening_id, "seen_sha256": said["sha256"], "words": said["words"]}
    if said["decision"] == "approve":
        approved = approve_opening(**about, approval_no=said["approval_no"], by=actor_of(request), now=request.now)
        if any(finding.is_blocking for finding in findings_of(approved, request.now)):
            messages.warning(request, _("Approved. The institution can open the class once what was found is mended."))
        else:
            messages.success(request, _("Approved. The institution can open the class now."))
    else:
        return_opening(**about, by=actor_of(request), now=request.now)
        messages.success(request, _("Returned. The institution reads what is to be changed."))


def _opening(request: SignedRequest, opening_id: int) -> Opening:
    try:
        return opening_for(request.viewer, opening_id)
    except NoSuchOpening:
        raise Http404 from None


def _page(
    request: SignedRequest,
    opening: Opening,
    form: DecisionForm | None = None,
    *,
    is_late: bool = False,
    status: int = 200,
) -> HttpResponse:
    kept = handed_in(request.viewer, opening.pk)
    if kept is None:
        raise Http404
    is_waiting = opening.state == OpeningState.SUBMITTED
    may_return = is_possible(StepKind.RETURNED, OpeningState(opening.state))
    context = {
        "opening": {"name": opening.name, "state": opening.state, "state_label": STATES[opening.state]},
        "openings_url": reverse("regulator:openings"),
        "application": application_lines(kept.application),
        "fee": fee_line(version_for(opening)),
        "findings": _findings(request, opening) if is_waiting else [],
        "people": _people(request, opening) if opening.state in _FROZEN else None,
        "history": step_lines(steps_of(request.viewer, opening.pk)),
        "class_url": reverse("regulator:class", args=(opening.training_class_id,)) if opening.training_class_id else "",
        "form": _decision(kept.sha256, form, is_late=is_late) if may_return else None,
        "decide_url": reverse("regulator:decide_opening", args=(opening.pk,)),
        "is_late": is_late,
    }
    return render(request, "regulator/opening.html", context, status=status)


def _decision(sha256: str, sent: DecisionForm | None, *, is_late: bool) -> DecisionForm:
    """Return the form as it was sent; one that came too late asks anew about what is shown now, with what was typed."""
    if sent is None or not is_late:
        return sent or DecisionForm(initial={"sha256": sha256})
    return DecisionForm(initial={**sent.cleaned_data, "sha256": sha256})


def _findings(request: SignedRequest, opening: Opening) -> list[dict[str, object]]:
    """Return what is found wrong now with what was handed in; another region's eyes see no more of people than their masked names."""
    findings = findings_of(opening, request.now)
    named = {finding.entry for finding in findings if finding.entry is not None}
    entries = roster_of(request.viewer, opening.pk).filter(pk__in=named)
    kept = handed_in(request.viewer, opening.pk)
    if kept is None:
        return []
    names = {pk: each.called for pk, each in shown_entries(entries).items()}
    return [line for lines in part_lines(findings, kept.application.draft, names).values() for line in lines]


def _people(request: SignedRequest, opening: Opening) -> object:
    found = roster_of(request.viewer, opening.pk)
    page = Paginator(found, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    at = At(opening.institution.region_id, opening.opens_on)
    return with_lines(page, roster_lines(list(page.object_list), version_for(opening), at))


def _line(each: Opening) -> dict[str, object]:
    return {
        "name": each.name,
        "url": reverse("regulator:opening", args=(each.pk,)),
        "institution": each.institution.name,
        "course_title": each.course.title,
        "opens_on": each.opens_on,
        "closes_on": each.closes_on,
        "people": getattr(each, "size", 0),
        "state": each.state,
        "state_label": STATES[each.state],
    }
