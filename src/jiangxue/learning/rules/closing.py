"""When a session ends by itself, and at what time it was due. Clause T2.1."""

from operator import itemgetter

from jiangxue.learning.rules.days import balance_today, left_of_day_ms
from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.shapes import Claim, Flag, Judgement, Running
from jiangxue.policies.rules.time_policy import TimePolicy

Closing = tuple[int, EndReason]


RENEWAL_MS = 60_000
"""How long a page may take to open again once its rule has changed; after that the session ends, whatever the page does."""


def due_closing(
    running: Running, policy: TimePolicy, class_closes_ms: int, valid_until_ms: int | None, answer_by_ms: int | None
) -> Closing:
    """Return when the session ends if no further beat comes, and why: the earliest cause wins, the first of those at once.

    `answer_by_ms` is until when an open check waits.
    """
    causes = [(class_closes_ms, EndReason.CLASS_CLOSED)]
    if answer_by_ms is not None:
        causes.append((answer_by_ms, EndReason.MISSED_CHECK))
    if running.paused_since_ms is not None:
        causes.append((running.paused_since_ms + policy.paused_close_ms, EndReason.IDLE))
    if valid_until_ms is not None:
        causes.append((valid_until_ms + RENEWAL_MS, EndReason.REOPENED))
    causes.append((running.beat_at_ms + policy.silent_close_ms, EndReason.SILENT))
    at_ms, reason = min(causes, key=itemgetter(0))
    return max(at_ms, running.beat_at_ms), reason


def earlier(first_ms: int | None, second_ms: int | None) -> int | None:
    """Return the earlier of two moments, either of which there may not be."""
    return min((ms for ms in (first_ms, second_ms) if ms is not None), default=None)


def closing_after(judgement: Judgement, claim: Claim, policy: TimePolicy) -> EndReason | None:
    """Return why the session ends with this beat, or None if it goes on; neither a full day nor a played lesson ends an open check."""
    running = judgement.running
    if Flag.LEAVE in claim.flags:
        return EndReason.BY_LEARNER
    if len(running.jumped_at_ms) >= policy.jumps_to_close:
        return EndReason.REPEATED_REFUSALS
    if running.asked_at_ms is not None:
        return None
    if Flag.ENDED in claim.flags and is_complete(running.reached_ms, running.length_ms, policy):
        return EndReason.FINISHED
    return EndReason.CAP_REACHED if left_of_day_ms(balance_today(running), policy) == 0 else None


def is_complete(reached_ms: int, length_ms: int, policy: TimePolicy) -> bool:
    """Say whether so much of a lesson was credited that it counts as played through (99 % by default)."""
    return reached_ms * 1000 >= length_ms * policy.complete_permille
