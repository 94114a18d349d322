"""Checks as rows: writing down that one is open, and settling it. Callers hold the learner's lease. Clause T2.6."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.facecheck.queries.attempts import result_when_check_is_over, was_decided
from jiangxue.facecheck.services.tickets import leave_open_attempts
from jiangxue.kernel import ids
from jiangxue.kernel.canonical import Value
from jiangxue.kernel.clock import from_ms, to_ms
from jiangxue.learning.models import Check, Interruption, Lease, Sweep
from jiangxue.learning.queries.provisional import provisional_of
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome, stall, strictest, voided_ms, was_interrupted
from jiangxue.learning.rules.closing import is_complete
from jiangxue.learning.rules.days import day_of, day_start_ms
from jiangxue.learning.rules.facing import Trigger
from jiangxue.learning.rules.verdicts import Span, VerdictKind
from jiangxue.learning.running import policy_of
from jiangxue.learning.services.telling import tell_of_unclear
from jiangxue.learning.services.verdicts import confirm_all, void_latest
from jiangxue.ledger import services as ledger
from jiangxue.policies.rules.time_policy import TimePolicy

CHECK_COLUMNS = (
    *("until_check_ms", "drawn_ms", "provisional_ms", "asked_at_ms", "answer_by_ms"),
    *("until_face_ms", "face_drawn_ms", "face_trigger"),
)
"""What a lease knows of its learner's checks."""


def write_down(leases: Iterable[Lease]) -> None:
    """Keep a row of each open check that has none yet: a beat asks by the lease alone, and its session may be about to end."""
    Check.objects.bulk_create(
        [_row(lease, lease.session_id) for lease in leases if lease.asked_at_ms is not None and lease.session_id],
        ignore_conflicts=True,
    )


def _row(lease: Lease, session_id: UUID) -> Check:
    assert lease.asked_at_ms is not None
    assert lease.answer_by_ms is not None
    return Check(
        id=ids.new_id(),
        learner_id=lease.learner_id,
        session_id=session_id,
        drawn_ms=lease.drawn_ms if lease.until_check_ms == 0 else None,
        asked_at=from_ms(lease.asked_at_ms),
        expires_at=from_ms(lease.answer_by_ms),
    )


def open_check(lease: Lease) -> Check | None:
    """Return the open check of a locked lease, if there is one."""
    if lease.asked_at_ms is None:
        return None
    write_down([lease])
    check = Check.objects.select_related("session__enrolment__training_class").get(
        learner_id=lease.learner_id, outcome=""
    )
    if not check.trigger and check.shown_at is None:
        check.trigger = _trigger_of(lease, check)
    return check


def _trigger_of(lease: Lease, check: Check) -> str:
    """Return why a check that nobody has seen yet is one of the face, nothing where it is not."""
    policy = policy_of(check.session)
    if lease.until_face_ms != 0 or not policy.face_checks:
        return ""
    if lease.face_trigger:
        return lease.face_trigger
    if policy.face_lesson_end and is_complete(lease.reached_ms, lease.length_ms, policy):
        return Trigger.LESSON_END
    is_first = policy.face_first_of_day and not _has_passed_before(check)
    return Trigger.FIRST_OF_DAY if is_first else Trigger.RANDOM


def _has_passed_before(check: Check) -> bool:
    """Say whether a check where a face was due was passed before on the learning day on which this one was asked; a session may have run over midnight."""
    due = Check.objects.filter(learner_id=check.learner_id, outcome=CheckOutcome.PASSED).exclude(trigger="")
    return due.filter(settled_at__gte=_morning(check)).exists()


def rules_of(check: Check) -> TimePolicy:
    """Return the rules of an open check: of its session, with the strictest terms of all classes whose time it decides about."""
    sessions = {each.segment.session_id: each.segment.session for each in provisional_of(check.learner_id)}
    return strictest(policy_of(check.session), map(policy_of, sessions.values()))


def interruptions(since_ms: int, now: datetime) -> list[Span]:
    """Return when the server could not serve as it should since then, also where the sweeper has not come yet to note that."""
    rows = Interruption.objects.filter(at__gte=from_ms(since_ms)).order_by("at").values_list("at", "lasted_ms")
    noted = [(to_ms(at) - lasted_ms, to_ms(at)) for at, lasted_ms in rows]
    going_on = running_stall(now)
    return [*noted, going_on] if going_on else noted


def running_stall(now: datetime) -> Span | None:
    """Return the time in which the sweeper has not come and should have."""
    last = Sweep.objects.first()
    return stall(to_ms(last.at), to_ms(now)) if last is not None else None


