"""What attempts are for and how they end; what a check comes to by its attempts. Clauses T3.1, T3.2."""

from collections.abc import Sequence
from enum import StrEnum


class Purpose(StrEnum):
    """What an attempt is for."""

    ENROL = "enrol"
    CHECK = "check"
    TRIAL = "trial"


class AttemptOutcome(StrEnum):
    """How one attempt ended; `BROKEN` is one that was left or cut off, `SPARED` one that came to nothing through no fault of the learner."""

    PASSED = "passed"
    AGAIN = "again"
    STEP_UP = "step_up"
    REVIEW = "review"
    FAILED = "failed"
    BLOCKED = "blocked"
    BROKEN = "broken"
    SPARED = "spared"


AGAINST = frozenset({AttemptOutcome.FAILED, AttemptOutcome.BLOCKED})
"""What speaks against the learner, as opposed to what was merely not seen well."""


NO_WORSE_THAN_BROKEN = frozenset({AttemptOutcome.PASSED, AttemptOutcome.AGAIN, AttemptOutcome.SPARED})
"""To what an attempt that was left, or cut off, cannot come any more: it is broken."""


class CheckResult(StrEnum):
    """What a check comes to."""

    PASSED = "passed"
    FAILED = "failed"
    UNCLEAR = "unclear"


def is_used(outcome: AttemptOutcome | None, *, was_challenged: bool) -> bool:
    """Say whether an attempt counts as one of those that a check allows; `outcome` None: it is still open.

    One that broke before anything unforeseen was shown tells nobody anything, and costs nothing.
    """
    if outcome is AttemptOutcome.SPARED:
        return False
    return outcome not in {None, AttemptOutcome.BROKEN} or was_challenged


def result_of(used: Sequence[AttemptOutcome], *, allowed: int) -> CheckResult | None:
    """Return what the used attempts of a check make of it, None while another may be made.

    One that failed is enough, or that only a person can decide: a pass beside it is one that had been begun before it was judged, perhaps by somebody
    else. Else one that passed is. When all are used, any that speaks against the learner fails the check; else a person looks at it.
    """
    if AttemptOutcome.FAILED in used:
        return CheckResult.FAILED
    if AttemptOutcome.REVIEW in used:
        return CheckResult.UNCLEAR
    if AttemptOutcome.PASSED in used:
        return CheckResult.PASSED
    if len(used) < allowed:
        return None
    return CheckResult.FAILED if AGAINST.intersection(used) else CheckResult.UNCLEAR


def result_when_over(used: Sequence[AttemptOutcome], *, allowed: int) -> CheckResult | None:
    """Return the same when the time of the check is over: whoever stops trying after an attempt that speaks against them has failed; None is a miss.

    Of whoever stops when more was asked for, something was seen that a person looks at: it may have been somebody else.
    """
    decided = result_of(used, allowed=allowed)
    if decided is not None:
        return decided
    if AGAINST.intersection(used):
        return CheckResult.FAILED
    return CheckResult.UNCLEAR if AttemptOutcome.STEP_UP in used else None
