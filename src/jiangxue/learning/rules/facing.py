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


@dataclass(frozen=True, slots=True)
class LastFace:
    """The last check that was due as one of the face: when it was settled, how, and on which device."""

    settled_at_ms: int
    outcome: CheckOutcome
    device: str


@dataclass(frozen=True, slots=True)
class Before:
    """What lies before an opening: the last face check, when it was passed last, when the last session ended, and whether that was of this lesson; ms since 1970."""

    last: LastFace | None = None
    passed_at_ms: int | None = None
    ended_at_ms: int | None = None
    is_same_lesson: bool = False


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
    last = before.last
    if policy.face_first_of_day and (before.passed_at_ms is None or before.passed_at_ms < today_ms):
        return Trigger.FIRST_OF_DAY
    if last is not None and last.outcome not in {CheckOutcome.PASSED, CheckOutcome.WITHDRAWN}:
        return Trigger.UNPASSED
    if policy.face_device_change and last is not None and last.device != device:
        return Trigger.DEVICE
    if policy.face_lesson_start and not before.is_same_lesson:
        return Trigger.LESSON_START
    return Trigger.BREAK if _is_break(policy, before, now_ms) else None


def _is_break(policy: TimePolicy, before: Before, now_ms: int) -> bool:
    if before.ended_at_ms is None or now_ms - before.ended_at_ms <= policy.face_break_ms:
        return False
    return before.passed_at_ms is None or now_ms - before.passed_at_ms > policy.face_least_ms


def is_long(policy: TimePolicy, trigger: Trigger, chance: float) -> bool:
    """Say whether a check asks for the whole of liveness: the first of a day, after one that was not passed, and a share of all others by lot."""
    return trigger in {Trigger.FIRST_OF_DAY, Trigger.UNPASSED} or chance * 100 < policy.face_long_percent


def may_be_unavailable(policy: TimePolicy, in_a_row: int) -> bool:
    """Say whether a check may once more be put off for want of a camera, after `in_a_row` that were."""
    return in_a_row < policy.face_unavailable_most
