"""What the pages of an application say of a roster that goes soon, and keeping it. Clauses M2, T8.1."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiangxue.accounts.access import SignedRequest, actor_of, for_roles
from jiangxue.enrolment.queries.openings import Opening
from jiangxue.enrolment.queries.roster_terms import roster_end
from jiangxue.enrolment.rules.roster_terms import KEPT, is_warned_of
from jiangxue.enrolment.services.roster_terms import keep_roster
from jiangxue.kernel.clock import learning_day
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, of_an_opening


def ending(request: SignedRequest, opening: Opening) -> dict[str, object]:
    """Return the day before which a roster is to be used, and the way to keep it; nothing while there is time."""
    ends_on = roster_end(opening)
    if ends_on is None or not is_warned_of(ends_on, learning_day(request.now)):
        return {"roster_ends_on": None}
    return {
        "roster_ends_on": ends_on,
        "keep_url": reverse("institution:keep_roster", args=(opening.pk,)),
        "days": KEPT.days,
    }


@for_roles(*APPLICANTS)
@require_POST
@of_an_opening
def keep(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Keep the roster for its whole term again."""
    keep_roster(viewer=request.viewer, opening_id=opening_id, by=actor_of(request), now=request.now)
    messages.success(request, _("The roster is kept for another %(days)d days.") % {"days": KEPT.days})
    return redirect("institution:opening", opening_id)
