"""Registering oneself: who one is, then the code and a password. Works without script. Clauses M1, M2; decision 0028."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.errors import (
    AccountRefusal,
    CodeNotSent,
    ConsentTextChanged,
    NotMatched,
    NumberTaken,
    PhoneTaken,
    TooManyAttempts,
)
from jiangxue.accounts.passwords import password_rules
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.queries.providers import identity_source, is_open
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.rules.id_types import IdType
from jiangxue.accounts.rules.one_time_codes import CodePurpose
from jiangxue.accounts.rules.verification import Outcome, Verification
from jiangxue.accounts.services.registering import Application, register
from jiangxue.audit.services import Actor
from jiangxue.enrolment.evidence import append_first_words
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.codes import code_refused, sent_code, shown_again, status_of
from jiangxue.portals.marked_text import html_of
from jiangxue.portals.signin.register_forms import ParticularsForm, SecretsForm

_BACK_TO_PARTICULARS = (NotMatched, NumberTaken, PhoneTaken, ConsentTextChanged)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Ask for the particulars, send a code, ask for code and password, and make the account; what was typed stays, but for passwords."""
    if not is_open():
        raise Http404
    if request.user.is_authenticated:
        return redirect("begin")
    today = learning_day(access.now())
    if request.method != "POST":
        return _ask(request, ParticularsForm(today=today))
    particulars = ParticularsForm(request.POST, today=today)
    if not particulars.is_valid():
        return _ask(request, particulars, status=400)
    match request.POST.get("step"):
        case "back":
            return _ask(request, particulars)
        case "finish":
            return _finish(request, particulars)
        case _:
            return _send(request, particulars)


def _send(request: HttpRequest, particulars: ParticularsForm) -> HttpResponse:
    try:
        shown = sent_code(
            request, CodePurpose.REGISTER, particulars.cleaned_data["phone"], by=_by(request), now=access.now()
        )
    except (TooManyAttempts, CodeNotSent) as refusal:
        particulars.add_error(*code_refused(refusal))
        return _ask(request, particulars, status=status_of(refusal))
    return _ask_secrets(request, particulars, SecretsForm(), shown)


def _finish(request: HttpRequest, particulars: ParticularsForm) -> HttpResponse:
    said = particulars.cleaned_data
    secrets = SecretsForm(request.POST, name=said["name"])
    if not secrets.is_valid():
        return _ask_secrets(request, particulars, secrets, shown_again(request), status=400)
    application = Application(
        name=said["name"],
        id_type=IdType(said["id_type"]),
        id_number=said["id_number"],
        phone=said["phone"],
        code=secrets.cleaned_data["code"],
        password=secrets.cleaned_data["new_password"],
        agreed=particulars.agreed(),
    )
    try:
        account, verification = register(application, by=_by(request), now=access.now())
    except _BACK_TO_PARTICULARS as refusal:
        particulars.add_error(*_said(refusal))
        return _ask(request, particulars, status=409 if isinstance(refusal, ConsentTextChanged) else 400)
    except AccountRefusal as refusal:
        secrets.add_error(*code_refused(refusal))
        return _ask_secrets(request, particulars, secrets, shown_again(request), status=status_of(refusal))
    append_first_words(account.pk, now=access.now())
    login(request, account)
    messages.success(request, _welcome(verification))
    return redirect("begin")


def _said(refusal: AccountRefusal) -> tuple[str | None, str]:
    match refusal:
        case NumberTaken():
            text = _(
                "You have an account with this document already. Sign in with its number; a forgotten password is set anew by mobile number or by your training institution."
            )
            return None, text
        case NotMatched():
            text = _(
                "Name and number were not confirmed. Please check both against your document. If they are right, go to your training institution with the document; if you have an account already, sign in."
            )
            return None, text
        case PhoneTaken():
            text = _(
                "This mobile number belongs to an account already. If it is yours, sign in or set a new password; if not, use another number, or do not have it kept."
            )
            return "phone", text
        case _:
            return None, _("The text has changed meanwhile. Please read it again, then decide.")


def _welcome(verification: Verification) -> str:
    said = _("You are registered, and your identity has been verified ({source}).")
    if verification.outcome is Outcome.UNAVAILABLE:
        said = _(
            "You are registered. {source} did not answer just now; your identity is verified later by itself, and the result stands under “My data”."
        )
    return said.format(source=verification.source) + _("From now on you sign in with the number of your document.")


def _by(request: HttpRequest) -> Actor:
    return Actor(address=access.address_of(request))


def _ask(request: HttpRequest, form: ParticularsForm, *, status: int = 200) -> HttpResponse:
    processing, phone = text_of(Purpose.PROCESSING), text_of(Purpose.PHONE)
    context = {
        "form": form,
        "texts": {
            "processing": {"text": processing, "html": html_of(processing.rest, level=4)},
            "phone": {"text": phone, "html": html_of(phone.rest, level=4)},
        },
        "versions": {"processing": processing.version, "phone": phone.version},
        "source": identity_source(),
        **shown_again(request),
    }
    return render(request, "signin/register.html", context, status=status)


def _ask_secrets(
    request: HttpRequest, particulars: ParticularsForm, form: SecretsForm, shown: dict[str, str], *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "particulars": particulars,
        "phone": cast("str", particulars.cleaned_data["phone"]),
        "rules": password_rules(),
        **shown,
    }
    return render(request, "signin/register_code.html", context, status=status)
