"""Classes in which staff confirm who learned, with what waits in each. Clause T3.2."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.queries import classes
from jiangxue.learning.queries.identity import TURNS, StaffDay, staff_days_within
from jiangxue.learning.rules.identity import IdentityState


@for_roles(*TURNS)
@require_safe
def identities(request: SignedRequest) -> HttpResponse:
    """List the classes in which anybody is confirmed by staff, those first in which something waits for the viewer."""
    found: dict[int, list[StaffDay]] = {}
    for each in staff_days_within(request.viewer):
        found.setdefault(each.place.training_class_id, []).append(each)
    turn = TURNS[request.viewer.role]
    lines = [
        {
            "name": training_class.name,
            "url": f"{reverse('institution:identity', args=(training_class.pk,))}",
            "yours": _number(found[training_class.pk], turn),
            "to_state": _number(found[training_class.pk], IdentityState.TO_STATE),
            "to_review": _number(found[training_class.pk], IdentityState.TO_REVIEW),
            "days": len(found[training_class.pk]),
        }
        for training_class in classes(request.viewer).filter(pk__in=found)
    ]
    lines.sort(key=lambda line: not line["yours"])
    return render(request, "institution/identities.html", {"classes": lines})


def _number(days: Sequence[StaffDay], state: IdentityState) -> int:
    return sum(each.state is state for each in days)
