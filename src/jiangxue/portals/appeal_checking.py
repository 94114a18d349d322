"""The second person's word on an appeal, from the institution or from the authority. Clauses T1.3, M6."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.archive.services.settling import Because, lock_class_of, settle_again
from jiangxue.learning.errors import (
    AppealRefusal,
    CorrectsTooMuch,
    NoSuchAppeal,
    NotTheTurn,
    NotYours,
    OwnTime,
    SamePerson,
)
from jiangxue.learning.queries.appeals import Appealed, appeal_for
from jiangxue.learning.queries.second_person import may_check
from jiangxue.learning.rules.appeals import AppealState
from jiangxue.learning.services.deciding import Review, review
from jiangxue.portals.reasons import SecondPersonForm, shown_anew

type Page = Callable[[Appealed, forms.Form | None, int], HttpResponse]
"""What shows an appeal again, with a form and a status."""


class ReviewForm(SecondPersonForm):
    """To approve, or to send back and why; `after` is how many steps there were when the page was read."""

    after = forms.IntegerField(min_value=0, max_value=1_000, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("approve", "approve"), ("send_back", "send back")])


def check_of(
    request: SignedRequest, found: Appealed, form: forms.Form | None, address: str
) -> dict[str, object] | None:
    """Return what the viewer may do as the second person: `turn`, `form` and `turn_url`; None where it is not their turn."""
    viewer, training_class = request.viewer, found.appeal.session.enrolment.training_class
    is_own = viewer.account_id == found.appeal.learner_id
    if found.state is not AppealState.TO_APPROVE or is_own or not may_check(viewer, training_class, request.now):
        return None
    assert found.proposal is not None
    if found.proposal.by_id == viewer.account_id:
        return {"form": form, "turn": "same_person"}
    shown = form if isinstance(form, ReviewForm) else ReviewForm(initial={"after": len(found.steps)})
    return {"form": shown, "turn": "review", "turn_url": address}


def checked(request: SignedRequest, found: Appealed, page: Page) -> HttpResponse:
    """Take the second person's word; what was typed stays when it is refused."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return page(found, form, 400)
    approves = form.cleaned_data["decision"] == "approve"
    try:
        _review(request, found, Review(form.cleaned_data["after"], approves, form.cleaned_data["text"]))
        now_stands = appeal_for(request.viewer, found.appeal.pk)
    except NoSuchAppeal:
        raise Http404 from None
    except AppealRefusal as refusal:
        form.add_error(None, refusal_said(refusal))
        again = appeal_for(request.viewer, found.appeal.pk)
        shown_anew(form, after=len(again.steps))
        return page(again, form, status_of(refusal))
    messages.success(
        request, _("The appeal is settled.") if approves else _("The proposal goes back to the head teacher.")
    )
    assert request.resolver_match is not None
    return redirect(f"{request.resolver_match.app_name}:appeal", now_stands.appeal.pk)


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


def refusal_said(refusal: AppealRefusal) -> str:
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


def status_of(refusal: AppealRefusal) -> int:
    """Return the status of the page that says so."""
    return 403 if isinstance(refusal, NotYours | SamePerson | OwnTime) else 409
