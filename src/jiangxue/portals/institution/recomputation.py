"""Having the learning time of a class judged again: for its head teacher and the institution's administrators."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.enrolment.errors import NotInClass
from jiangxue.kernel.viewer import Role
from jiangxue.learning.errors import StillRecomputing
from jiangxue.learning.queries.recomputations import is_running, last_recomputation
from jiangxue.learning.services.recomputations import ask_for_recomputation
from jiangxue.ui.recomputation import shown


@for_roles(Role.HEAD_TEACHER, Role.INSTITUTION_ADMINISTRATOR)
@require_POST
def recompute(request: SignedRequest, class_id: int) -> HttpResponse:
    """Let the worker judge a class again (复算学时); it is shown on the class's page."""
    try:
        ask_for_recomputation(request.viewer, class_id, by=actor_of(request), now=request.now)
    except NotInClass:
        raise Http404 from None
    except StillRecomputing:
        messages.info(request, _("This class is being recomputed already."))
    else:
        messages.success(request, _("The class is being recomputed in the background."))
    return redirect("institution:class", class_id)


def report_of(request: SignedRequest, class_id: int) -> dict[str, object]:
    """Return what a class's page shows of its newest report."""
    last = last_recomputation(request.viewer, class_id)
    return {
        "recomputation": shown(last, running=last is not None and is_running(last, request.now)),
        "recompute_url": reverse("institution:recompute", args=(class_id,)),
        "report_url": reverse("institution:class", args=(class_id,)),
    }
