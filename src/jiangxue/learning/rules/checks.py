"""Checks (随机打卡): when one is due, how long it waits, and what its outcome does to provisional time. Clause T2.6.

The counter and the open check belong to the learner, so neither a new session nor another lesson resets them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from jiangxue.learning.rules.closing import is_complete
from jiangxue.learning.rules.days import balance_of, day_of, left_of_day_ms
from jiangxue.learning.rules.hours import hours_end_ms
from jiangxue.learning.rules.shapes import Claim, Flag, Running
from jiangxue.learning.rules.verdicts import Span
from jiangxue.policies.rules.time_policy import TimePolicy

STALL_MS = 60_000
"""A sweeper that did not come for so long shows that the server itself stood still."""


class CheckKind(StrEnum):
    """What a check asks: one of three kinds of attention, or to show one's face."""

    CONFIRM = "confirm"
    SIMPLE_QUESTION = "simple_question"
    COURSE_QUESTION = "course_question"
    FACE = "face"


class CheckOutcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    UNCLEAR = "unclear"
    UNAVAILABLE = "unavailable"


def drawn_ms(policy: TimePolicy, chance: float) -> int:
    """Return after how much counted time the next check is due; `chance` in [0, 1).

    Beyond `check_least_ms` the draw has no memory: however long none came, the next one is as likely as before, up to `check_most_ms`.
    """
    rest_ms = -math.log1p(-chance) * (policy.check_mean_ms - policy.check_least_ms)
    return max(1, min(policy.check_most_ms, policy.check_least_ms + int(rest_ms)))


def draw_of(policy: TimePolicy) -> tuple[int, int, int]:
    """Return what checks are drawn by."""
    return policy.check_least_ms, policy.check_mean_ms, policy.check_most_ms


def strictest(asking: TimePolicy, others: Iterable[TimePolicy]) -> TimePolicy:
    """Return the policy that asks a check with the strictest terms of all policies under which the time that it decides about was learned.

    So nobody confirms time by a check that is easier, or misses one at less cost, than the rules of that time allow. The kinds are
    drawn as where questions that cannot be missed are rarest.
    """
    all_of_them = [asking, *others]
    rarest = min(all_of_them, key=_share_of_course_questions)
    return replace(
        asking,
        check_answer_ms=min(policy.check_answer_ms for policy in all_of_them),
        check_attempts=min(policy.check_attempts for policy in all_of_them),
        check_void_ms=max(policy.check_void_ms for policy in all_of_them),
        check_confirm_weight=rarest.check_confirm_weight,
        check_simple_weight=rarest.check_simple_weight,
        check_course_weight=rarest.check_course_weight,
        face_attempts=min(policy.face_attempts for policy in all_of_them),
        face_answer_ms=min(policy.face_answer_ms for policy in all_of_them),
        face_expiry_ms=min(policy.face_expiry_ms for policy in all_of_them),
        face_long_percent=max(policy.face_long_percent for policy in all_of_them),
        face_pass_permille=max(policy.face_pass_permille for policy in all_of_them),
        face_unclear_permille=max(policy.face_unclear_permille for policy in all_of_them),
        face_camera_labels=max(policy.face_camera_labels for policy in all_of_them),
        face_unavailable_most=min(policy.face_unavailable_most for policy in all_of_them),
    )


def _share_of_course_questions(policy: TimePolicy) -> Fraction:
    others = policy.check_confirm_weight + policy.check_simple_weight
    return Fraction(policy.check_course_weight, others + policy.check_course_weight)


def is_due(running: Running, claim: Claim, policy: TimePolicy, earned: Sequence[tuple[int, int]], now_ms: int) -> bool:
    """Say whether a check is asked with this beat; `earned` is (day, ms) that it credits.

    A beat that leaves asks nothing; the drawn check that was due then is asked when the next session opens. Due is the drawn check; or a last one before the day is full, its hours are over or the lesson ends, if anything is provisional by then.
    """
    if running.until_check_ms is None or Flag.LEAVE in claim.flags:
        return False
    credit_ms = sum(ms for _, ms in earned)
    if credit_ms >= running.until_check_ms:
        return True
    if policy.face_checks and until_face_after(running, policy, credit_ms, now_ms) == 0:
        return True
    if not running.provisional_ms + credit_ms:
        return False
    today = max(day_of(now_ms), running.balances[0].day)
    left_ms = left_of_day_ms(balance_of(running, today), policy) - sum(ms for day, ms in earned if day == today)
    return (
        left_ms <= 0
        or _is_last_minute(running.provisional_ms + credit_ms, policy, now_ms)
        or (Flag.ENDED in claim.flags and is_complete(running.reached_ms + credit_ms, running.length_ms, policy))
    )


