"""Taking a published course down at once, and putting it back, with the log of both."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.courseware.models import CourseVersion
from jiangxue.kernel.viewer import Role
from jiangxue.portals.reviewer.forms import ReasonForm
from jiangxue.portals.reviewer.queue import LOOKERS
from jiangxue.portals.reviewer.shown import version_facts
from jiangxue.portals.reviewer.versions import version_of
from jiangxue.review.errors import NotTakenDown, NotTheirsToTakeDown, TakenDownAlready, WithoutReason
from jiangxue.review.queries.showing import can_put_back, can_take_down, take_downs_of
from jiangxue.review.services.taking_down import put_back, take_down
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import role_label


@for_roles(*LOOKERS)
@require_http_methods(["GET", "POST"])
def showing(request: SignedRequest, version_id: int) -> HttpResponse:
    """Show the log of a course, and take it down or put it back for a reason; keeps what was typed (400), says what was sooner (409)."""
    shown = version_of(request, version_id)
    if request.method == "GET":
        return _page(request, shown, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form, status=400)
    status = _refused(form, lambda: _done(request, shown, form))
    if status:
        return _page(request, version_of(request, version_id), form, status=status)
    return redirect("reviewer:version", version_id) if form.is_putting_back else redirect(request.path)


def _done(request: SignedRequest, shown: CourseVersion, form: ReasonForm) -> None:
    act = partial(put_back, act_id=form.cleaned_data["act_id"] or 0) if form.is_putting_back else take_down
    done = act(
        viewer=request.viewer,
        version_id=shown.pk,
        reason=form.cleaned_data["reason"],
        by=actor_of(request),
        now=request.now,
    )
    said = (
        _(
            "The course is taken down. Nobody can open it any more; whoever is learning it is signed out within a minute."
        )
        if done.is_down
        else _("The course is shown again.")
    )
    messages.success(request, said)


def _refused(form: ReasonForm, act: Callable[[], None]) -> int:
    """Do it, or say in the form why not and return the status; 0 when it was done."""
    try:
        act()
    except WithoutReason:
        form.add_error("reason", _("Write the reason; it stays in the log."))
        return 400
    except NotTheirsToTakeDown:
        form.add_error(
            None, _("Whoever took a course down does not put it back: another reviewer of the platform does.")
        )
        return 403
    except (TakenDownAlready, NotTakenDown):
        form.add_error(None, _("Somebody was quicker. Please look at the log below."))
        return 409
    return 0


def _page(request: SignedRequest, shown: CourseVersion, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    acts = list(take_downs_of(shown.course_id))
    context = {
        "version": version_facts(shown),
        "last_act_id": acts[0].pk if acts else 0,
        "form": form,
        "can_take_down": can_take_down(request.viewer, shown),
        "can_put_back": can_put_back(request.viewer, shown),
        "log": [
            {
                "is_down": act.is_down,
                "reason": act.reason,
                "by": masked_name(act.account.name),
                "role": role_label(Role(act.role), None),
                "at": act.at,
            }
            for act in acts
        ],
    }
    return render(request, "reviewer/showing.html", context, status=status)
