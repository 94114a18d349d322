"""What learners of the institution ask to have corrected in their registration, and deciding about it. Clause M2."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import AccountRefusal, CorrectionDecided, NoSuchCorrection, NumberTaken
from jiangxue.accounts.queries.persons import ShownPerson, masked_person
from jiangxue.accounts.queries.requests import Correction, correction_for, corrections_to_decide
from jiangxue.accounts.rules.corrections import CorrectedField, Decision
from jiangxue.accounts.rules.reasons import LONGEST_REASON
from jiangxue.accounts.services.corrections import decide_correction, reveal_correction
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.queries import learners_within, places_of
from jiangxue.enrolment.services import describe
from jiangxue.kernel.viewer import Role
from jiangxue.portals.revealing import RevealForm
from jiangxue.ui.particulars import CORRECTED_FIELDS

REQUESTS_A_PAGE = 20


class DecisionForm(forms.Form):
    """To register what is asked for, or not, and why."""

    decision = forms.ChoiceField(choices=[("grant", "grant"), ("refuse", "refuse")])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The learner reads it. At most 200 characters."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


def _of_a_request(view: Callable[[SignedRequest, Correction], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the request that its address names; 404 for one of learners of others, or of oneself."""

    @wraps(view)
    def wrapper(request: SignedRequest, request_id: UUID) -> HttpResponse:
        try:
            asked = correction_for(request.viewer, learners_within(request.viewer), request_id)
        except NoSuchCorrection:
            raise Http404 from None
        return view(request, asked)

    return wrapper


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_safe
def corrections(request: SignedRequest) -> HttpResponse:
    """List the requests that wait, oldest first."""
    found = corrections_to_decide(request.viewer, learners_within(request.viewer))
    page = Paginator(found, REQUESTS_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "url": reverse("institution:correction", args=[each.pk]),
            "name": each.account.staff_name,
            "field": CORRECTED_FIELDS[each.field],
            "reason": each.reason,
            "asked_at": each.asked_at,
        }
        for each in page.object_list
    ]
    return render(request, "institution/corrections.html", {"requests": with_lines(page, lines)})


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_safe
@_of_a_request
def correction(request: SignedRequest, asked: Correction) -> HttpResponse:
    """Show one request, masked, with what is registered."""
    return _page(request, asked)


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_POST
@_of_a_request
def reveal(request: SignedRequest, asked: Correction) -> HttpResponse:
    """Show the request in full, once and for a reason."""
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, reveal_form=form)
    try:
        full = reveal_correction(
            viewer=request.viewer,
            request_id=asked.request.pk,
            reason=form.reason,
            by=actor_of(request),
            now=request.now,
        )
    except AccountRefusal:
        raise Http404 from None
    return _page(request, asked, full=full)


@for_roles(Role.INSTITUTION_ADMINISTRATOR)
@require_POST
@_of_a_request
def decide(request: SignedRequest, asked: Correction) -> HttpResponse:
    """Register what is asked for, or refuse it; what was typed stays where that cannot be."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form=form)
    is_granted = form.cleaned_data["decision"] == "grant"
    try:
        _decided(request, asked, Decision(is_granted, form.cleaned_data["reason"]))
    except CorrectionDecided:
        messages.info(request, _("Somebody else has decided this request meanwhile."))
        return redirect("institution:correction", asked.request.pk)
    except AccountRefusal as refusal:
        form.add_error(None, _said(refusal))
        return _page(request, asked, form=form)
    messages.success(request, _("The registration has been corrected.") if is_granted else _("Decided: not corrected."))
    return redirect("institution:corrections")


@transaction.atomic
def _decided(request: SignedRequest, asked: Correction, decision: Decision) -> None:
    decide_correction(
        viewer=request.viewer,
        request_id=asked.request.pk,
        decision=decision,
        by=actor_of(request),
        now=request.now,
    )
    if decision.is_granted:
        describe(places_of(asked.request.account_id), now=request.now)


def _said(refusal: AccountRefusal) -> str:
    """Say why a request cannot be granted; an unknown refusal is a fault of ours and is raised again."""
    if isinstance(refusal, NumberTaken):
        return _(
            "Another account has this identity number already. Refuse the request and say so, or ask the supervisor."
        )
    raise refusal


def _page(
    request: SignedRequest,
    asked: Correction,
    *,
    form: DecisionForm | None = None,
    reveal_form: RevealForm | None = None,
    full: tuple[ShownPerson, str] | None = None,
) -> HttpResponse:
    row, decided = asked.request, asked.decision
    is_wrong = bool((form and form.errors) or (reveal_form and reveal_form.errors))
    context = {
        "field": CORRECTED_FIELDS[row.field],
        "is_name": row.field == CorrectedField.NAME,
        "shown": full[0] if full else masked_person(row.account_id),
        "wanted": full[1] if full else asked.masked_wanted,
        "is_full": full is not None,
        "reason": row.reason,
        "asked_at": row.asked_at,
        "decided": decided and {"at": decided.at, "is_granted": decided.is_granted, "reason": decided.reason},
        "form": form or DecisionForm(),
        "reveal_form": reveal_form or RevealForm(),
        "reveal_url": reverse("institution:reveal_correction", args=[row.pk]),
        "decide_url": reverse("institution:decide_correction", args=[row.pk]),
    }
    return render(request, "institution/correction.html", context, status=400 if is_wrong else 200)
