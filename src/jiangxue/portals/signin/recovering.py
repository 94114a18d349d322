"""A forgotten password: the mobile number, then its code, the end of the identity number and a new password. Clauses M1, M3; decision 0028."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.errors import AccountRefusal, CodeNotSent, NotRecoverable, TooManyAttempts
from jiangxue.accounts.passwords import password_rules
from jiangxue.accounts.queries.providers import code_sender
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.services.recovering import Claim, recognise, recover
from jiangxue.audit.services import Actor
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from jiangxue.portals.codes import code_refused, sent_code, shown_again, status_of
from jiangxue.portals.signin.register_forms import PhoneForm, RecoverForm


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Send a code to a number, whoever has it, and set a new password for the learner whose number it is."""
    if code_sender() is None:
        raise Http404
    if request.method != "POST":
        return _ask(request, PhoneForm())
    phone = PhoneForm(request.POST)
    if not phone.is_valid():
        return _ask(request, phone, status=400)
    if request.POST.get("step") == "finish":
        return _finish(request, phone)
    try:
        by = Actor(address=access.address_of(request))
        shown = sent_code(request, CodePurpose.RECOVER, phone.cleaned_data["phone"], by=by, now=access.now())
    except (TooManyAttempts, CodeNotSent) as refusal:
        phone.add_error(*code_refused(refusal))
        return _ask(request, phone, status=status_of(refusal))
    return _ask_secrets(request, phone, RecoverForm(), shown)


def _finish(request: HttpRequest, phone: PhoneForm) -> HttpResponse:
    form = RecoverForm(request.POST)
    if not form.is_valid():
        return _ask_secrets(request, phone, form, shown_again(request), status=400)
    try:
        _recover(request, phone.cleaned_data["phone"], form)
    except NotRecoverable:
        text = _(
            "Mobile number and identity number do not fit together, or no account keeps this mobile number. Check both, or ask your training institution."
        )
        form.add_error(None, text)
        return _ask_secrets(request, phone, form, shown_again(request), status=400)
    except AccountRefusal as refusal:
        form.add_error(*code_refused(refusal))
        return _ask_secrets(request, phone, form, shown_again(request), status=status_of(refusal))
    messages.success(request, _("Your password has been changed. Please sign in with the new one."))
    return redirect("signin:sign_in")


def _recover(request: HttpRequest, phone: str, form: RecoverForm) -> None:
    said, now = form.cleaned_data, access.now()
    by = Actor(address=access.address_of(request))
    account, proved = recognise(Claim(phone, said["code"], said["number_end"]), by=by, now=now)
    with transaction.atomic():
        recover(account, proved, password=said["new_password"], by=by, now=now)
        end_session_of(learner_id=account.pk, reason=EndReason.PASSWORD_CHANGED, clock=access.CLOCK)


def _ask(request: HttpRequest, form: PhoneForm, *, status: int = 200) -> HttpResponse:
    return render(request, "signin/recover.html", {"form": form, **shown_again(request)}, status=status)


def _ask_secrets(
    request: HttpRequest, phone: PhoneForm, form: RecoverForm, shown: dict[str, str], *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "phone": phone.cleaned_data["phone"], "rules": password_rules(), **shown}
    return render(request, "signin/recover_code.html", context, status=status)
