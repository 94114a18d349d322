"""Asking for deletion, which within the legal term restricts processing instead, and taking it back. Clause M2; PIPL Article 47."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts import access
from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.accounts.errors import DeletionPending, NoDeletionAsked
from jiangxue.accounts.queries.requests import open_deletion
from jiangxue.accounts.services.deletion import ask_for_deletion, withdraw_deletion_request
from jiangxue.archive.queries.retention import years_in_force
from jiangxue.enrolment.evidence import Forgetting
from jiangxue.enrolment.queries import all_own_places
from jiangxue.enrolment.rules.keeping import kept_at_least_until
from jiangxue.kernel.viewer import Role
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.services.ending import end_session_of
from jiangxue.portals.learner.consents import forget


@for_roles(Role.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedRequest) -> HttpResponse:
    """Say what a request for deletion does, hear it once it is confirmed, or take it back."""
    if request.method != "POST":
        return _page(request)
    match request.POST.get("said"):
        case "ask" if request.POST.get("understood"):
            return _asked(request)
        case "ask":
            return _page(request, is_unconfirmed=True)
        case "withdraw":
            return _withdrawn(request)
        case _:
            return _page(request, status=400)


def _asked(request: SignedRequest) -> HttpResponse:
    account_id = request.viewer.account_id
    try:
        with transaction.atomic():
            ask_for_deletion(account_id=account_id, by=actor_of(request), now=request.now)
            # No law asks for keeping these: they go at once.
            forget(request, Forgetting.ASKED)
            end_session_of(learner_id=account_id, reason=EndReason.BY_LEARNER, clock=access.CLOCK)
    except DeletionPending:
        return _page(request, status=409)
    messages.success(request, _("Your request has been recorded. Processing is restricted from now on."))
    return redirect("learner:deletion")


def _withdrawn(request: SignedRequest) -> HttpResponse:
    try:
        withdraw_deletion_request(account_id=request.viewer.account_id, by=actor_of(request), now=request.now)
    except NoDeletionAsked:
        return _page(request, status=409)
    messages.success(request, _("Your request has been taken back. You can learn again."))
    return redirect("learner:my_data")


def _page(request: SignedRequest, *, status: int = 200, is_unconfirmed: bool = False) -> HttpResponse:
    places, years = list(all_own_places(request.viewer)), years_in_force()
    context = {
        "asked_at": open_deletion(request.viewer.account_id),
        "years": years,
        "terms": [
            {
                "class_name": place.training_class.name,
                "closes_on": place.training_class.closes_on,
                "until": kept_at_least_until(place.training_class.closes_on, years),
            }
            for place in places
        ],
        "is_unconfirmed": is_unconfirmed,
    }
    return render(request, "learner/deletion.html", context, status=400 if is_unconfirmed else status)
