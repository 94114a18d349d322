"""Having the learning time of a class judged again (复算学时): the same for staff and supervisors, each on their own page of the class."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest, actor_of
from jiangxue.enrolment.errors import NotInClass
from jiangxue.enrolment.queries import names_in
from jiangxue.learning.errors import StillRecomputing
from jiangxue.learning.queries.recomputations import is_running, last_recomputation
from jiangxue.learning.services.recomputations import ask_for_recomputation
from jiangxue.portals.watching.frame import portal_of
from jiangxue.ui.masking import masked_name
from jiangxue.ui.recomputation import shown


def ask(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let the worker judge a class again, and go back to the class's page of the same portal; 404 for a class of others."""
    try:
        ask_for_recomputation(request.viewer, class_id, by=actor_of(request), now=request.now)
    except NotInClass:
        raise Http404 from None
    except StillRecomputing:
        messages.info(request, _("This class is being recomputed already."))
    else:
        messages.success(request, _("The class is being recomputed in the background."))
    return redirect(f"{portal_of(request)}:class", class_id)


def report_of(request: SignedRequest, class_id: int) -> dict[str, object]:
    """Return what a class's page shows of its newest report."""
    last = last_recomputation(request.viewer, class_id)
    names = names_in(request.viewer, class_id) if last is not None and last.differing else {}
    masked = {learner_id: masked_name(name) for learner_id, name in names.items()}
    portal = portal_of(request)
    return {
        "recomputation": shown(last, masked, running=last is not None and is_running(last, request.now)),
        "recompute_url": reverse(f"{portal}:recompute", args=(class_id,)),
        "report_url": reverse(f"{portal}:class", args=(class_id,)),
    }
