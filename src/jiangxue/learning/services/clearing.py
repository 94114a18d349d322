"""Letting a learner go on after a check, and saying what came of it. Callers hold the learner's lease. Clause T2.6."""

from dataclasses import dataclass
from datetime import datetime

from jiangxue.kernel.clock import to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.learning.models import Check, Lease, StudySession
from jiangxue.learning.queries.checks import session_telling_of
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome, Cleared, drawn_ms
from jiangxue.learning.rules.days import balance_today
from jiangxue.learning.rules.facing import drawn_face_ms
from jiangxue.learning.rules.judge import judge_cleared
from jiangxue.learning.running import opening_of, policy_of, put_running, running_of
from jiangxue.learning.services.ending import due_closing_of
from jiangxue.learning.services.sealing import Part, seal_parts
from jiangxue.learning.services.settling import CHECK_COLUMNS, settle
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Passed:
    """The check is passed; `right` is the text of the right option of a course question. Figures are those of the running session, if any."""

    was_right: bool | None
    right: str | None
    reached_ms: int
    credited_ms: int
    day_ms: int


@dataclass(frozen=True, slots=True)
class NotPassed:
    """The check was missed or withdrawn; `session` names the study session whose page tells of it."""

    outcome: CheckOutcome
    session: str


def pass_check(lease: Lease, check: Check, now: datetime, chance: Chance) -> None:
    """Confirm what was learned so far, and let a running session go on from now."""
    _clear(lease, check, CheckOutcome.PASSED, now, chance)


def put_off_check(lease: Lease, check: Check, now: datetime, chance: Chance) -> None:
    """Settle a face check that could not be made: nothing is confirmed, nothing voided, and a running session goes on until the next one."""
    _clear(lease, check, CheckOutcome.UNAVAILABLE, now, chance)


def _clear(lease: Lease, check: Check, outcome: CheckOutcome, now: datetime, chance: Chance) -> None:
    """Settle a check; seal what was learned before with its outcome, and draw anew what it stood for."""
    if lease.session is None:
        settle(lease, check, outcome, now)
        lease.save(update_fields=CHECK_COLUMNS)
        return
    locked = StudySession.objects.select_for_update(of=("self",)).select_related("enrolment")
    session = locked.get(pk=lease.session.pk)
    until_check_ms, until_face_ms, provisional_ms = _next(lease, check, outcome, policy_of(session), chance)
    drawn = lease.drawn_ms if until_check_ms == lease.until_check_ms else until_check_ms
    cleared = Cleared(to_ms(now), until_check_ms, provisional_ms, until_face_ms)
    after = judge_cleared(running_of(lease), cleared).running
    seal_parts([Part(session, lease, cleared)])
    settle(lease, check, outcome, now)
    put_running(lease, after)
    lease.drawn_ms = drawn
    lease.face_drawn_ms = until_face_ms if check.trigger else lease.face_drawn_ms
    lease.close_due_ms, _ = due_closing_of(lease, session)
    lease.save()


def _next(
    lease: Lease, check: Check, outcome: CheckOutcome, policy: TimePolicy, chance: Chance
) -> tuple[int | None, int | None, int]:
    """Return counted time until the next check and the next face check, and what stays provisional: a face that was passed is also attention shown."""
    has_passed = outcome is CheckOutcome.PASSED
    attends = has_passed and (check.drawn_ms is not None or check.kind == CheckKind.FACE)
    until_check_ms = drawn_ms(policy, chance()) if attends else lease.until_check_ms
    until_face_ms = lease.until_face_ms
    if check.trigger:
        until_face_ms = drawn_face_ms(policy, chance()) if policy.face_checks else None
    return until_check_ms, until_face_ms, 0 if has_passed else lease.provisional_ms


def passed(lease: Lease, check: Check) -> Passed:
    """Return what a page is told of a check that was passed."""
    right = check.prompt["options"][check.prompt["right"]] if check.kind == CheckKind.COURSE_QUESTION else None
    running = running_of(lease)
    opened_ms = opening_of(lease.session).reached_ms if lease.session else running.reached_ms
    day_ms = balance_today(running).person_ms if running.balances else 0
    return Passed(check.was_right, right, running.reached_ms, running.reached_ms - opened_ms, day_ms)


def not_passed(check: Check) -> NotPassed:
    """Return what a page is told of a check that ended otherwise."""
    return NotPassed(CheckOutcome(check.outcome), session_telling_of(check).hex)
