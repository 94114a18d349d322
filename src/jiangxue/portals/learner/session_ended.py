"""The page after a sign-out: why, what is kept, what to do."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from jiangxue.accounts.access import SignedRequest, for_roles
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import Check, StudySession
from jiangxue.learning.queries.appeals import appeal_over
from jiangxue.learning.queries.checks import check_told_with
from jiangxue.learning.queries.face_reviews import decided_by_people
from jiangxue.learning.queries.records import cap_at_end, session_after, session_for, shares_of
from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.learning.rules.face_reviews import ReviewStep
from jiangxue.learning.rules.reasons import EndReason, Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.policies.rules.time_policy import MINUTE_MS, TimePolicy
from jiangxue.portals.explaining import full_cap, hours_sentence
from jiangxue.portals.figures import figures_of
from jiangxue.portals.learner.outline import next_step, outlines
from jiangxue.portals.learner.shown import known_id
from jiangxue.portals.learner.up_to_date import check_first, up_to_date
from jiangxue.ui.durations import duration
from jiangxue.ui.endings import ENDINGS

_GO_ON = frozenset(
    {
        EndReason.BY_LEARNER,
        EndReason.SILENT,
        EndReason.IDLE,
        EndReason.MISSED_CHECK,
        EndReason.FAILED_FACE,
        EndReason.MAINTENANCE,
        EndReason.REPEATED_REFUSALS,
        EndReason.PASSWORD_CHANGED,
    }
)


@for_roles(Role.LEARNER)
@require_safe
@up_to_date
@check_first
def show(request: SignedRequest, session_id: str) -> HttpResponse:
    """Explain why one of the viewer's sessions ended; a running one leads back to its lesson."""
    session = session_for(request.viewer, session_id) if known_id(session_id) else None
    if session is None:
        raise Http404
    class_id = session.enrolment.training_class_id
    lesson_url = reverse("learner:lesson", args=(class_id, session.lesson_id))
    if session.closed_at is None:
        return redirect(lesson_url)
    return render(request, "learner/session_ended.html", {"ended": _ended(session, class_id)})


def _ended(session: StudySession, class_id: int) -> dict[str, object]:
    reason = EndReason(session.end_reason)
    stretches = [stretch for share in shares_of(session) for stretch in share.stretches]
    figures = figures_of(stretches)
    check = check_told_with(session)
    label, sentence, aside = _told(session, stretches, check)
    class_url = reverse("learner:class", args=(class_id,))
    next_label, next_url = _way_on(session, reason)
    return {
        "reason_label": label,
        "sentence": sentence,
        "is_automatic": ENDINGS[reason].automatic,
        "aside": aside,
        "is_kept": check is None or not _has_voided(check),
        "started_at": session.opened_at,
        "ended_at": session.closed_at,
        "raw_ms": figures.raw_ms,
        "credited_ms": figures.credited_ms,
        "refused_ms": figures.refused_ms,
        "corrected_ms": figures.corrected_ms,
        "refused": figures.refused,
        "stretches": stretches,
        "lesson_title": session.lesson.title,
        "class_name": session.enrolment.training_class.name,
        "next_label": next_label,
        "next_url": next_url,
        "class_url": class_url,
        "records_url": reverse("learner:records"),
        "appeal_url": _appeal_url(session) if check is not None and _has_voided(check) else "",
    }


def _appeal_url(session: StudySession) -> str:
    """Return where the viewer asks for a review of what a failed face check took from this session; empty where it took nothing of it."""
    for share in shares_of(session):
        for stretch in share.stretches:
            if stretch.reason is Reason.FAILED_CHECK and not appeal_over(session, stretch.start_ms, stretch.end_ms):
                day = date.fromordinal(share.day)
                return reverse("learner:new_appeal", args=(day.isoformat(), session.pk.hex, stretch.start_ms))
    return ""


def _way_on(session: StudySession, reason: EndReason) -> tuple[str, str]:
    """Return the one main step: on with this lesson, with the next one, or back to the class."""
    class_id = session.enrolment.training_class_id
    if reason in _GO_ON:
        return _("Continue this lesson"), reverse("learner:lesson", args=(class_id, session.lesson_id))
    steps = outlines([session.enrolment], session.closed_at or session.opened_at)[session.enrolment_id]
    coming = next_step(steps) if reason is EndReason.FINISHED else None
    if coming is not None and coming.is_test_due:
        return _("Take the lesson test: %(title)s") % {"title": coming.title}, coming.test_url
    if coming is not None:
        return _("Next lesson: %(title)s") % {"title": coming.title}, coming.url
    return _("Back to the class"), reverse("learner:class", args=(class_id,))


