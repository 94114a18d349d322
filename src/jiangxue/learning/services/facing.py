"""Checks of the face (人脸打卡): beginning an attempt, pulling what came of it, and putting off what cannot be made. Clauses T2.6, T3.1, T3.2.

The check belongs to `learning`; `facecheck` knows its id and nothing else of it. The account is locked before the lease, as everywhere.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from jiangxue.accounts.services.erasing import lock_account
from jiangxue.facecheck.errors import NoAttemptsLeft
from jiangxue.facecheck.queries.attempts import begun_at, result_of_check, used_attempts, was_spared
from jiangxue.facecheck.queries.ways import enrolled_at
from jiangxue.facecheck.rules.drawing import Form
from jiangxue.facecheck.rules.outcomes import AttemptOutcome, CheckResult, Purpose
from jiangxue.facecheck.rules.thresholds import Thresholds
from jiangxue.facecheck.services.tickets import Bound, Ticket, Wanted, give_ticket
from jiangxue.kernel.clock import Clock, to_ms
from jiangxue.kernel.ids import Chance
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import EnrolledSinceAsked, MustBeConfirmed, NoOpenFaceCheck
from jiangxue.learning.models import Check, Lease
from jiangxue.learning.queries.faces import unavailable_since_passed
from jiangxue.learning.rules.checks import CheckKind, CheckOutcome
from jiangxue.learning.rules.facing import may_be_unavailable
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.running import policy_of
from jiangxue.learning.services.answering import attempts_left
from jiangxue.learning.services.clearing import NotPassed, Passed, not_passed, pass_check, passed, put_off_check
from jiangxue.learning.services.ending import end, end_if_due
from jiangxue.learning.services.leases import locked_lease
from jiangxue.learning.services.settling import CHECK_COLUMNS, open_check, rules_of, settle
from jiangxue.policies.rules.time_policy import TimePolicy

LEAST_LEFT_MS = 5_000
"""An attempt with less time than that could not be made."""
MOST_BEGUN = 20
"""So many attempts are begun at one check, those that were left before anything was asked among them: each is a record, and a hand needs fewer."""


class Why(StrEnum):
    """Why a page says that it cannot show a face."""

    NO_CAMERA = "no_camera"
    DENIED = "denied"
    IN_USE = "in_use"
    INSECURE = "insecure"
    OLD_BROWSER = "old_browser"
    NO_SERVICE = "no_service"


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that may be made now, and how many after it."""

    ticket: Ticket
    attempts_left: int


@dataclass(frozen=True, slots=True)
class AnotherAttempt:
    """The face was not confirmed yet, and may be shown again; `step_up` says that more will be asked for."""

    attempts_left: int
    step_up: bool


type Faced = Passed | AnotherAttempt | NotPassed


@transaction.atomic
def begin_face(viewer: Viewer, check_id: str, *, device: str, address: str | None, clock: Clock) -> Begun:
    """Begin an attempt at the viewer's open face check; raise `NoOpenFaceCheck`, `EnrolledSinceAsked`, `NoAttemptsLeft` or a refusal of facecheck."""
    lease, check, now = _opened(viewer, check_id, clock)
    if check is None:
        raise NoOpenFaceCheck
    since = enrolled_at(viewer.account_id)
    if since is not None and since > check.asked_at:
        raise EnrolledSinceAsked
    policy = rules_of(check)
    if result_of_check(check.pk, allowed=policy.face_attempts) is not None:
        raise NoAttemptsLeft
    left = attempts_left(check, policy)
    most_ms = to_ms(check.expires_at) - to_ms(now)
    if most_ms < LEAST_LEFT_MS or begun_at(check.pk) >= MOST_BEGUN:
        raise NoAttemptsLeft
    wanted = Wanted(
        account_id=viewer.account_id,
        purpose=Purpose.CHECK,
        form=_form(check),
        thresholds=thresholds_of(policy),
        left_ms=policy.face_answer_ms,
        most_ms=most_ms,
        bound=_bound(lease, check, left - 1),
        ordinal=policy.face_attempts - left + 1,
        device=device,
        address=address,
    )
    return Begun(give_ticket(wanted, now=now), left - 1)


