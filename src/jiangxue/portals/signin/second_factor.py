"""Giving the second factor after the password, setting it up, and fresh recovery codes. Clause M3."""

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.accounts.errors import SecondFactorSet, SecondFactorWrong, SignInLocked
from jiangxue.accounts.queries.second_factor import recovery_codes_left, set_up_at
from jiangxue.accounts.rules.second_factor import in_groups
from jiangxue.accounts.services import second_factor
from jiangxue.kernel import totp
from jiangxue.portals.second_factor import code_refused, code_shown, refused_code
from jiangxue.portals.signin.wanted import wanted_page
from jiangxue.ui.qr_code import qr_code


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        max_length=30,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Enter the six digits that your app shows.")},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@for_roles(before_second_factor=True)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def give(request: SignedRequest) -> HttpResponse:
    """Ask for the code; whoever has set up none yet is led there. A wrong one is said (400), or until when to wait (429)."""
    wanted = wanted_page(request, request.POST.get("next") or request.GET.get("next", ""))
    if not request.lacks_second_factor:
        return HttpResponseRedirect(wanted)
    if set_up_at(request.account.pk) is None:
        return redirect(reverse("signin:set_up_second_factor", query={"next": wanted}))
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"next": wanted})
    if form.is_valid():
        refused = _given(request, form)
        if refused is None:
            access.remember_second_factor(request, request.account)
            return HttpResponseRedirect(wanted)
        return _ask(request, form, status=refused)
    return _ask(request, form, status=400 if form.errors else 200)


def _given(request: SignedRequest, form: CodeForm) -> int | None:
    """Take the code, or say in the form what is wrong and return the status."""
    refused = refused_code(request, form.cleaned_data["code"])
    if refused is None:
        return None
    form.add_error("code", refused[0])
    return refused[1]


def _ask(request: SignedRequest, form: CodeForm, *, status: int) -> HttpResponse:
    return render(
        request,
        "signin/second_factor.html",
        {"form": form, **code_shown(request.account.pk, now=request.now)},
        status=status,
    )


@for_roles(before_second_factor=True)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def set_up(request: SignedRequest) -> HttpResponse:
    """Show the secret to an app; its first code sets it up, and the recovery codes are shown this once."""
    wanted = wanted_page(request, request.POST.get("next") or request.GET.get("next", ""))
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"next": wanted})
    try:
        secret = second_factor.begin(request.account)
        if form.is_valid():
            code, by = form.cleaned_data["code"], access.actor_of(request)
            codes = second_factor.set_up(request.account, code=code, by=by, now=request.now)
            access.remember_second_factor(request, request.account)
            return render(request, "signin/recovery_codes.html", {"codes": codes, "next_url": wanted})
    except SecondFactorSet:
        return redirect("signin:second_factor")
    except (SignInLocked, SecondFactorWrong) as refusal:
        said, status = code_refused(refusal)
        form.add_error("code", said)
        return _show(request, form, secret, status=status)
    return _show(request, form, secret, status=400 if form.errors else 200)


def _show(request: SignedRequest, form: CodeForm, secret: bytes, *, status: int) -> HttpResponse:
    address = totp.uri(secret, issuer=_("Jiangxue"), account=request.account.login_name)
    context = {
        "form": form,
        "picture": qr_code(address),
        "secret": in_groups(totp.written(secret)),
        **code_shown(request.account.pk, now=request.now),
    }
    return render(request, "signin/set_up_second_factor.html", context, status=status)


@for_roles()
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def renew(request: SignedRequest) -> HttpResponse:
    """Show fresh recovery codes once, after a code of the app."""
    if set_up_at(request.account.pk) is None:
        return redirect("signin:profile")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 400 if form.errors else 200
    if form.is_valid():
        refused = _given(request, form)
        if refused is None:
            codes = second_factor.renew_recovery_codes(request.account, by=access.actor_of(request), now=request.now)
            return render(
                request,
                "signin/recovery_codes.html",
                {"codes": codes, "are_fresh": True, "next_url": reverse("signin:profile")},
            )
        status = refused
    context = {
        "form": form,
        "left": recovery_codes_left(request.account.pk),
        **code_shown(request.account.pk, now=request.now),
    }
    return render(request, "signin/renew_recovery_codes.html", context, status=status)
