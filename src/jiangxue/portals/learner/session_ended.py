"""The page after a sign-out: why, what is kept, what to do."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.records import session_after, session_for, shares_of
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.portals.learner.endings import ENDINGS
from jiangxue.portals.learner.figures import figures_of
from jiangxue.portals.learner.refusals import hours_of

_GO_ON = frozenset(
    {EndReason.BY_LEARNER, EndReason.SILENT, EndReason.IDLE, EndReason.REPEATED_REFUSALS, EndReason.PASSWORD_CHANGED}
)


@for_roles(Role.LEARNER)
@require_safe
def show(request: SignedRequest, session_id: str) -> HttpResponse:
    """Explain why one of the viewer's sessions ended; a running one leads back to its lesson."""
    session = session_for(request.viewer, session_id) if _is_id(session_id) else None
    if session is None:
        raise Http404
    class_id = session.enrolment.training_class_id
    lesson_url = reverse("learner:lesson", args=(class_id, session.lesson_id))
    if session.closed_at is None:
        return redirect(lesson_url)
    return render(request, "learner/session_ended.html", {"ended": _ended(session, lesson_url, class_id)})


def _ended(session: StudySession, lesson_url: str, class_id: int) -> dict[str, object]:
    reason = EndReason(session.end_reason)
    ending = ENDINGS[reason]
    stretches = [stretch for share in shares_of(session) for stretch in share.stretches]
    figures = figures_of(stretches)
    class_url = reverse("learner:class", args=(class_id,))
    goes_on = reason in _GO_ON
    return {
        "reason_label": ending.label,
        "sentence": ending.sentence % _figures(session),
        "is_automatic": ending.automatic,
        "started_at": session.opened_at,
        "ended_at": session.closed_at,
        "raw_ms": figures.raw_ms,
        "credited_ms": figures.credited_ms,
        "refused_ms": figures.refused_ms,
        "refused": figures.refused,
        "stretches": stretches,
        "lesson_title": session.lesson.title,
        "class_name": session.enrolment.training_class.name,
        "next_label": _("Continue this lesson") if goes_on else _("Back to the class"),
        "next_url": lesson_url if goes_on else class_url,
        "class_url": class_url,
        "records_url": reverse("learner:records"),
    }


def _figures(session: StudySession) -> dict[str, object]:
    policy = TimePolicy.from_values(session.policy)
    elsewhere = session_after(session)
    return {
        "silent": policy.silent_close_ms // MINUTE_MS,
        "paused": policy.paused_close_ms // MINUTE_MS,
        "hours": hours_of(min(policy.day_cap_ms, policy.class_day_cap_ms)),
        "device": elsewhere.device if elsewhere else "",
        "since": localtime(elsewhere.opened_at).strftime("%H:%M") if elsewhere else "",
    }


def _is_id(text: str) -> bool:
    try:
        return UUID(text).hex == text
    except ValueError:
        return False
