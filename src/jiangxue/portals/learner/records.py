"""My records: each day, lesson and stretch, credited or refused with its reason. Clauses T1.3, T2.1."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.djangokit.pages import with_lines
from jiangxue.kernel.viewer import Role
from jiangxue.learning.queries.days import Day, SessionDay
from jiangxue.learning.queries.records import (
    day_of_learner,
    days_of_learner,
    learning_days,
    learning_totals,
)
from jiangxue.portals.figures import ShownStretch, figures_of
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.ui.endings import ENDINGS

DAYS_A_PAGE = 20


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def days(request: SignedRequest) -> HttpResponse:
    """List the days on which the viewer learned, newest first."""
    known = learning_days(request.viewer)
    page = Paginator(known, DAYS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_line(day) for day in days_of_learner(request.viewer, list(page.object_list))]
    totals = learning_totals(request.viewer)
    context = {
        "totals": {"days": len(known), "credited_ms": totals.credited_ms, "refused_ms": totals.refused_ms},
        "days": with_lines(page, lines),
        "home_url": reverse("learner:home"),
    }
    return render(request, "learner/records.html", context)


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def day(request: SignedRequest, day: str) -> HttpResponse:
    """Show one day, session by session, stretch by stretch."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    known = learning_days(request.viewer)
    if wanted not in known:
        raise Http404
    at = known.index(wanted)
    found = day_of_learner(request.viewer, wanted)
    figures = figures_of(found.stretches)
    context = {
        "day": {
            "date": wanted,
            "stretches": found.stretches,
            "raw_ms": figures.raw_ms,
            "credited_ms": figures.credited_ms,
            "refused_ms": figures.refused_ms,
            "refused": figures.refused,
        },
        "earlier_url": _day_url(known[at + 1]) if at + 1 < len(known) else "",
        "later_url": _day_url(known[at - 1]) if at else "",
        "records_url": reverse("learner:records"),
        "sessions": [_session(part) for part in found.parts],
    }
    return render(request, "learner/record_day.html", context)


def _line(day: Day) -> dict[str, object]:
    figures = figures_of(day.stretches)
    return {
        "date": day.day,
        "url": _day_url(day.day),
        "stretches": day.stretches,
        "credited_ms": figures.credited_ms,
        "refused_ms": figures.refused_ms,
        "sessions": len(day.parts),
    }


def _day_url(day: date) -> str:
    return reverse("learner:record_day", args=(day.isoformat(),))


def _session(part: SessionDay) -> dict[str, object]:
    session = part.session
    figures = figures_of(part.share.stretches)
    return {
        "class_name": session.enrolment.training_class.name,
        "lesson_title": session.lesson.title,
        "started_at": session.opened_at,
        "ended_at": session.closed_at,
        "reason_label": ENDINGS[session.end_reason].label if session.closed_at else _("learning now"),
        "device": session.device,
        "raw_ms": figures.raw_ms,
        "credited_ms": figures.credited_ms,
        "refused_ms": figures.refused_ms,
        "stretches": [ShownStretch(stretch) for stretch in part.share.stretches],
    }
