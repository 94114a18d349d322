"""My records: each day, lesson and stretch, credited or refused with its reason. Clauses T1.3, T2.1."""

from collections.abc import Iterable, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.archive.queries.freezes import own_days_kept_out
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.queries import own_enrolments
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Check
from jiangxue.learning.queries.appeals import appeals_on, waiting_of
from jiangxue.learning.queries.checks import own_checks_on
from jiangxue.learning.queries.days import Day, SessionDay
from jiangxue.learning.queries.records import (
    day_of_learner,
    days_of_learner,
    learning_days,
    learning_totals,
)
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.portals.case_words import KEPT_OUT
from jiangxue.portals.face_lines import attempts_said
from jiangxue.portals.figures import figures_of, shown_refused_ms
from jiangxue.portals.learner.appeals import appeal_line
from jiangxue.portals.learner.attended import attended_lines
from jiangxue.portals.learner.cases import cases_told
from jiangxue.portals.learner.identity import staff_days_on
from jiangxue.portals.learner.shown import day_url, known_day, shown_stretches
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.ui.checks import check_facts, marks_of
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
    kept_out = own_days_kept_out(request.viewer)
    lines = [_line(day, kept_out.get(day.day, "")) for day in days_of_learner(request.viewer, list(page.object_list))]
    totals = learning_totals(request.viewer)
    context = {
        "totals": {
            "days": len(known),
            "credited_ms": totals.credited_ms,
            "refused_ms": shown_refused_ms(totals.credited_ms, totals.refused_ms),
            "corrected_ms": totals.corrected_ms,
        },
        "appeals": {"url": reverse("learner:appeals"), "waiting": waiting_of(request.viewer)},
        **cases_told(request.viewer),
        "days": with_lines(page, lines),
        "items": attended_lines(request),
        "home_url": reverse("learner:home"),
    }
    return render(request, "learner/records.html", context)


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def day(request: SignedRequest, day: str) -> HttpResponse:
    """Show one day, session by session, stretch by stretch."""
    wanted = known_day(day)
    known = learning_days(request.viewer)
    if wanted is None or wanted not in known:
        raise Http404
    at = known.index(wanted)
    found = day_of_learner(request.viewer, wanted)
    checks = own_checks_on(request.viewer, wanted)
    sessions = [_session(part, checks) for part in found.parts]
    context = {
        "day": {
            "date": wanted,
            "stretches": [each for part in found.parts for each in shown_stretches(part)],
            "marks": marks_of(checks, found.stretches),
            **_figures(found.stretches),
        },
        "earlier_url": day_url(known[at + 1]) if at + 1 < len(known) else "",
        "later_url": day_url(known[at - 1]) if at else "",
        "records_url": reverse("learner:records"),
        **cases_told(request.viewer, day=wanted),
        "sessions": sessions,
        "checks": _checks(checks),
        "staff_days": staff_days_on(list(own_enrolments(request.viewer)), wanted, learning_day(request.now)),
        "appeals": [appeal_line(each, request.now) for each in appeals_on(request.viewer, wanted)],
    }
    return render(request, "learner/record_day.html", context)


def _line(day: Day, kept_out: str) -> dict[str, object]:
    figures = figures_of(day.stretches)
    return {
        "date": day.day,
        "url": day_url(day.day),
        "stretches": day.stretches,
        "credited_ms": figures.credited_ms,
        "refused_ms": figures.refused_ms,
        "corrected_ms": figures.corrected_ms,
        "sessions": len(day.parts),
        "kept_out": KEPT_OUT[kept_out] if kept_out else "",
    }


def _session(part: SessionDay, checks: Sequence[Check]) -> dict[str, object]:
    session = part.session
    return {
        "class_name": session.enrolment.training_class.name,
        "lesson_title": session.lesson.title,
        "started_at": session.opened_at,
        "ended_at": session.closed_at,
        "reason_label": ENDINGS[session.end_reason].label if session.closed_at else _("learning now"),
        "device": session.device,
        "stretches": shown_stretches(part),
        "marks": marks_of(checks, part.share.stretches),
        **_figures(part.share.stretches),
    }


def _figures(stretches: Iterable[Stretch]) -> dict[str, object]:
    figures = figures_of(stretches)
    return {
        "raw_ms": figures.raw_ms,
        "credited_ms": figures.credited_ms,
        "confirmed_ms": figures.confirmed_ms,
        "provisional_ms": figures.provisional_ms,
        "corrected_ms": figures.corrected_ms,
        "refused_ms": figures.refused_ms,
        "refused": figures.refused,
    }


def _checks(checks: Sequence[Check]) -> list[dict[str, object]]:
    attempts = attempts_said([check.pk for check in checks if check.trigger])
    return [
        {
            **check_facts(check),
            "attempts": attempts.get(check.pk, []),
            "lesson_title": check.session.lesson.title,
            "confirmed_ms": check.confirmed_ms,
            "voided_ms": check.voided_ms,
        }
        for check in checks
    ]
