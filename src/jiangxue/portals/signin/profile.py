"""Own profile: what is kept of me, my roles, my password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts import services as accounts
from jiangxue.accounts.access import MEMBERSHIP_KEY, SignedRequest, for_roles
from jiangxue.accounts.errors import RoleNotHeld
from jiangxue.accounts.passwords import password_rules
from jiangxue.accounts.queries import memberships, own_numbers
from jiangxue.accounts.queries.second_factor import recovery_codes_left, set_up_at
from jiangxue.audit import services as audit
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from jiangxue.portals.signin.forms import PasswordForm
from jiangxue.ui.masking import masked_identity, masked_name, masked_phone
from jiangxue.ui.roles import role_label


@for_roles()
@require_safe
def show(request: SignedRequest) -> HttpResponse:
    """Show the viewer's own profile, numbers masked."""
    return render(request, "signin/profile.html", _context(request, _password_form(request)))


@for_roles()
@require_POST
def reveal(request: SignedRequest) -> HttpResponse:
    """Show the viewer's own numbers in full, once; the act is recorded."""
    about = ("account", request.viewer.account_id)
    audit.record("numbers.revealed", by=access.actor_of(request), at=request.now, about=about)
    context = _context(request, _password_form(request), revealed=True)
    return render(request, "signin/profile.html", context)


@for_roles()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: SignedRequest) -> HttpResponse:
    """Change the own password; other browsers are signed out and a running study session ends."""
    form = _password_form(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            accounts.change_password(
                request.account,
                password=form.cleaned_data["new_password"],
                by=access.actor_of(request),
                now=request.now,
            )
            end_session_of(learner_id=request.account.pk, reason=EndReason.PASSWORD_CHANGED, clock=access.CLOCK)
        update_session_auth_hash(request, request.account)
        messages.success(request, _("Your password has been changed. Other devices have been signed out."))
        return redirect("signin:profile")
    context = {
        "form": form,
        "rules": password_rules(),
        "back_url": reverse("signin:profile"),
        "password_url": reverse("signin:password"),
    }
    return render(request, "signin/password.html", context, status=400 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def roles(request: SignedRequest) -> HttpResponse:
    """Choose the role to look through."""
    if request.method == "POST":
        wanted = request.POST.get("role", "")
        try:
            chosen = accounts.choose_role(
                account_id=request.account.pk,
                membership_id=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0,
                now=request.now,
            )
        except RoleNotHeld:
            messages.error(request, _("You do not hold this role. Choose one of yours."))
            return render(request, "signin/roles.html", _roles(request), status=400)
        request.session[MEMBERSHIP_KEY] = chosen.pk
        return redirect("begin")
    return render(request, "signin/roles.html", _roles(request))


def _password_form(request: SignedRequest, data: object = None) -> PasswordForm:
    def confirm(password: str) -> None:
        by = access.actor_of(request)
        accounts.confirm_password(request.account, password=password, by=by, now=request.now)

    return PasswordForm(request.account, confirm, data)


def _roles(request: SignedRequest) -> dict[str, object]:
    return {
        "roles": [
            {
                "id": membership.pk,
                "label": role_label(Role(membership.role), membership.organisation_id),
                "organisation": membership.organisation.name if membership.organisation else "",
                "current": membership.pk == request.membership.pk,
            }
            for membership in memberships(request.account.pk)
        ],
        "switch_url": reverse("signin:roles"),
    }


def _context(request: SignedRequest, form: PasswordForm, *, revealed: bool = False) -> dict[str, object]:
    id_number, phone = own_numbers(request.viewer)
    if not revealed:
        id_number, phone = masked_identity(id_number), masked_phone(phone)
    organisation = request.membership.organisation
    return {
        "profile": {
            "name": request.account.name if revealed else masked_name(request.account.name),
            "login_name": request.account.login_name,
            "phone": phone,
            "identity_number": id_number,
            "institution": organisation.name if organisation else "",
        },
        "revealed": revealed,
        "reveal_url": reverse("signin:reveal"),
        "roles": _roles(request)["roles"],
        "roles_url": reverse("signin:roles") if memberships(request.account.pk).count() > 1 else "",
        "second_factor": {
            "since": set_up_at(request.account.pk),
            "left": recovery_codes_left(request.account.pk),
        },
        "form": form,
        "rules": password_rules(),
        "password_url": reverse("signin:password"),
    }