@transaction.atomic
def note_sweep(now: datetime) -> None:
    """Remember that the sweeper came; if it had not for long, the server stood still, and no check of that time is a miss."""
    Sweep.objects.bulk_create([Sweep(pk=1, at=now)], ignore_conflicts=True)
    last = Sweep.objects.select_for_update().get(pk=1)
    stalled = stall(to_ms(last.at), to_ms(now))
    if stalled is not None:
        Interruption.objects.create(at=now, lasted_ms=stalled[1] - stalled[0], kind="stalled")
    if now > last.at:
        last.at = now
        last.save()


def outcome_of_expired(lease: Lease, interrupted: Iterable[Span]) -> CheckOutcome:
    """Say what becomes of a check that has expired: missed, or withdrawn where the server was at fault; of a face check, what its attempts came to."""
    assert lease.asked_at_ms is not None
    assert lease.answer_by_ms is not None
    shown = Check.objects.filter(learner_id=lease.learner_id, outcome="", kind=CheckKind.FACE).first()
    result = result_when_check_is_over(shown.pk, allowed=rules_of(shown).face_attempts) if shown else None
    if was_interrupted(lease.asked_at_ms, lease.answer_by_ms, interrupted) and not (shown and was_decided(shown.pk)):
        return CheckOutcome.WITHDRAWN
    return CheckOutcome(result.value) if result is not None else CheckOutcome.MISSED


def settle_expired(lease: Lease, outcome: CheckOutcome) -> None:
    """Settle the expired check of a locked lease as of the time at which it expired; its session has ended."""
    check = open_check(lease)
    assert check is not None
    assert lease.answer_by_ms is not None
    settle(lease, check, outcome, from_ms(lease.answer_by_ms))
    lease.save(update_fields=CHECK_COLUMNS)


def settle(lease: Lease, check: Check, outcome: CheckOutcome, at: datetime) -> None:
    """Write down how a check ended and what follows for provisional time; the lease is changed, and the caller saves it.

    Its session, if any, has ended already unless the check was passed. The next check is drawn when a session opens.
    """
    at = max(at, check.asked_at)
    if outcome is CheckOutcome.PASSED:
        check.confirmed_ms = confirm_all(check, at)
        lease.provisional_ms = 0
    elif outcome is CheckOutcome.MISSED:
        most_ms = voided_ms(rules_of(check), _misses_before(check))
        check.voided_ms = void_latest(check, VerdictKind.MISSED_CHECK, most_ms, at)
    elif outcome is CheckOutcome.FAILED:
        check.voided_ms = void_latest(check, VerdictKind.FAILED_CHECK, None, at)
    elif outcome is CheckOutcome.UNCLEAR:
        lease.provisional_ms = 0  # it waits for people now, and no more for a check
        tell_of_unclear(check, at)
    lease.provisional_ms = max(0, lease.provisional_ms - check.voided_ms)
    check.outcome, check.settled_at = outcome, at
    check.save()
    if check.kind == CheckKind.FACE:
        leave_open_attempts(check.learner_id, now=at)
    lease.asked_at_ms = lease.answer_by_ms = None
    if check.drawn_ms is not None or (check.kind == CheckKind.FACE and outcome is CheckOutcome.PASSED):
        lease.until_check_ms = lease.drawn_ms = None
    if check.trigger:
        lease.until_face_ms, lease.face_drawn_ms, lease.face_trigger = None, None, ""
    ledger.append(check.session.enrolment.aid, "check.settled", _facts(check), at=check.settled_at)


def _misses_before(check: Check) -> int:
    """Return how many checks the learner missed before on the learning day on which this one was asked."""
    missed = Check.objects.filter(learner_id=check.learner_id, outcome=CheckOutcome.MISSED)
    return missed.filter(asked_at__gte=_morning(check), asked_at__lt=check.asked_at).count()


def _morning(check: Check) -> datetime:
    """Return when the learning day began on which a check was asked."""
    return from_ms(day_start_ms(day_of(to_ms(check.asked_at))))


def _facts(check: Check) -> dict[str, Value]:
    return {
        "check": check.pk.hex,
        "session": check.session_id.hex,
        "kind": check.kind,
        "drawn_ms": check.drawn_ms,
        "asked_at_ms": to_ms(check.asked_at),
        "shown_at_ms": to_ms(check.shown_at) if check.shown_at else None,
        "expires_at_ms": to_ms(check.expires_at),
        "prompt": check.prompt,
        "wrong_presses": check.wrong_presses,
        "outcome": check.outcome,
        "was_right": check.was_right,
        "reaction_ms": check.reaction_ms,
        "claimed_reaction_ms": check.claimed_reaction_ms,
        "confirmed_ms": check.confirmed_ms,
        "voided_ms": check.voided_ms,
        "trigger": check.trigger,
        "unavailable_why": check.unavailable_why,
    }
