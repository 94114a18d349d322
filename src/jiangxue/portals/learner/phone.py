"""The learner's own mobile number: entered or changed with the password, and with it the consent to keep it. Clauses M1, M2."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import services as accounts
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import (
    AccountRefusal,
    ConsentTextChanged,
    NoIdentity,
    NotAPhone,
    PhoneTaken,
    SignInLocked,
    WrongCredentials,
)
from jiangxue.accounts.queries.consents import text_of
from jiangxue.accounts.queries.persons import masked_person
from jiangxue.accounts.rules.consents import Purpose
from jiangxue.accounts.services.consents import give_consent
from jiangxue.accounts.services.phone import change_phone
from jiangxue.enrolment.evidence import append_consent
from jiangxue.kernel.viewer import Role
from jiangxue.portals.learner.consent_forms import LARGEST
from jiangxue.portals.learner.marked_text import html_of


class PhoneForm(forms.Form):
    """The new number in any form, the password again, and the version of the text on the page."""

    phone = forms.CharField(
        label=gettext_lazy("New mobile number"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": gettext_lazy("Enter a mobile number.")},
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password.")},
    )
    version = forms.IntegerField(min_value=0, max_value=LARGEST)


@for_roles(Role.LEARNER)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedRequest) -> HttpResponse:
    """Ask for a number and the password, and keep the number; 400 in words, with the number that was typed."""
    if request.method != "POST":
        return _page(request, PhoneForm())
    form = PhoneForm(request.POST)
    if form.is_valid():
        try:
            _change(request, form)
        except AccountRefusal as refusal:
            form.add_error(*_said(refusal))
        else:
            messages.success(request, _("Your mobile number has been saved. You can sign in with it from now on."))
            return redirect("learner:consents")
    return _page(request, form)


def _change(request: SignedRequest, form: PhoneForm) -> None:
    said, by, now = form.cleaned_data, actor_of(request), request.now
    accounts.confirm_password(request.account, password=said["password"], by=by, now=now)
    account_id = request.viewer.account_id
    with transaction.atomic():
        kept = give_consent(account_id=account_id, purpose=Purpose.PHONE, version=said["version"], by=by, now=now)
        change_phone(account_id=account_id, phone=said["phone"], by=by, now=now)
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
        case NotAPhone():
            return "phone", _("A mobile number has 11 digits and begins with 13 to 19. Please check it.")
        case PhoneTaken():
            return "phone", _("Another account uses this number. Check it, or ask your head teacher.")
        case NoIdentity():
            return None, _("No identity number is registered for this account, so no mobile number can be kept.")
        case ConsentTextChanged():
            return None, _("The text has changed meanwhile. Please read it again, then decide.")
        case _:
            raise refusal


def _page(request: SignedRequest, form: PhoneForm) -> HttpResponse:
    text = text_of(Purpose.PHONE)
    context = {
        "form": form,
        "present": masked_person(request.viewer.account_id).phone,
        "text": text,
        "html": html_of(text.rest, level=2),
    }
    return render(request, "learner/phone.html", context, status=400 if form.errors else 200)
