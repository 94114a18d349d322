"""Appeals of an institution's learners: the head teacher proposes, an administrator approves or sends back. Clauses T1.3, M6."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import AppealRefusal, NoSuchAppeal
from jiangxue.learning.queries.appeals import (
    DECIDERS,
    Appealed,
    appeal_for,
)
from jiangxue.learning.rules.appeals import AppealState
from jiangxue.learning.services.deciding import Proposal, propose
from jiangxue.portals.appeal_checking import check_of, checked, refusal_said, status_of
from jiangxue.portals.appeals import appeal_context, appeals_context
from jiangxue.portals.institution.appeal_forms import ProposalForm
from jiangxue.portals.pictures import picture_response
from jiangxue.portals.reasons import shown_anew


@for_roles(*DECIDERS)
@require_safe
def appeals_list(request: SignedRequest) -> HttpResponse:
    """List the appeals that the viewer may decide about."""
    return render(request, "institution/appeals.html", appeals_context(request, "institution"))


@for_roles(*DECIDERS)
@require_safe
def show(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Show an appeal beside the stretch that it is about, with the form of whoever's turn it is."""
    return _page(request, _found(request, appeal_id))


@for_roles(*DECIDERS)
@require_safe
def picture(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Send the picture of an appeal to those who decide about it."""
    return picture_response(request.viewer, appeal_id)


@for_roles(*DECIDERS)
@require_POST
def hear_proposal(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Take the head teacher's proposal; what was typed stays when it is refused."""
    found = _found(request, appeal_id)
    form = ProposalForm(found.appeal.ms, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    said = Proposal(form.cleaned_data["after"], form.ms, form.cleaned_data["text"])
    done = _("Your proposal goes to the second person.")
    return _decided(
        request,
        found,
        form,
        lambda: propose(request.viewer, appeal_id, said, by=actor_of(request), clock=access.CLOCK),
        done,
    )


@for_roles(*DECIDERS)
@require_POST
def hear_review(request: SignedRequest, appeal_id: UUID) -> HttpResponse:
    """Take the second person's word; what was typed stays when it is refused."""
    return checked(
        request, _found(request, appeal_id), lambda found, form, status: _page(request, found, form, status=status)
    )


def _decided(
    request: SignedRequest, found: Appealed, form: Form, decide: Callable[[], None], done: str
) -> HttpResponse:
    try:
        decide()
    except NoSuchAppeal:
        raise Http404 from None
    except AppealRefusal as refusal:
        form.add_error(None, refusal_said(refusal))
        again = _found(request, found.appeal.pk)
        shown_anew(form, after=len(again.steps))
        return _page(request, again, form, status=status_of(refusal))
    messages.success(request, done)
    return redirect("institution:appeal", found.appeal.pk)


def _found(request: SignedRequest, appeal_id: UUID) -> Appealed:
    try:
        return appeal_for(request.viewer, appeal_id)
    except NoSuchAppeal:
        raise Http404 from None


def _page(request: SignedRequest, found: Appealed, form: Form | None = None, *, status: int = 200) -> HttpResponse:
    pk = found.appeal.pk
    context = {
        **_turn(request, found, form),
        **appeal_context(found, "institution", request.now),
        "picture_url": reverse("institution:appeal_picture", args=(pk,)) if found.has_picture else "",
    }
    return render(request, "institution/appeal.html", context, status=status)


def _turn(request: SignedRequest, found: Appealed, form: Form | None) -> dict[str, object]:
    """Say what the viewer may do now: propose, review, or only look, and then why."""
    viewer, after, pk = request.viewer, len(found.steps), found.appeal.pk
    is_own = viewer.account_id == found.appeal.learner_id
    if found.state is AppealState.TO_PROPOSE and viewer.role is Role.HEAD_TEACHER and not is_own:
        shown = form if isinstance(form, ProposalForm) else ProposalForm(found.appeal.ms, after=after)
        return {"form": shown, "turn": "propose", "turn_url": reverse("institution:propose", args=(pk,))}
    check = check_of(request, found, form, reverse("institution:review", args=(pk,)))
    if check is not None:
        return check
    return {"form": form, "turn": "own" if is_own else ""}
