"""The staff of an organisation or of the platform: who they are, inviting them, taking roles back. Clause M3."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.accounts.errors import (
    InvitationOver,
    LastOfRole,
    NoSuchStaff,
    StillNeeded,
    TooManyInvitations,
)
from jiangxue.accounts.queries.staff import (
    Colleague,
    Held,
    colleagues,
    given_in,
    held_role,
    open_invitations,
    taken_in,
)
from jiangxue.accounts.rules.staff import INVITATION_HOLDS, Place
from jiangxue.accounts.services import staff as services
from jiangxue.enrolment.queries.leading import classes_led_by
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.portals.staffing.forms import InvitationForm, StaffFilter
from jiangxue.portals.staffing.frame import Where, role_at
from jiangxue.ui.masking import masked_name
from jiangxue.ui.qr_code import qr_code
from jiangxue.ui.roles import role_label


def staff(request: SignedRequest, where: Where) -> HttpResponse:
    """List the staff and the open invitations; invite somebody (400 with what is wrong), whose link is shown this once."""
    roles = given_in(request.viewer, where.organisation_id)
    form = InvitationForm(roles, where.organisation_id, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, where, form=form)
    place = Place(Role(form.cleaned_data["role"]), where.organisation_id)
    try:
        token = services.invite(
            place, name=form.cleaned_data["name"], viewer=request.viewer, by=actor_of(request), now=request.now
        )
    except TooManyInvitations:
        form.add_error(None, _("Many invitations are open already. Take some back, or wait until they are accepted."))
        return _page(request, where, form=form)
    link = request.build_absolute_uri(reverse("signin:join", args=[token]))
    fresh = {
        "link": link,
        "picture": qr_code(link),
        "name": form.cleaned_data["name"],
        "role": role_label(place.role, place.organisation_id),
        "until": request.now + INVITATION_HOLDS,
    }
    return _page(request, where, form=InvitationForm(roles, where.organisation_id), fresh=fresh)


def _page(
    request: SignedRequest, where: Where, *, form: InvitationForm, fresh: dict[str, object] | None = None
) -> HttpResponse:
    filter_form = StaffFilter(request.GET)
    named = filter_form.wanted
    found = colleagues(request.viewer, where.organisation_id, named=named)
    invitations = open_invitations(request.viewer, where.organisation_id, now=request.now)
    context = {
        "title": where.title,
        "is_chosen": where.is_chosen,
        "organisation_url": _organisation_url(where),
        "named": named,
        "filter_form": filter_form,
        "colleagues": [_line(where, each, taken_in(request.viewer, where.organisation_id)) for each in found],
        "invitations": [
            {
                "name": each.name,
                "role": role_label(Role(each.role), each.organisation_id),
                "by": masked_name(each.invited_by.name),
                "until": each.made_at + INVITATION_HOLDS,
                "take_back_url": where.url("take_back", each.pk),
            }
            for each in invitations
        ],
        "form": form,
        "staff_url": where.url("staff"),
        "fresh": fresh,
    }
    return render(request, "staffing/staff.html", context, status=400 if form.errors else 200)


def _organisation_url(where: Where) -> str:
    if not where.is_chosen or where.organisation_id is None:
        return ""
    return reverse("operator:organisation", args=[where.organisation_id])


def _line(where: Where, of: Colleague, taken: Collection[Role]) -> dict[str, object]:
    return {
        "name": of.account.name,
        "login_name": of.account.login_name,
        "is_viewer": of.is_viewer,
        "second_factor_since": of.second_factor_since,
        "password_url": ""
        if of.is_viewer or of.second_factor_since is None
        else where.url("password_link", of.roles[0].pk),
        "renew_url": "" if of.is_viewer else where.url("renew_second_factor", of.roles[0].pk),
        "roles": [
            {
                "label": role_label(Role(held.role), held.organisation_id),
                "end_url": where.url("end_role", held.pk) if held.role in taken else "",
            }
            for held in of.roles
        ],
    }


def take_back(request: SignedRequest, where: Where, invitation_id: int) -> HttpResponse:
    """Let an invitation hold no longer."""
    try:
        services.take_back(
            invitation_id,
            organisation_id=where.organisation_id,
            viewer=request.viewer,
            by=actor_of(request),
            now=request.now,
        )
        messages.success(request, _("The invitation holds no longer."))
    except InvitationOver:
        messages.info(request, _("This invitation was accepted or taken back meanwhile."))
    return redirect(where.url("staff"))


def end(request: SignedRequest, where: Where, membership_id: int) -> HttpResponse:
    """Say what taking a role does, and take it; 409 where the person is still needed."""
    held = role_at(request, where, membership_id, held_role)
    if request.method != "POST":
        return _ending(request, where, held)
    try:
        services.end_role(
            membership_id,
            viewer=request.viewer,
            needed_for=_needed_for(request, held),
            by=actor_of(request),
            now=request.now,
        )
    except (LastOfRole, StillNeeded) as refusal:
        return _ending(request, where, held, refused=_refused(refusal))
    except NoSuchStaff:
        messages.info(request, _("This role was taken meanwhile."))
        return redirect(where.url("staff"))
    said = _("%(name)s is %(role)s no longer.")
    role = role_label(Role(held.role), held.organisation_id)
    messages.success(request, said % {"name": masked_name(held.account.name), "role": role})
    is_own_last = held.account_id == request.viewer.account_id
    return redirect("begin" if is_own_last else where.url("staff"))


def _needed_for(request: SignedRequest, held: Held) -> list[str]:
    if held.role != Role.HEAD_TEACHER or held.organisation_id is None:
        return []
    led = classes_led_by(held.account_id, held.organisation_id, today=learning_day(request.now))
    return [each.name for each in led]


def _refused(refusal: LastOfRole | StillNeeded) -> str:
    if isinstance(refusal, LastOfRole):
        return _("Nobody else holds this role: nobody could give it again. Invite a successor first.")
    names = "、".join(refusal.what)
    return _("Still head teacher of: %(classes)s. Let somebody else lead these classes first.") % {"classes": names}


def _ending(request: SignedRequest, where: Where, held: Held, *, refused: str = "") -> HttpResponse:
    context = {
        "name": held.account.name,
        "role": role_label(Role(held.role), held.organisation_id),
        "title": where.title,
        "refused": refused,
        "staff_url": where.url("staff"),
    }
    return render(request, "staffing/end_role.html", context, status=409 if refused else 200)
