"""When a face is checked (人脸抽检): at the beginning of a session, after counted time, at the end of a lesson. One rule for all. Clauses T3.1, T3.2.

What a check of the face is besides stands in `checks`; whose face it is, in the package facecheck.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.learning.rules.checks import CheckOutcome
from jiangxue.policies.rules.time_policy import TimePolicy


class Trigger(StrEnum):
    """Why a face is due."""

    RANDOM = "random"
    FIRST_OF_DAY = "first_of_day"
    UNPASSED = "unpassed"
    DEVICE = "device"
    BREAK = "break"
    LESSON_START = "lesson_start"
    LESSON_END = "lesson_end"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class LastFace:
    """The last check that was due as one of the face: when it was settled, how, on which device, and whether a pass of it is one by the rules of this class."""

    settled_at_ms: int
    outcome: CheckOutcome
    device: str
    counts_here: bool = True


@dataclass(frozen=True, slots=True)
class Before:
    """What lies before an opening: the last face check, when one that counts here was passed last, when the last session ended, and whether that was of this lesson; ms since 1970."""

    last: LastFace | None = None
    passed_at_ms: int | None = None
    ended_at_ms: int | None = None
    is_same_lesson: bool = False


_KNOWN = frozenset({CheckOutcome.PASSED, CheckOutcome.WITHDRAWN})
"""After these a session may begin without a face: whoever was asked was there, or could not answer through our fault."""


def drawn_face_ms(policy: TimePolicy, chance: float) -> int:
    """Return after how much counted time the next face check is due; `chance` in [0, 1). Beyond the least time the draw has no memory."""
    rest_ms = -math.log1p(-chance) * (policy.face_mean_ms - policy.face_least_ms)
    return max(1, min(policy.face_most_ms, policy.face_least_ms + int(rest_ms)))


def face_draw_of(policy: TimePolicy) -> tuple[int, int, int, int]:
    """Return what face checks are drawn by."""
    return policy.face_checks, policy.face_least_ms, policy.face_mean_ms, policy.face_most_ms


def trigger_at_opening(
    policy: TimePolicy, before: Before, *, device: str, today_ms: int, now_ms: int
) -> Trigger | None:
    """Return why a session begins with a face check, None if it does not; `today_ms` is when the learning day began.

    After a check that was not passed there is one in any case: whoever is not known to be there does not learn on. A break counts only if
    the last check lies longer ago than two may.
    """
    if not policy.face_checks:
        return None
    last, is_first = before.last, before.passed_at_ms is None or before.passed_at_ms < today_ms
    reasons = (
        (Trigger.FIRST_OF_DAY, policy.face_first_of_day and is_first),
        (Trigger.UNPASSED, last is not None and last.outcome not in _KNOWN),
        (Trigger.ELSEWHERE, last is not None and not last.counts_here),
        (Trigger.DEVICE, policy.face_device_change and last is not None and last.device != device),
        (Trigger.LESSON_START, policy.face_lesson_start and not before.is_same_lesson),
        (Trigger.BREAK, _is_break(policy, before, now_ms)),
    )
    return next((trigger for trigger, applies in reasons if applies), None)


def is_as_strict(theirs: TimePolicy, ours: TimePolicy) -> bool:
    """Say whether a face that was passed by their rules would have had to be shown as well by ours."""
    return (
        theirs.face_pass_permille >= ours.face_pass_permille
        and theirs.face_unclear_permille >= ours.face_unclear_permille
        and theirs.face_camera_labels >= ours.face_camera_labels
        and theirs.face_attempts <= ours.face_attempts
    )


def _is_break(policy: TimePolicy, before: Before, now_ms: int) -> bool:
    if before.ended_at_ms is None or now_ms - before.ended_at_ms <= policy.face_break_ms:
        return False
    return before.passed_at_ms is None or now_ms - before.passed_at_ms > policy.face_least_ms


def is_long(policy: TimePolicy, trigger: Trigger, chance: float) -> bool:
    """Say whether a check asks for the whole of liveness: the first of a day, after one that was not passed, and a share of all others by lot."""
    return trigger in {Trigger.FIRST_OF_DAY, Trigger.UNPASSED} or chance * 100 < policy.face_long_percent


def may_be_unavailable(policy: TimePolicy, times: int) -> bool:
    """Say whether a check may once more be put off for want of a camera, after so many that were since one was passed."""
    return times < policy.face_unavailable_most
