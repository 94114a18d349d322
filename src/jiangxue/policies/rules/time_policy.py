"""The parameters by which learning time is credited (docs/rules/effective-time.md)."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

MINUTE_MS = 60_000
HOUR_UNIT_MS = 45 * MINUTE_MS
DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class TimePolicy:
    """One set of time parameters; all durations in milliseconds, times of day (Asia/Shanghai) in minutes since midnight. Clauses T2.1–T2.6.

    A check is due after `check_least_ms` and an exponential rest, `check_mean_ms` on average and never later than `check_most_ms` of
    counted time; it waits `check_answer_ms` from being shown and `check_expiry_ms` from being asked, whichever ends first. A page of a
    document counts `page_ms`; after `idle_ask_ms` without a touch its reader is asked whether they are still there. A lesson's test is
    passed from `test_pass_percent` of its questions on, and may be begun `test_attempts_a_day` times on a learning day.

    Faces are checked where `face_checks` is 1 (a switch, as are `face_first_of_day`, `face_lesson_start`, `face_lesson_end`,
    `face_device_change` and `face_camera_labels`): after `face_least_ms` and an exponential rest of counted time, and after a break longer than
    `face_break_ms` if the last one lies longer ago than `face_least_ms`. One attempt takes `face_answer_ms`, all of them together `face_expiry_ms`.
    Similarity is a cosine in thousandths: the same person from `face_pass_permille` on, unclear from `face_unclear_permille` on, where that is lower.

    No time depends on `class_approval` and `class_licence`, switches: whether the supervisor of the region approves a class before it is opened,
    and whether an institution without a licence in force opens none; nor on `outside_checker`, which says whether the second person of a settlement
    and of an appeal belongs to the authority (subsidised classes).
    In a case (docs/rules/cases.md) both sides explain within `case_answer_days` working days, it is decided within `case_days`, and hours stay
    frozen without a decision for `case_freeze_days` at most.
    """

    beat_ms: int = 30_000
    beat_jitter_percent: int = 20
    min_beat_ms: int = 2_000
    event_beats: int = 5
    event_window_ms: int = 10_000
    max_gap_ms: int = 60_000
    max_carry_ms: int = 10_000
    jump_ms: int = 5_000
    day_cap_ms: int = 8 * HOUR_UNIT_MS
    class_day_cap_ms: int = 8 * HOUR_UNIT_MS
    hours_from_min: int = 0
    hours_until_min: int = DAY_MIN
    dead_after_ms: int = 10_000
    silent_close_ms: int = 180_000
    paused_close_ms: int = 10 * MINUTE_MS
    jumps_to_close: int = 5
    jumps_window_ms: int = 10 * MINUTE_MS
    complete_permille: int = 990
    check_least_ms: int = 0
    check_mean_ms: int = 15 * MINUTE_MS
    check_most_ms: int = 25 * MINUTE_MS
    check_answer_ms: int = 60_000
    check_expiry_ms: int = 180_000
    check_attempts: int = 2
    check_void_ms: int = 7 * MINUTE_MS
    check_confirm_weight: int = 2
    check_simple_weight: int = 1
    check_course_weight: int = 1
    review_misses: int = 3
    review_missed_percent: int = 20
    page_ms: int = 20_000
    idle_ask_ms: int = 5 * MINUTE_MS
    test_pass_percent: int = 60
    test_attempts_a_day: int = 3
    face_checks: int = 0
    face_least_ms: int = 8 * MINUTE_MS
    face_mean_ms: int = 15 * MINUTE_MS
    face_most_ms: int = 30 * MINUTE_MS
    face_first_of_day: int = 1
    face_lesson_start: int = 0
    face_lesson_end: int = 0
    face_device_change: int = 1
    face_break_ms: int = 3 * MINUTE_MS
    face_long_percent: int = 15
    face_attempts: int = 3
    face_answer_ms: int = 60_000
    face_expiry_ms: int = 5 * MINUTE_MS
    face_pass_permille: int = 400
    face_unclear_permille: int = 340
    face_camera_labels: int = 1
    face_unavailable_most: int = 2
    class_approval: int = 1
    class_licence: int = 1
    outside_checker: int = 0
    case_answer_days: int = 5
    case_days: int = 15
    case_freeze_days: int = 30

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} must lie between {low} and {high}, not {value}")
        if not self.check_least_ms <= self.check_mean_ms <= self.check_most_ms:
            raise ValueError("check_least_ms, check_mean_ms and check_most_ms must ascend")
        if self.check_expiry_ms < self.check_answer_ms:
            raise ValueError("check_expiry_ms must not be below check_answer_ms")
        if not self.face_least_ms <= self.face_mean_ms <= self.face_most_ms:
            raise ValueError("face_least_ms, face_mean_ms and face_most_ms must ascend")
        if self.face_expiry_ms < self.face_answer_ms:
            raise ValueError("face_expiry_ms must not be below face_answer_ms")

    @classmethod
    def from_values(cls, values: Mapping[str, int]) -> "TimePolicy":
        """Build a policy from stored values; a name that is no field is refused with `ValueError`."""
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown time parameters: {', '.join(sorted(unknown))}")
        return cls(**values)

    @property
    def check_expected_ms(self) -> int:
        """Return how far apart checks are on average: the exponential rest is cut at the longest time."""
        mean_ms = self.check_mean_ms - self.check_least_ms
        if not mean_ms:
            return self.check_least_ms
        return self.check_least_ms + int(mean_ms * -math.expm1((self.check_least_ms - self.check_most_ms) / mean_ms))

    @property
    def has_hours(self) -> bool:
        """Say whether time counts at any hour; those of two scopes may leave none between them."""
        return self.hours_from_min < self.hours_until_min

    def to_values(self) -> dict[str, int]:
        """Return every parameter by name, complete, so that a record can be judged again without the defaults of a later day."""
        return asdict(self)


RANGES: dict[str, tuple[int, int]] = {
    "beat_ms": (2_000, 45_000),
    "beat_jitter_percent": (0, 20),
    "min_beat_ms": (500, 10_000),
    "event_beats": (1, 20),
    "event_window_ms": (1_000, MINUTE_MS),
    "max_gap_ms": (10_000, MINUTE_MS),
    "max_carry_ms": (0, 10_000),
    "jump_ms": (1_000, 10_000),
    "day_cap_ms": (MINUTE_MS, 24 * 60 * MINUTE_MS),
    "class_day_cap_ms": (MINUTE_MS, 24 * 60 * MINUTE_MS),
    "hours_from_min": (0, DAY_MIN - 1),
    "hours_until_min": (1, DAY_MIN),
    "dead_after_ms": (2_000, MINUTE_MS),
    "silent_close_ms": (MINUTE_MS, 10 * MINUTE_MS),
    "paused_close_ms": (MINUTE_MS, 60 * MINUTE_MS),
    "jumps_to_close": (2, 100),
    "jumps_window_ms": (MINUTE_MS, 60 * MINUTE_MS),
    "complete_permille": (900, 1_000),
    "check_least_ms": (0, 60 * MINUTE_MS),
    "check_mean_ms": (MINUTE_MS, 60 * MINUTE_MS),
    "check_most_ms": (MINUTE_MS, 120 * MINUTE_MS),
    "check_answer_ms": (15_000, 10 * MINUTE_MS),
    "check_expiry_ms": (30_000, 15 * MINUTE_MS),
    "check_attempts": (1, 10),
    "check_void_ms": (0, 60 * MINUTE_MS),
    "check_confirm_weight": (1, 100),
    "check_simple_weight": (0, 100),
    "check_course_weight": (0, 100),
    "review_misses": (1, 100),
    "review_missed_percent": (0, 100),
    "page_ms": (5_000, 10 * MINUTE_MS),
    "idle_ask_ms": (MINUTE_MS, 30 * MINUTE_MS),
    "test_pass_percent": (1, 100),
    "test_attempts_a_day": (1, 20),
    "face_checks": (0, 1),
    "face_least_ms": (0, 60 * MINUTE_MS),
    "face_mean_ms": (MINUTE_MS, 60 * MINUTE_MS),
    "face_most_ms": (MINUTE_MS, 120 * MINUTE_MS),
    "face_first_of_day": (0, 1),
    "face_lesson_start": (0, 1),
    "face_lesson_end": (0, 1),
    "face_device_change": (0, 1),
    "face_break_ms": (MINUTE_MS, 120 * MINUTE_MS),
    "face_long_percent": (0, 100),
    "face_attempts": (1, 5),
    "face_answer_ms": (30_000, 5 * MINUTE_MS),
    "face_expiry_ms": (60_000, 20 * MINUTE_MS),
    "face_pass_permille": (350, 600),
    "face_unclear_permille": (250, 600),
    "face_camera_labels": (0, 1),
    "face_unavailable_most": (1, 10),
    "class_approval": (0, 1),
    "class_licence": (0, 1),
    "outside_checker": (0, 1),
    "case_answer_days": (1, 30),
    "case_days": (3, 60),
    "case_freeze_days": (3, 120),
}
"""Lowest and highest value that any scope may set for each parameter."""
