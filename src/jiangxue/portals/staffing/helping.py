"""Helping a colleague back in who has lost the phone or forgotten the password. Clause M3; decisions 0044, 0047."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.accounts.errors import AccountRefusal, MayNotManage, NoSecondFactor, NotOnlyOurs
from jiangxue.accounts.queries.staff import Held, role_watched
from jiangxue.accounts.rules.staff import PASSWORD_LINK_HOLDS
from jiangxue.accounts.services.helping import make_password_link, renew_second_factor
from jiangxue.portals.staffing.forms import WhyForm
from jiangxue.portals.staffing.frame import Where, role_at
from jiangxue.ui.qr_code import qr_code

_REFUSALS = (NotOnlyOurs, MayNotManage, NoSecondFactor)


def renew(request: SignedRequest, where: Where, membership_id: int) -> HttpResponse:
    """Let a colleague set up the second factor anew, for a reason (400 with what is wrong)."""
    held, form = role_at(request, where, membership_id, role_watched), _form(request)
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], actor_of(request)
        try:
            renew_second_factor(membership_id, reason=reason, viewer=request.viewer, by=by, now=request.now)
        except _REFUSALS as refusal:
            form.add_error(None, _may_not(refusal))
        else:
            messages.success(request, _("At the next sign-in the second factor is set up anew."))
            return redirect(where.url("staff"))
    status = 400 if form.errors else 200
    return render(request, "staffing/renew_second_factor.html", _context(where, held, form), status=status)


def link(request: SignedRequest, where: Where, membership_id: int) -> HttpResponse:
    """Make a colleague a link for a new password, for a reason (400 with what is wrong); the link is shown this once."""
    held, form = role_at(request, where, membership_id, role_watched), _form(request)
    fresh = None
    if form.is_valid():
        reason, by = form.cleaned_data["reason"], actor_of(request)
        try:
            token = make_password_link(membership_id, reason=reason, viewer=request.viewer, by=by, now=request.now)
        except _REFUSALS as refusal:
            form.add_error(None, _may_not(refusal))
        else:
            address = request.build_absolute_uri(reverse("signin:set_password", args=[token]))
            fresh = {"link": address, "picture": qr_code(address), "until": request.now + PASSWORD_LINK_HOLDS}
    context = {**_context(where, held, form), "fresh": fresh}
    return render(request, "staffing/password_link.html", context, status=400 if form.errors else 200)


def _form(request: SignedRequest) -> WhyForm:
    return WhyForm(request.POST if request.method == "POST" else None)


def _context(where: Where, held: Held, form: WhyForm) -> dict[str, object]:
    """Return what both pages say of the colleague and ask."""
    return {
        "name": held.account.name,
        "login_name": held.account.login_name,
        "title": where.title,
        "form": form,
        "staff_url": where.url("staff"),
    }


def _may_not(refusal: AccountRefusal) -> str:
    match refusal:
        case NotOnlyOurs():
            return _("This person works elsewhere too. Only the system administrator of the platform may do this.")
        case NoSecondFactor():
            return _(
                "This person has no second factor set up, and a link alone would be enough to get into the account. Invite the person anew."
            )
        case _:
            return _("Nobody does this for themself. Ask a colleague.")
