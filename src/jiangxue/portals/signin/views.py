"""Signing in and out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiangxue.accounts import access
from jiangxue.accounts import services as accounts
from jiangxue.accounts.errors import SignInLocked, WrongCredentials
from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.portals.signin.forms import SignInForm
from jiangxue.portals.signin.wanted import wanted_page


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for identifier and password; keeps what was typed and says what is wrong (400), or until when to wait (429)."""
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect("begin")
        form = SignInForm(initial={"next": request.GET.get("next", "")})
        return render(request, "signin/sign_in.html", {"form": form})
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render(request, "signin/sign_in.html", {"form": form}, status=400)
    try:
        account = accounts.sign_in(
            identifier=form.cleaned_data["identifier"],
            password=form.cleaned_data["password"],
            address=access.address_of(request),
            now=access.now(),
        )
    except SignInLocked as refusal:
        context = {"form": form, "locked_until": refusal.until}
        return render(request, "signin/sign_in.html", context, status=429)
    except WrongCredentials:
        form.add_error(None, _("The account or the password is not right. Check both and try again."))
        return render(request, "signin/sign_in.html", {"form": form}, status=400)
    login(request, account)
    return HttpResponseRedirect(wanted_page(request, form.cleaned_data["next"]))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the browser session; a study session ends by the page's own last beat."""
    if request.user.is_authenticated:
        audit.record("sign_out", by=Actor(request.user.pk, address=access.address_of(request)), at=access.now())
    logout(request)
    return redirect("signin:sign_in")
