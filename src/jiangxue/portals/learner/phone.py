"""The learner's own mobile number: entered or changed with a code and the password, and with it the consent to keep it. Clauses M1, M2."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import services as accounts
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import AccountRefusal, ConsentTextChanged, NoIdentity, SignInLocked, WrongCredentials
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.queries.persons import masked_person
from jiangxue.accounts.queries.providers import code_sender
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services.codes import prove_phone
from jiangxue.accounts.services.consents import give_consent
from jiangxue.accounts.services.phone import change_phone
from jiangxue.enrolment.evidence import append_consent
from jiangxue.kernel.viewer import Role
from jiangxue.portals.codes import CodeField, PhoneField, code_refused, sent_code, shown_again, status_of
from jiangxue.portals.learner.consent_forms import LARGEST
from jiangxue.portals.marked_text import html_of


class PhoneForm(forms.Form):
    """The new number in any form, and the version of the text on the page."""

    phone = PhoneField()
    version = forms.IntegerField(min_value=0, max_value=LARGEST)


class ProofForm(PhoneForm):
    """The code that came to the number, and the password again."""

    code = CodeField()
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password.")},
    )


@for_roles(Role.LEARNER)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedRequest) -> HttpResponse:
    """Send a code to a number, and keep the number when code and password are right; 400 in words, with the number that was typed."""
    if code_sender() is None:
        raise Http404
    if request.method != "POST":
        return _page(request, PhoneForm())
    if request.POST.get("step") == "finish":
        return _finish(request, ProofForm(request.POST))
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    phone, by = form.cleaned_data["phone"], actor_of(request)
    try:
        if not masked_person(request.viewer.account_id).id_number:
            raise NoIdentity
        shown = sent_code(request, CodePurpose.PHONE, phone, by=by, now=request.now)
    except AccountRefusal as refusal:
        form.add_error(*_said(refusal))
        return _page(request, form, status=status_of(refusal))
    proof = ProofForm(initial={"phone": phone})
    return _page(request, proof, shown, is_sent=True)


def _finish(request: SignedRequest, form: ProofForm) -> HttpResponse:
    status = 400
    if form.is_valid():
        try:
            _change(request, form)
        except AccountRefusal as refusal:
            form.add_error(*_said(refusal))
            status = status_of(refusal)
        else:
            messages.success(request, _("Your mobile number has been saved. You can sign in with it from now on."))
            return redirect("learner:consents")
    return _page(request, form, shown_again(request), is_sent=True, status=status)


def _change(request: SignedRequest, form: ProofForm) -> None:
    said, by, now = form.cleaned_data, actor_of(request), request.now
    accounts.confirm_password(request.account, password=said["password"], by=by, now=now)
    proved = prove_phone(purpose=CodePurpose.PHONE, phone=said["phone"], code=said["code"], now=now)
    account_id = request.viewer.account_id
    with transaction.atomic():
        kept = give_consent(account_id=account_id, purpose=Purpose.PHONE, version=said["version"], by=by, now=now)
        change_phone(account_id=account_id, proved=proved, by=by, now=now)
        if kept is not None:
            append_consent(kept, now=now)


def _said(refusal: AccountRefusal) -> tuple[str | None, str]:
    """Return the field and the words of a refusal; an unknown one is a fault of ours and is raised again."""
    match refusal:
        case SignInLocked(until=until):
            text = _("Too many wrong passwords. Try again after %(until)s.")
            return "password", text % {"until": localtime(until).strftime("%H:%M")}
        case WrongCredentials():
            return "password", _("The present password is not right.")
        case NoIdentity():
            return None, _("No identity number is registered for this account, so no mobile number can be kept.")
        case ConsentTextChanged():
            return None, _("The text has changed meanwhile. Please read it again, then decide.")
        case _:
            return code_refused(refusal)


def _page(
    request: SignedRequest,
    form: PhoneForm,
    shown: dict[str, str] | None = None,
    *,
    is_sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    text = text_of(Purpose.PHONE)
    context = {
        "form": form,
        "is_sent": is_sent,
        "present": masked_person(request.viewer.account_id).phone,
        "text": text,
        "html": html_of(text.rest, level=2),
        **(shown or {}),
    }
    return render(request, "learner/phone.html", context, status=status)