def thresholds_of(policy: TimePolicy) -> Thresholds:
    """Return what faces are judged by under a policy: the authority's numbers, and for the rest the defaults of the program."""
    return Thresholds(
        pass_permille=policy.face_pass_permille,
        unclear_permille=min(policy.face_unclear_permille, policy.face_pass_permille),
        blocks_virtual_cameras=policy.face_camera_labels,
    )


def _form(check: Check) -> Form:
    # Whoever was asked for more cannot come back to less by leaving an attempt or showing a bad picture.
    if AttemptOutcome.STEP_UP in used_attempts(check.pk):
        return Form.STEP_UP
    return Form.LONG if check.prompt["is_long"] else Form.SHORT


def _bound(lease: Lease, check: Check, left_after: int) -> Bound:
    session = check.session
    return Bound(check.pk, session.enrolment.aid, session.pk.hex, session.lesson_id, lease.reached_ms, left_after)


def _opened(viewer: Viewer, check_id: str, clock: Clock) -> tuple[Lease, Check | None, datetime]:
    """Return the viewer's lease and their open face check under that id, with everything locked and what is due done."""
    lock_account(viewer.account_id)
    lease, now = locked_lease(viewer.account_id, clock)
    end_if_due(lease, now)
    check = open_check(lease)
    is_meant = check is not None and check.kind == CheckKind.FACE and check.pk.hex == check_id
    return lease, check if is_meant else None, now


@transaction.atomic
def hear_face(viewer: Viewer, check_id: str, *, clock: Clock, chance: Chance) -> Faced:
    """Settle the viewer's face check by what its attempts came to, or say that another may be made; raise `NoOpenFaceCheck`."""
    lease, check, now = _opened(viewer, check_id, clock)
    if check is None:
        return _heard_before(lease, viewer, check_id)
    policy = rules_of(check)
    match result_of_check(check.pk, allowed=policy.face_attempts):
        case CheckResult.PASSED:
            pass_check(lease, check, now, chance)
            return passed(lease, check)
        case None:
            return AnotherAttempt(attempts_left(check, policy), _form(check) is Form.STEP_UP)
        case result:
            _end_without(lease, check, CheckOutcome(result.value), now)
            return not_passed(check)


def _heard_before(lease: Lease, viewer: Viewer, check_id: str) -> Faced:
    settled = Check.objects.filter(learner_id=viewer.account_id, kind=CheckKind.FACE).exclude(outcome="")
    check = settled.filter(pk=check_id).first()
    if check is None:
        raise NoOpenFaceCheck
    return passed(lease, check) if check.outcome == CheckOutcome.PASSED else not_passed(check)


def let_go_of_face(learner_id: int, *, clock: Clock) -> None:
    """Leave the open face check of somebody to people, and end their session in a class that checks faces, because no face can be compared any more; the caller holds their account.

    Else the next check would come to nothing and cost time. Who goes on chooses a way first.
    """
    lease, now = locked_lease(learner_id, clock)
    end_if_due(lease, now)
    check = open_check(lease)
    if check is not None and check.kind == CheckKind.FACE:
        _end_without(lease, check, CheckOutcome.UNCLEAR, now)
    elif lease.session is not None and policy_of(lease.session).face_checks:
        end(lease, lease.session, EndReason.FACE_REMOVED, now)


def _end_without(lease: Lease, check: Check, outcome: CheckOutcome, now: datetime) -> None:
    if lease.session is not None:
        end(lease, lease.session, EndReason.FAILED_FACE, now)
    settle(lease, check, outcome, now)
    lease.save(update_fields=CHECK_COLUMNS)


@transaction.atomic
def put_off_face(viewer: Viewer, check_id: str, why: Why, *, clock: Clock, chance: Chance) -> Passed:
    """Take note that the viewer's face check cannot be made, and let them go on; raise `NoOpenFaceCheck` or `MustBeConfirmed`.

    Whoever has shown their face to it already cannot say so, nor who said so too often since they were seen last: they are confirmed by staff. What our own service kept from being made is not counted.
    """
    lease, check, now = _opened(viewer, check_id, clock)
    if check is None:
        raise NoOpenFaceCheck
    times = 0 if was_spared(check.pk) else unavailable_since_passed(viewer.account_id)
    if used_attempts(check.pk) or not may_be_unavailable(rules_of(check), times):
        raise MustBeConfirmed
    check.unavailable_why = why.value
    put_off_check(lease, check, now, chance)
    return passed(lease, check)