def _figures(session: StudySession, stretches: Sequence[Stretch]) -> dict[str, object]:
    policy = TimePolicy.from_values(session.policy)
    silent_ms = stretches[-1].ms if stretches else policy.silent_close_ms
    elsewhere = session_after(session)
    return {
        "voided": duration(0),
        "silent": duration(silent_ms),
        "paused": policy.paused_close_ms // MINUTE_MS,
        "hours": hours_sentence(policy.hours_from_min, policy.hours_until_min),
        "full": _full(session),
        "device": elsewhere.device if elsewhere else "",
        "since": localtime(elsewhere.opened_at).strftime("%H:%M") if elsewhere else "",
    }


def _full(session: StudySession) -> str:
    if session.end_reason != EndReason.CAP_REACHED:
        return ""
    cap = cap_at_end(session)
    return full_cap(cap.cap_ms, of_class=cap.of_class)


def _told(session: StudySession, stretches: Sequence[Stretch], check: Check | None) -> tuple[str, str, str]:
    """Return how the session ended in a word and a sentence, and what else is to be said; a missed check comes before all else."""
    ending = ENDINGS[session.end_reason]
    outcome = check.outcome if check is not None else ""
    if check is not None and outcome == CheckOutcome.MISSED:
        return str(ENDINGS[EndReason.MISSED_CHECK].label), _missed(session, check), ""
    if check is not None and outcome == CheckOutcome.FAILED:
        return _not_confirmed(check)
    if check is not None and outcome == CheckOutcome.UNCLEAR:
        return _by_people(check)
    aside = ""
    if outcome == CheckOutcome.WITHDRAWN and session.end_reason != EndReason.MAINTENANCE:
        aside = _(
            "The check-in that was open then was withdrawn, because our server was interrupted. Nothing is taken."
        )
    return str(ending.label), ending.sentence % _figures(session, stretches), aside


def _not_confirmed(check: Check) -> tuple[str, str, str]:
    ending = ENDINGS[EndReason.FAILED_FACE]
    if not check.voided_ms:
        sentence = _(
            "The face check did not confirm that it was you, so you were signed out. No time was waiting for confirmation, so none is taken."
        )
        return str(ending.label), sentence, _begins_with_face()
    return str(ending.label), ending.sentence % {"voided": duration(check.voided_ms)}, _begins_with_face()


def _by_people(check: Check) -> tuple[str, str, str]:
    """Tell what people have made of a check that the program could not decide, or that they will."""
    said = decided_by_people(check)
    if said is None:
        return _undecided()
    if said.kind == ReviewStep.CONFIRMED:
        return _("Confirmed by staff"), _("Staff have looked at the face check and confirmed that it was you."), ""
    text = _(
        "Two people of the institution have looked at the face check of %(at)s and could not confirm that it was you. %(voided)s before it do not count. If that is wrong, you can appeal."
    )
    at = localtime(check.asked_at).strftime("%Y-%m-%d %H:%M")
    return str(ENDINGS[EndReason.FAILED_FACE].label), text % {"at": at, "voided": duration(said.ms or 0)}, ""


def _has_voided(check: Check) -> bool:
    said = decided_by_people(check) if check.outcome == CheckOutcome.UNCLEAR else None
    return bool(check.voided_ms) or (said is not None and said.kind == ReviewStep.APPROVED)


def _undecided() -> tuple[str, str, str]:
    """Tell that people decide: the program could not, and that is nobody's fault."""
    sentence = _(
        "It could not be made certain that it was you; staff will look at it. The time before it is kept and waits for their answer. You need not do anything."
    )
    return _("People look at the face check"), sentence, _begins_with_face()


def _begins_with_face() -> str:
    return _("When you go on learning, a face check comes first.")


def _missed(session: StudySession, check: Check) -> str:
    voided = {"voided": duration(check.voided_ms), "times": check.wrong_presses}
    if check.failed_by_answer:
        return (
            _(
                "You chose wrongly %(times)d times, so the check-in was not passed and you were signed out. %(voided)s before it do not count. Other provisional time is confirmed by your next check-in."
            )
            % voided
        )
    if session.end_reason != EndReason.MISSED_CHECK:
        return (
            _("The check-in that was open then was not answered in time: %(voided)s before it do not count.") % voided
        )
    return ENDINGS[EndReason.MISSED_CHECK].sentence % voided
