"""Asking for a correction of one's name or identity number. Clause M2; PIPL Article 46."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import AccountRefusal
from jiangxue.accounts.queries.persons import id_type_of, masked_person
from jiangxue.accounts.queries.requests import Correction, own_corrections
from jiangxue.accounts.rules.corrections import CorrectedField, CorrectionDraft
from jiangxue.accounts.rules.reasons import LONGEST_REASON
from jiangxue.accounts.services.corrections import ask_for_correction
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.correction_words import correction_refused
from jiangxue.ui.particulars import CORRECTED_FIELDS


class CorrectionForm(forms.Form):
    """What is wrong, what is right, and why."""

    field = forms.ChoiceField(
        label=gettext_lazy("What is registered wrongly?"),
        choices=list(CORRECTED_FIELDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    wanted = forms.CharField(
        label=gettext_lazy("As it should be"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write it as your identity card has it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("At most 200 characters. Your institution may ask to see your identity card."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Say what is wrong and why.")},
    )


@for_roles(Role.LEARNER)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedRequest) -> HttpResponse:
    """Ask what is to be corrected, and hand it in; what is wrong with it is said at its place (400)."""
    if request.method != "POST":
        return _page(request, CorrectionForm())
    form = CorrectionForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        draft = CorrectionDraft(CorrectedField(said["field"]), said["wanted"], said["reason"])
        try:
            ask_for_correction(account_id=request.viewer.account_id, draft=draft, by=actor_of(request), now=request.now)
        except AccountRefusal as refusal:
            form.add_error(*correction_refused(refusal, id_type_of(request.viewer.account_id)))
        else:
            messages.success(request, _("Handed in. Your institution decides; the answer stands here."))
            return redirect("learner:correct")
    return _page(request, form)


def correction_line(asked: Correction) -> dict[str, object]:
    """Return what lists show of a request for a correction; what is wanted stays masked."""
    decided = asked.decision
    return {
        "field": CORRECTED_FIELDS[asked.request.field],
        "wanted": asked.masked_wanted,
        "reason": asked.request.reason,
        "asked_at": asked.request.asked_at,
        "decided_at": decided.at if decided else None,
        "is_granted": bool(decided and decided.is_granted),
        "answer": decided.reason if decided else "",
    }


def _page(request: SignedRequest, form: CorrectionForm) -> HttpResponse:
    account_id = request.viewer.account_id
    context = {
        "form": form,
        "shown": masked_person(account_id),
        "requests": [correction_line(each) for each in own_corrections(account_id)],
    }
    return render(request, "learner/correct.html", context, status=400 if form.errors else 200)
