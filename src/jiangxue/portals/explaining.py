"""Why a stretch of time counts or not, by the rule under which it was judged: the same for learners and staff. Clauses T1.3, M6."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.models import StudySession
from jiangxue.learning.queries.appeals import Appealed
from jiangxue.learning.queries.stretches import check_concerned
from jiangxue.learning.rules.appeals import AppealState, Result, StepKind
from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch
from jiangxue.policies.queries import version_facts
from jiangxue.policies.rules.reach import Scope
from jiangxue.policies.rules.time_policy import HOUR_UNIT_MS, MINUTE_MS, TimePolicy
from jiangxue.portals.face_lines import attempts_said
from jiangxue.portals.rulebook.effects import average_said, clock_said, said
from jiangxue.ui.checks import check_facts
from jiangxue.ui.durations import duration
from jiangxue.ui.masking import masked_name
from jiangxue.ui.roles import recorded_role

SECOND_MS = 1_000
CREDITED_RULE = _(
    "Time counts by the server's clock, at normal speed and in one window; a passed check-in confirms it. One comes every %(mean)s on average, after %(most)s at the latest."
)
RULES: dict[Reason, str | Promise] = {
    Reason.OTHER_WINDOW: _("One person earns time in one window at a time; the one opened last counts."),
    Reason.CLASS_CLOSED: _("Once a class has ended, it counts no more time."),
    Reason.OUT_OF_HOURS: "%(hours)s",
    Reason.OVER_CAP: _("At most %(cap)s class hours count a day over all classes, and %(class_cap)s in this class."),
    Reason.CHECK_PENDING: _(
        "From a check-in's appearance until its answer nothing counts; it waits %(answer)d seconds, and never longer than %(expiry)d."
    ),
    Reason.JUMPED: _("A position more than %(jump)d seconds further on than the time that has passed does not count."),
    Reason.TOO_FAST: _("Time counts at normal speed; what is played faster does not count."),
    Reason.HIDDEN: _("While the page is not in front, nothing counts."),
    Reason.PAUSED: _(
        "While the picture stands still, or a page whose time is full is not turned, nothing counts; after %(paused)d minutes of pause the session ends."
    ),
    Reason.SILENT: _(
        "The part beyond %(gap)d seconds without a signal does not count; after %(silent)d seconds the session ends."
    ),
    Reason.REPEAT: _("What was seen before is not counted again."),
    Reason.PAGE_FULL: _("A page of a document counts %(page)d seconds; the next page counts again."),
    Reason.LESSON_FULL: _("Once all of a lesson is credited, it counts no more time."),
    Reason.MISSED_CHECK: _(
        "A check-in waits %(answer)d seconds, or %(expiry)d where the page did not show it. The first one missed in a day takes at most the %(void)s before it, every further one all that awaits confirmation."
    ),
    Reason.FAILED_CHECK: _(
        "A face check may be tried %(attempts)d times. Where it does not confirm that it was you, time that awaited confirmation does not count; people can give it back."
    ),
    Reason.UNCONFIRMED: _("Time that no check-in has confirmed until a class is settled does not count."),
}
CREDITED_ADVICE = _("There is nothing for you to do.")
ADVICE: dict[str, str | Promise] = {
    "confirmed": CREDITED_ADVICE,
    "provisional": _("Go on learning: the next check-in that you pass confirms it."),
    "corrected": CREDITED_ADVICE,
    "other_window": _("Learn in one window, and close the others. Was it not you? Then change your password."),
    "class_closed": _("The lessons can still be watched for review."),
    "out_of_hours": _("Learn within the hours of this class."),
    "over_cap": _("You can go on learning after midnight."),
    "check_pending": _("Answer a check-in as soon as it appears; switch the sound on so that you hear it."),
    "jumped": _("Go on from where the page led you back to; dragging earns nothing."),
    "too_fast": _("Play at normal speed."),
    "hidden": _("Keep the page in front while you learn, and do not lock the screen."),
    "paused": _("Press play, or turn to the next page of a document: counting goes on by itself."),
    "silent": _("Keep the page open and the screen on, and look whether the network holds."),
    "repeat": _("Go on with what you have not seen yet."),
    "page_full": _("Turn to the next page when you have read this one."),
    "lesson_full": _("Go on with the next lesson."),
    "missed_check": _("Answer a check-in as soon as it appears; switch the sound on so that you hear it."),
    "failed_check": _(
        "Was it you? Then appeal: people look at the record of the check. For the next one face the light, take off mask and hat, and use the camera itself."
    ),
    "unconfirmed": _("Leave a lesson only after its last check-in: it confirms what you have learned."),
}
SCOPES: dict[Scope, str | Promise] = {
    Scope.PLATFORM: _("rule of the platform"),
    Scope.REGION: _("rule of the region"),
    Scope.INSTITUTION: _("rule of the institution"),
    Scope.TRAINING_CLASS: _("rule of this class"),
}
STATES: dict[AppealState, str | Promise] = {
    AppealState.TO_PROPOSE: _("waits for the head teacher"),
    AppealState.TO_APPROVE: _("waits for the second person"),
    AppealState.SETTLED: _("settled"),
}
RESULTS: dict[Result, str | Promise] = {Result.CORRECTED: _("to correct"), Result.UPHELD: _("to uphold")}
STEPS: dict[StepKind, str | Promise] = {
    StepKind.PROPOSED: _("proposes"),
    StepKind.SENT_BACK: _("sends back"),
    StepKind.APPROVED: _("approves"),
}


def hours_of(milliseconds: int) -> str:
    """Return class hours (学时) of 45 minutes, without needless decimals."""
    return f"{milliseconds / HOUR_UNIT_MS:.2f}".rstrip("0").rstrip(".")


def full_cap(cap_ms: int, *, of_class: bool) -> str:
    """Say which cap of the day is reached, without a full stop."""
    if of_class:
        text = gettext("This class counts at most %(cap)s a day, which is reached; other classes still count")
        return text % {"cap": duration(cap_ms)}
    return gettext("You have learned %(hours)s class hours today, which is the limit") % {"hours": hours_of(cap_ms)}


def hours_sentence(from_min: int, until_min: int) -> str:
    """Say when a class counts time; hours that begin when they have ended are none."""
    values = {"begins": clock_said(from_min), "ends": clock_said(until_min)}
    if from_min >= until_min:
        text = gettext("The hours of this class begin at %(begins)s but end at %(ends)s already, so nothing counts.")
        return text % values
    return gettext("This class counts time from %(begins)s to %(ends)s only.") % values


def rule_sentence(stretch: Stretch, policy: TimePolicy) -> str:
    """Return the rule by which a stretch was judged, with the values that were in force."""
    sentence = CREDITED_RULE if stretch.reason is None else RULES[stretch.reason]
    return str(sentence) % {
        "cap": hours_of(policy.day_cap_ms),
        "class_cap": hours_of(policy.class_day_cap_ms),
        "page": policy.page_ms // SECOND_MS,
        "answer": policy.check_answer_ms // SECOND_MS,
        "expiry": policy.check_expiry_ms // SECOND_MS,
        "attempts": policy.face_attempts,
        "jump": policy.jump_ms // SECOND_MS,
        "paused": policy.paused_close_ms // MINUTE_MS,
        "gap": policy.max_gap_ms // SECOND_MS,
        "silent": policy.silent_close_ms // SECOND_MS,
        "void": duration(policy.check_void_ms),
        "mean": average_said(policy),
        "most": said("check_most_ms", policy),
        "hours": hours_sentence(policy.hours_from_min, policy.hours_until_min),
    }


def explained(session: StudySession, stretch: Stretch) -> dict[str, object]:
    """Return what ui/stretch_facts.html shows of a stretch."""
    check = check_concerned(session, stretch)
    return {
        "kind": stretch.kind,
        "judged_kind": stretch.reason.value if stretch.reason else stretch.kind,
        "from_at": from_ms(stretch.start_ms),
        "to_at": from_ms(stretch.end_ms),
        "ms": stretch.ms,
        "rule": rule_sentence(stretch, TimePolicy.from_values(session.policy)),
        "versions": [
            {"number": each.number, "since": each.valid_from, "reason": each.reason, "scope_label": SCOPES[each.scope]}
            for each in version_facts(session.policy_versions)
        ],
        "class_name": session.enrolment.training_class.name,
        "lesson_title": session.lesson.title,
        "device": session.device,
        "check": {**check_facts(check), "attempts": attempts_said([check.pk]).get(check.pk, [])} if check else None,
    }


def steps_of(found: Appealed) -> Sequence[Mapping[str, object]]:
    """Return what ui/appeal_steps.html shows: who in which role did what and when, the opening first."""
    appeal = found.appeal
    opening = _step(appeal.learner.staff_name, "learner", appeal.opened_at, _("appeals"), text=appeal.text)
    return [
        opening,
        *(
            _step(
                step.by.name,
                step.role,
                step.at,
                STEPS[StepKind(step.kind)],
                text=step.text,
                result=RESULTS[Result(step.result)] if step.result else "",
                ms=step.ms,
            )
            for step in found.steps
        ),
    ]


def _step(name: str, role: str, at: datetime, act: str | Promise, **facts: object) -> dict[str, object]:
    return {"name": masked_name(name), "role_label": recorded_role(role), "at": at, "act": act, **facts}


def outcome_of(found: Appealed, now: datetime) -> dict[str, object]:
    """Return where an appeal stands, for lists and pages."""
    return {
        "state_label": STATES[found.state],
        "settled": found.state is AppealState.SETTLED,
        "result": found.result.value if found.result else "",
        "given_ms": found.proposal.ms if found.result is Result.CORRECTED and found.proposal else None,
        "due_on": found.appeal.due_on,
        "overdue": found.is_overdue(now),
        "opened_at": found.appeal.opened_at,
        "kind": found.appeal.reason,
        "day": found.appeal.day,
        "from_at": from_ms(found.appeal.start_ms),
        "to_at": from_ms(found.appeal.end_ms),
        "ms": found.appeal.ms,
    }