def _is_last_minute(provisional_ms: int, policy: TimePolicy, now_ms: int) -> bool:
    """Say whether the hours of the day leave just the time to answer a last check about at least as much time."""
    ends_ms = hours_end_ms(policy, now_ms)
    return ends_ms is not None and ends_ms - now_ms <= policy.check_answer_ms <= provisional_ms


def until_face_after(running: Running, policy: TimePolicy, credit_ms: int, now_ms: int) -> int | None:
    """Return how much counted time there is until a face check after a beat that earns `credit_ms`: 0 is now, None never.

    Where a day begins with a face, so does one that begins within a session. The beat with which a lesson comes to count as played through brings one where the rule says so, whatever the page says of its end. Where faces are not checked, the draw waits.
    """
    if running.until_face_ms is None or not policy.face_checks:
        return running.until_face_ms
    was, ends = (is_complete(running.reached_ms + ms, running.length_ms, policy) for ms in (0, credit_ms))
    if policy.face_lesson_end and ends and not was:
        return 0
    begins_day = policy.face_first_of_day and day_of(now_ms) > day_of(running.beat_at_ms)
    return 0 if begins_day else max(0, running.until_face_ms - credit_ms)


def asks_for_face(running: Running, policy: TimePolicy) -> bool:
    """Say whether the check that is asked now is one of the face; it stands for a check of attention as well."""
    return running.until_face_ms == 0 and bool(policy.face_checks)


def face_answer_by_ms(asked_at_ms: int, policy: TimePolicy) -> int:
    """Return until when a face check waits; each attempt has its own shorter time, counted from when the camera runs."""
    return asked_at_ms + policy.face_expiry_ms


def answer_by_ms(asked_at_ms: int, shown_at_ms: int | None, policy: TimePolicy) -> int:
    """Return until when a check waits: fair to an answer that was lost, closed to those who never show it."""
    last_ms = asked_at_ms + policy.check_expiry_ms
    return last_ms if shown_at_ms is None else min(last_ms, shown_at_ms + policy.check_answer_ms)


def kind_for(policy: TimePolicy, chance: float, *, has_questions: bool) -> CheckKind:
    """Choose what to ask, by the policy's weights; `chance` in [0, 1)."""
    weights = {
        CheckKind.CONFIRM: policy.check_confirm_weight,
        CheckKind.SIMPLE_QUESTION: policy.check_simple_weight,
        CheckKind.COURSE_QUESTION: policy.check_course_weight if has_questions else 0,
    }
    left = chance * sum(weights.values())
    for kind, weight in weights.items():
        left -= weight
        if left < 0:
            return kind
    return CheckKind.CONFIRM


def was_interrupted(asked_at_ms: int, expired_at_ms: int, interruptions: Iterable[Span]) -> bool:
    """Say whether the server was at fault that a check was not answered: it was started, overloaded or stood still while it was open.

    When the check happens to be judged says nothing: whoever keeps their lease busy can put that off.
    """
    return any(from_ms <= expired_at_ms and asked_at_ms <= until_ms for from_ms, until_ms in interruptions)


def stall(last_sweep_ms: int, now_ms: int) -> Span | None:
    """Return the time in which the sweeper did not come, None if it came in time."""
    return (last_sweep_ms, now_ms) if now_ms - last_sweep_ms > STALL_MS else None


def voided_ms(policy: TimePolicy, misses_before: int) -> int | None:
    """Return how much provisional time a miss voids at most, None for all of it; `misses_before` are those of the same day."""
    return None if misses_before else policy.check_void_ms


def needs_review(misses: int, checks: int, policy: TimePolicy) -> bool:
    """Say whether the head teacher should look at a learner's day."""
    return misses >= policy.review_misses and misses * 100 > checks * policy.review_missed_percent


@dataclass(frozen=True, slots=True)
class Cleared:
    """A check that was settled while its session goes on: when, what the next one was drawn to, what is provisional after it, and the same of face checks."""

    at_ms: int
    until_check_ms: int | None
    provisional_ms: int
    until_face_ms: int | None = None
