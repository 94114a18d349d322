"""A new password for staff by a colleague's link, with their own second factor. Clause M3; decision 0047."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.errors import PasswordLinkOver, SecondFactorWrong, TooManyAttempts
from jiangxue.accounts.models import Account
from jiangxue.accounts.passwords import password_rules
from jiangxue.accounts.services.helping import owner_of_link, set_password_by_link
from jiangxue.audit.services import Actor
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from jiangxue.portals import codes
from jiangxue.portals.second_factor import code_refused, code_shown
from jiangxue.portals.signin.register_forms import PasswordTwiceForm


class SetPasswordForm(PasswordTwiceForm):
    """A new password, and a code of the app."""

    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        max_length=30,
        help_text=gettext_lazy("The six digits that your app shows, or one of your recovery codes."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Enter the six digits that your app shows.")},
    )

    def __init__(self, of: Account, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.of = of


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whom a link is for for a new password and their second factor (400, or 429 after many codes); says (404) when the link is over."""
    now = access.now()
    try:
        owner = owner_of_link(token, now=now)
        form = SetPasswordForm(owner, request.POST if request.method == "POST" else None)
        if form.is_valid():
            _set(request, token, form)
            messages.success(request, _("Your password has been changed. Other devices have been signed out."))
            return redirect("begin")
    except PasswordLinkOver:
        return render(request, "signin/password_link_over.html", status=404)
    except SecondFactorWrong as refusal:
        form.add_error("code", code_refused(refusal)[0])
    except TooManyAttempts as refusal:
        form.add_error(*codes.code_refused(refusal))
        return _ask(request, owner, form, status=429)
    return _ask(request, owner, form, status=400 if form.errors else 200)


def _set(request: HttpRequest, token: str, form: SetPasswordForm) -> None:
    """Set the password and sign its owner in: a code holds once, and they would wait for the next one."""
    by, now = Actor(address=access.address_of(request)), access.now()
    password, code = form.cleaned_data["new_password"], form.cleaned_data["code"]
    account = set_password_by_link(token, password=password, code=code, by=by, now=now)
    with transaction.atomic():
        end_session_of(learner_id=account.pk, reason=EndReason.PASSWORD_CHANGED, clock=access.CLOCK)
    login(request, account)
    access.remember_second_factor(request, account)


def _ask(request: HttpRequest, owner: Account, form: SetPasswordForm, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "login_name": owner.login_name,
        "rules": password_rules(),
        **code_shown(owner.pk, now=access.now()),
    }
    return render(request, "signin/set_password.html", context, status=status)
