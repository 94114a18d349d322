"""One learner's day in a class: its bar, its sessions with how they ended, its checks. Clauses T1.3, T2.1, T2.6, T7."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jiangxue.accounts.access import SignedRequest
from jiangxue.enrolment.models import TrainingClass
from jiangxue.enrolment.queries import place_for
from jiangxue.kernel.clock import learning_day
from jiangxue.learning.models import Check
from jiangxue.learning.queries.board import day_of_places
from jiangxue.learning.queries.checks import checks_on
from jiangxue.learning.queries.days import SessionDay
from jiangxue.portals.face_lines import attempts_said
from jiangxue.portals.figures import ShownStretch, figures_of
from jiangxue.portals.watching.archive import archive_url
from jiangxue.portals.watching.case_links import days_kept_out
from jiangxue.portals.watching.frame import day_or_none, frame, of_a_class, url_of
from jiangxue.portals.watching.learner import learner_url
from jiangxue.ui.checks import check_facts
from jiangxue.ui.durations import seconds
from jiangxue.ui.endings import ENDINGS


@of_a_class
def show(request: SignedRequest, watched: TrainingClass, enrolment_id: int, day: str) -> HttpResponse:
    """Show what one learner's day holds of this class; it may be empty."""
    place = place_for(request.viewer, watched.pk, enrolment_id)
    wanted = day_or_none(day)
    if wanted is None or wanted > learning_day(request.now):
        raise Http404
    found = day_of_places(request.viewer, [place.pk], wanted)[place.pk]
    checks = [check for check in checks_on([place.learner_id], wanted) if check.session.enrolment_id == place.pk]
    attempts = attempts_said([check.pk for check in checks if check.trigger])
    beside = {"earlier": wanted - timedelta(days=1), "later": wanted + timedelta(days=1)}
    context = {
        **frame(request, watched, "days"),
        "learner_name": place.learner.staff_name,
        "learner_url": learner_url(request, place),
        "archive_url": archive_url(request, place),
        "day": wanted,
        "kept_out": days_kept_out(request, [place.pk], [wanted]).get((place.pk, wanted), ""),
        "stretches": found.stretches,
        "figures": figures_of(found.stretches),
        "sessions": [_session(part) for part in found.parts],
        "checks": [_check(check, attempts.get(check.pk, [])) for check in checks],
        "beside": {
            name: url_of(request, "day", watched.pk, place.pk, other.isoformat())
            for name, other in beside.items()
            if watched.opens_on <= other <= learning_day(request.now)
        },
        "days_url": f"{url_of(request, 'days', watched.pk)}?until={wanted.isoformat()}",
    }
    return render(request, "watching/day.html", context)


def _session(part: SessionDay) -> dict[str, object]:
    session = part.session
    ending = ENDINGS[session.end_reason] if session.closed_at else None
    return {
        "lesson_title": session.lesson.title,
        "opened_at": session.opened_at,
        "closed_at": session.closed_at,
        "ending": ending,
        "device": session.device,
        "address": session.address or "",
        "figures": figures_of(part.share.stretches),
        "bar": part.share.stretches,
        "stretches": [ShownStretch(stretch) for stretch in part.share.stretches],
    }


def _check(check: Check, attempts: Sequence[dict[str, object]]) -> dict[str, object]:
    reaction_ms = check.reaction_ms if check.outcome == "passed" else None
    return {
        **check_facts(check),
        "outcome": check.outcome,
        "attempts": attempts,
        "reaction": "" if reaction_ms is None else seconds(reaction_ms),
        "lesson_title": check.session.lesson.title,
        "note": _("not seen by the page") if check.shown_at is None and check.outcome == "missed" else "",
    }
