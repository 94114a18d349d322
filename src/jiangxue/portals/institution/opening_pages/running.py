"""How far the worker has come with opening a class. Clauses T7, C5; decision 0035."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.enrolment.queries.openings import Opening, opening_for, roster_of, run_of
from jiangxue.enrolment.queries.rosters import shown_entries
from jiangxue.enrolment.rules.openings import OpeningState, Stop
from jiangxue.portals.institution.opening_pages.frame import APPLICANTS, class_url, frame, of_an_opening

EVERY_MS = 2_000
PEOPLE_NAMED = 50


@for_roles(*APPLICANTS)
@require_safe
@of_an_opening
def state(request: SignedRequest, opening_id: int) -> HttpResponse:
    """Return how far it has come, alone."""
    opening = opening_for(request.viewer, opening_id)
    return render(request, "institution/opening/running.html", {**frame(opening), **running(request, opening)})


def running(request: SignedRequest, opening: Opening) -> dict[str, object]:
    """Return what the page of an application shows of its opening by the worker (institution/opening/running.html); nothing where it was not asked for."""
    run = run_of(request.viewer, opening.pk)
    if run is None:
        return {}
    named = [*run.left_out[:PEOPLE_NAMED], *run.unreachable[:PEOPLE_NAMED]]
    shown = shown_entries(roster_of(request.viewer, opening.pk).filter(pk__in=named))
    return {
        "running": {
            "is_going": opening.state == OpeningState.OPENING and not run.stop,
            "is_done": opening.state == OpeningState.OPENED,
            "is_lost": opening.state == OpeningState.OPENING and run.stop == Stop.LOST,
            "stop": "" if opening.state in (OpeningState.OPENING, OpeningState.OPENED) else run.stop,
            "done": run.done,
            "people": run.people,
            "left_out": [shown[pk].called for pk in run.left_out if pk in shown],
            "left_out_count": len(run.left_out),
            "unreachable": [shown[pk].called for pk in run.unreachable if pk in shown],
            "unreachable_count": len(run.unreachable),
        },
        "board_url": reverse("institution:opening_state", args=(opening.pk,)),
        "every_ms": EVERY_MS,
        "class_url": class_url(opening),
    }
