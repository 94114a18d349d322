"""Accepting an invitation to work for an organisation or the platform. Clause M3; decision 0044."""

from django import forms
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.access import MEMBERSHIP_KEY, SignedRequest, for_roles
from jiangxue.accounts.errors import AlreadyHeld, InvitationOver, LoginNameTaken, NameUnfit, Restricted
from jiangxue.accounts.models import Account
from jiangxue.accounts.passwords import password_rules
from jiangxue.accounts.queries import memberships
from jiangxue.accounts.queries.staff import Offer, invitation_by
from jiangxue.accounts.rules.corrections import LONGEST_NAME
from jiangxue.accounts.services import staff as services
from jiangxue.accounts.services.staff import NewColleague
from jiangxue.audit.services import Actor
from jiangxue.kernel.viewer import Role
from jiangxue.portals.signin.register_forms import PasswordTwiceForm
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import role_label

_LOGIN_NAME = r"^[a-z][a-z0-9._-]{2,39}$"


class NewColleagueForm(PasswordTwiceForm):
    """Account, name and password of somebody who has no account yet."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your name.")},
    )
    login_name = forms.RegexField(
        _LOGIN_NAME,
        label=gettext_lazy("Account"),
        help_text=gettext_lazy("3 to 40 small letters, digits, dots or dashes; a letter first."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={
            "required": gettext_lazy("Choose an account, by which you will sign in."),
            "invalid": gettext_lazy("An account has 3 to 40 small letters, digits, dots or dashes; a letter first."),
        },
    )
    field_order = ("name", "login_name", "new_password", "new_password_again")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Offer the role that a link leads to: to who is signed in, or to somebody new; says (404) when the invitation is over."""
    try:
        offer = invitation_by(token, now=access.now())
    except InvitationOver:
        return render(request, "signin/join_over.html", status=404)
    if not isinstance(request.user, Account):
        return _join_newly(request, token, offer)
    if not memberships(
        request.user.pk
    ).exists():  # who has stopped working everywhere looks through no role until they accept
        by = Actor(request.user.pk, address=access.address_of(request))
        return _accept(request, token, offer, request.user, by)
    return _join_signed_in(request, token, offer)


@for_roles()
def _join_signed_in(request: SignedRequest, token: str, offer: Offer) -> HttpResponse:
    return _accept(request, token, offer, request.account, access.actor_of(request))


def _accept(request: HttpRequest, token: str, offer: Offer, account: Account, by: Actor) -> HttpResponse:
    if request.method != "POST":
        context = {**_offered(offer), "name": masked_name(account.name)}
        return render(request, "signin/join_signed_in.html", context)
    try:
        held = services.join(token, account, by=by, now=access.now())
    except AlreadyHeld:
        said = _("You hold this role already, or one that goes with no other. Nothing was changed.")
        return render(request, "signin/join_signed_in.html", {**_offered(offer), "refused": said}, status=409)
    except Restricted:
        said = _("You have asked for your data to be deleted. Take that back under “My personal information” first.")
        return render(request, "signin/join_signed_in.html", {**_offered(offer), "refused": said}, status=409)
    except InvitationOver:
        return render(request, "signin/join_over.html", status=404)
    request.session[MEMBERSHIP_KEY] = held.pk
    return redirect("begin")


def _join_newly(request: HttpRequest, token: str, offer: Offer) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = NewColleagueForm(data, name=offer.name)
    if data is None:
        form.initial["name"] = offer.name
    if form.is_valid():
        who = NewColleague(
            form.cleaned_data["login_name"], form.cleaned_data["name"], form.cleaned_data["new_password"]
        )
        try:
            account = services.join_newly(token, who, by=Actor(address=access.address_of(request)), now=access.now())
        except LoginNameTaken:
            form.add_error("login_name", _("Somebody has this account already. Choose another."))
        except NameUnfit:
            form.add_error("name", _("A name has letters and no digits."))
        except InvitationOver:
            return render(request, "signin/join_over.html", status=404)
        else:
            login(request, account)
            return redirect("begin")
    context = {
        **_offered(offer),
        "form": form,
        "rules": password_rules(),
        "sign_in_url": reverse("signin:sign_in", query={"next": request.path}),
    }
    return render(request, "signin/join.html", context, status=400 if form.errors else 200)


def _offered(offer: Offer) -> dict[str, object]:
    organisation = offer.organisation
    return {
        "role": role_label(Role(offer.role), offer.organisation_id),
        "organisation": organisation.name if organisation else _("Jiangxue"),
    }
