"""One witness of the ledger: how it stands, what it is called, asking it by mail, and asking it no more."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.ledger.errors import NoSuchWitness, NotACosignature, NotEnoughWitnesses
from jiangxue.ledger.queries.published import newest_log_key
from jiangxue.ledger.queries.state import Seen, witness_for
from jiangxue.ledger.queries.tree import last_checkpoint
from jiangxue.operations import services
from jiangxue.operations.services import may_change_witnesses
from jiangxue.portals.operator.ledger import LOOKERS, by_of, witness_line
from jiangxue.portals.operator.ledger_forms import AnswerForm, RequestForm, WitnessForm
from jiangxue.portals.operator.ledger_words import ANSWER_FAULTS

type OfWitness = Callable[[SignedRequest, Seen], HttpResponse]


def of_witness(view: OfWitness) -> Callable[[SignedRequest, int], HttpResponse]:
    """Give a view the witness that its address names; 404 if there is none."""

    @wraps(view)
    def wrapper(request: SignedRequest, witness_id: int) -> HttpResponse:
        try:
            seen = witness_for(witness_id)
        except NoSuchWitness:
            raise Http404 from None
        return view(request, seen)

    return wrapper


@for_roles(*LOOKERS)
@require_http_methods(["GET", "HEAD"])
@of_witness
def witness(request: SignedRequest, seen: Seen) -> HttpResponse:
    """Show a witness; the security administrator changes it here and speaks with it by mail."""
    return _page(request, seen)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_POST
@of_witness
def change_witness(request: SignedRequest, seen: Seen) -> HttpResponse:
    """Change title and address."""
    form = WitnessForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, form=form, status=400)
    services.change_witness(by_of(request), seen.witness.pk, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("operator:witness", seen.witness.pk)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
@of_witness
def retire_witness(request: SignedRequest, seen: Seen) -> HttpResponse:
    """Ask whether a witness shall be asked no more, and do it; not while exports wait for it (409)."""
    fault = ""
    if request.method == "POST":
        try:
            services.retire_witness(by_of(request), seen.witness.pk)
        except NotEnoughWitnesses:
            fault = _(
                "An export waits for as many witnesses as there are now. Add another witness first, or demand fewer."
            )
        else:
            messages.success(request, _("“%(title)s” is not asked any more.") % {"title": seen.witness.title})
            return redirect("operator:ledger")
    context = {**_of(seen), "fault": fault, "need_url": reverse("operator:witnesses_needed")}
    return render(request, "operator/ledger_retire.html", context, status=409 if fault else 200)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_POST
@of_witness
def request_by_mail(request: SignedRequest, seen: Seen) -> HttpResponse:
    """Hand out the file that is sent to a witness; the answer to it is awaited from now on."""
    form = RequestForm(request.POST)
    if form.is_valid():
        try:
            text = services.request_by_mail(by_of(request), seen.witness.pk, form.cleaned_data["remembered"])
        except NotACosignature as refusal:
            form.add_error("remembered", str(ANSWER_FAULTS[refusal.fault]))
        else:
            headers = {"Content-Disposition": 'attachment; filename="REQUEST.txt"'}
            return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
    return _page(request, seen, request_form=form, status=400)


@for_roles(Role.SECURITY_ADMINISTRATOR)
@require_POST
@of_witness
def take_answer(request: SignedRequest, seen: Seen) -> HttpResponse:
    """Keep the answer of a witness, or say why it is none (400)."""
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            size = services.take_answer(by_of(request), seen.witness.pk, form.cleaned_data["text"])
        except NotACosignature as refusal:
            form.add_error("answer", str(ANSWER_FAULTS[refusal.fault]))
        else:
            messages.success(request, _("The signature under size %(size)d is kept.") % {"size": size})
            return redirect("operator:witness", seen.witness.pk)
    return _page(request, seen, answer_form=form, status=400)


def _page(request: SignedRequest, seen: Seen, *, status: int = 200, **forms: object) -> HttpResponse:
    facts = {"title": seen.witness.title, "address": seen.witness.address}
    context = {
        **_of(seen),
        "may_change": may_change_witnesses(request.viewer),
        "log_key": newest_log_key(),
        "form": WitnessForm(initial=facts),
        "request_form": RequestForm(),
        "answer_form": AnswerForm(),
        **forms,
    }
    return render(request, "operator/ledger_witness.html", context, status=status)


def _of(seen: Seen) -> dict[str, object]:
    found = seen.witness
    ways = ("witness", "change_witness", "retire_witness", "request_by_mail", "take_answer")
    return {
        "witness": {
            **witness_line(seen, last_checkpoint()),
            "verifier_key": found.verifier_key,
            "added_at": found.added_at,
            "requested_size": found.requested_size,
        },
        "ledger_url": reverse("operator:ledger"),
        "ways": {way: reverse(f"operator:{way}", args=(found.pk,)) for way in ways},
    }
