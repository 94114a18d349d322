"""The class at this moment: who is learning and where, whose check is open, who was signed out today and why. Clauses T2.1, T2.6, T7."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from jiangxue.accounts.access import SignedRequest
from jiangxue.djangokit.pages import with_lines
from jiangxue.enrolment.models import TrainingClass
from jiangxue.kernel.clock import from_ms, learning_day, to_ms
from jiangxue.learning.models import Lease
from jiangxue.learning.queries.live import missed_after_leaving, running_leases, sign_outs_today, waiting_checks
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.policies.rules.time_policy import TimePolicy
from jiangxue.portals.lengths import place_said
from jiangxue.portals.watching.frame import frame, of_a_class, url_of
from jiangxue.ui.endings import ENDINGS

LEARNERS_A_PAGE = 50
SIGN_OUTS_SHOWN = 30
AUTOMATIC = tuple(name for name, ending in ENDINGS.items() if ending.automatic and name != "reopened")
"""A page that was opened again goes on by itself: that tells a teacher nothing."""
EVERY_MS = 12_000


@of_a_class
def show(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Show the board within its page, which refreshes it while somebody looks."""
    url = url_of(request, "live_board", watched.pk)
    context = {
        **frame(request, watched, "live"),
        **_board(request, watched),
        "board_url": f"{url}?{request.GET.urlencode()}",
        "every_ms": EVERY_MS,
    }
    return render(request, "watching/live.html", context)


@of_a_class
def board(request: SignedRequest, watched: TrainingClass) -> HttpResponse:
    """Return the board alone."""
    return render(request, "watching/live_board.html", _board(request, watched))


def _board(request: SignedRequest, watched: TrainingClass) -> dict[str, object]:
    running = running_leases(request.viewer, watched.pk)
    page = Paginator(running, LEARNERS_A_PAGE).get_page(request.GET.get("page"))
    lines = [_running_line(request, watched, lease) for lease in page.object_list]
    now_ms = to_ms(request.now)
    return {
        "at": request.now,
        "running": with_lines(page, lines),
        "waiting": [
            {
                "name": check.learner_name,
                "url": _day_url(request, watched.pk, check.enrolment_id),
                "seconds_left": (check.answer_by_ms - now_ms) // 1000,
            }
            for check in waiting_checks(request.viewer, watched.pk, request.now)
        ],
        **_signed_out(request, watched),
    }


def _signed_out(request: SignedRequest, watched: TrainingClass) -> dict[str, object]:
    """Return who was signed out today, and who had left at a check that was missed then: for a teacher that is the same."""
    ended = sign_outs_today(request.viewer, watched.pk, request.now, reasons=AUTOMATIC)
    missed = missed_after_leaving(request.viewer, watched.pk, request.now)
    found = [(session.closed_at, session, session.end_reason) for session in ended[:SIGN_OUTS_SHOWN]]
    found += [(check.settled_at, check.session, EndReason.MISSED_CHECK) for check in missed[:SIGN_OUTS_SHOWN]]
    newest = sorted(found, key=lambda each: each[0] or request.now, reverse=True)[:SIGN_OUTS_SHOWN]
    return {
        "signed_out": [
            {
                "name": session.learner.staff_name,
                "url": _day_url(request, watched.pk, session.enrolment_id),
                "at": at,
                "reason_label": ENDINGS[reason].label,
                "lesson_title": session.lesson.title,
                "device": session.device,
            }
            for at, session, reason in newest
        ],
        "signed_out_more": ended.count() + missed.count() - len(newest),
    }


def _running_line(request: SignedRequest, watched: TrainingClass, lease: Lease) -> dict[str, object]:
    session = lease.session
    assert session is not None
    now_ms = to_ms(request.now)
    left_ms = lease.answer_by_ms - now_ms if lease.answer_by_ms is not None else None
    silent_ms = now_ms - lease.beat_at_ms
    return {
        "name": lease.learner.staff_name,
        "url": _day_url(request, watched.pk, session.enrolment_id),
        "lesson_title": session.lesson.title,
        "place": place_said(lease.reached_ms, lease.length_ms, lease.page_ms),
        "device": session.device,
        "opened_at": session.opened_at,
        "signal_at": from_ms(lease.beat_at_ms),
        "seconds_left": None if left_ms is None else max(0, left_ms) // 1000,
        "silent_ms": silent_ms if silent_ms > TimePolicy.from_values(session.policy).max_gap_ms else None,
        "is_review": lease.reached_ms >= lease.length_ms,
        "paused_ms": None if lease.paused_since_ms is None else max(0, now_ms - lease.paused_since_ms),
    }


def _day_url(request: SignedRequest, class_id: int, enrolment_id: int) -> str:
    return url_of(request, "day", class_id, enrolment_id, learning_day(request.now).isoformat())
