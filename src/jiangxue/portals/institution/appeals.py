"""Appeals of an institution's learners: the head teacher proposes, an administrator approves or sends back. Clauses T1.3, M6."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.archive.services.settling import Because, lock_class_of, settle_again
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import (
    AppealRefusal,
    CorrectsTooMuch,
    NoSuchAppeal,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.queries.appeals import (
    DECIDERS,
    Appealed,
    appeal_for,
)
from jiangxue.learning.rules.appeals import AppealState
from jiangxue.learning.services.deciding import Proposal, Review, propose, review
from jiangxue.portals.appeals import appeal_context, appeals_context
from jiangxue.portals.institution.appeal_forms import ProposalForm, ReviewForm
from jiangxue.portals.pictures import picture_response


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
    found = _found(request, appeal_id)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    approves = form.cleaned_data["decision"] == "approve"
    said = Review(form.cleaned_data["after"], approves, form.cleaned_data["text"])
    done = _("The appeal is settled.") if approves else _("The proposal goes back to the head teacher.")
    return _decided(
        request,
        found,
        form,
        lambda: _review(request, found, said),
        done,
    )


@transaction.atomic
def _review(request: SignedRequest, found: Appealed, said: Review) -> None:
    """Let the second person decide; where that gives time back in a settled class, its hours are settled again with it."""
    enrolment_id = found.appeal.session.enrolment_id
    lock_class_of(enrolment_id)
    review(request.viewer, found.appeal.pk, said, by=actor_of(request), clock=access.CLOCK)
    proposal = appeal_for(request.viewer, found.appeal.pk).proposal
    if said.approves and proposal is not None and proposal.ms is not None:
        persons = proposal.by_id, request.viewer.account_id
        settle_again(enrolment_id, because=Because(appeal=found.appeal.pk), persons=persons, now=access.CLOCK.now())


def _decided(
    request: SignedRequest, found: Appealed, form: Form, decide: Callable[[], None], done: str
) -> HttpResponse:
    try:
        decide()
    except NoSuchAppeal:
        raise Http404 from None
    except AppealRefusal as refusal:
        form.add_error(None, _sentence(refusal))
        status = 403 if isinstance(refusal, NotYours | SamePerson | OwnTime) else 409
        return _page(request, _found(request, found.appeal.pk), form, status=status)
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
    if found.state is AppealState.TO_APPROVE and viewer.role is Role.INSTITUTION_ADMINISTRATOR and not is_own:
        assert found.proposal is not None
        if found.proposal.by_id == viewer.account_id:
            return {"form": form, "turn": "same_person"}
        shown_review = form if isinstance(form, ReviewForm) else ReviewForm(initial={"after": after})
        return {"form": shown_review, "turn": "review", "turn_url": reverse("institution:review", args=(pk,))}
    return {"form": form, "turn": "own" if is_own else ""}


def _sentence(refusal: AppealRefusal) -> str:
    """Say why a step is not taken; an unknown refusal is a fault of ours and is raised again."""
    match refusal:
        case SamePerson():
            return _("You proposed this yourself. Another person must approve it, whatever role you look through.")
        case OwnTime():
            return _("This is your own learning time. Somebody else must decide about it.")
        case NotYours():
            return _("This step belongs to another role.")
        case NotTheTurn():
            return _("The appeal has moved on since you opened the page. Look at the steps again.")
        case CorrectsTooMuch():
            return _("Give back at least a second, and at most what was not counted.")
        case _:
            raise refusal
