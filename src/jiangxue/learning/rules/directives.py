"""What the page is told after a beat (指令), and when its next beat is due."""

from jiangxue.learning.rules.reasons import EndReason
from jiangxue.learning.rules.shapes import Claim, Directive, Do, Running
from jiangxue.policies.rules.time_policy import TimePolicy

LONGEST_PERCENT = 150
"""How far a full queue stretches the time between beats."""


def directive_after(
    running: Running, claim: Claim, policy: TimePolicy, ending: EndReason | None, *, stale: bool
) -> Directive:
    """Choose the directive: signing out, else an open check, else renewing, else going back, else going on."""
    if ending is not None:
        return Directive(Do.SIGN_OUT, reason=ending)
    if running.asked_at_ms is not None:
        return Directive(Do.CHECK)
    if stale:
        return Directive(Do.RENEW)
    if claim.claimed_position_ms > running.reached_ms + policy.jump_ms:
        return Directive(Do.GO_TO, position_ms=running.reached_ms)
    return Directive(Do.GO_ON)


LAST_WORD_MS = 3_000
"""How long before a known end the last beat is asked for: time for a slow network, and what an honest page loses at most."""


def before_end_ms(next_ms: int, left_ms: int, policy: TimePolicy) -> int:
    """Return when the next beat is due if counting ends in `left_ms`: just before that, as far as beats may come so close.

    A beat that would come so shortly before that moment that another could not follow is put off to it.
    """
    last_ms = left_ms - LAST_WORD_MS
    if last_ms < policy.min_beat_ms or next_ms < last_ms - policy.min_beat_ms - LAST_WORD_MS:
        return next_ms
    return min(last_ms, longest_wait_ms(policy))


def next_beat_ms(policy: TimePolicy, chance: float, fullness: float = 0.0) -> int:
    """Return when the next beat is due.

    `chance` in [0, 1) spreads pages over the jitter so that they do not beat as one; `fullness` in [0, 1] is how full the queue
    of beats is: an overloaded server asks to be told less often, but never so seldom that a late beat could not be paid in full.
    """
    middle_ms = policy.beat_ms + int(max(0, _longest_middle_ms(policy) - policy.beat_ms) * fullness)
    spread_ms = middle_ms * policy.beat_jitter_percent // 100
    return middle_ms - spread_ms + int(2 * spread_ms * chance)


def longest_wait_ms(policy: TimePolicy) -> int:
    """Return the longest time that a server may ask a page to wait before its next beat."""
    middle_ms = max(policy.beat_ms, _longest_middle_ms(policy))
    return middle_ms + middle_ms * policy.beat_jitter_percent // 100


def _longest_middle_ms(policy: TimePolicy) -> int:
    return min(policy.beat_ms * LONGEST_PERCENT // 100, policy.max_gap_ms * 100 // (100 + policy.beat_jitter_percent))
