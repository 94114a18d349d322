"""Which way each time parameter is stricter, and which ones only the platform sets. docs/rules/policies.md."""

from enum import Enum


class Stricter(Enum):
    """The direction in which a value counts less time or looks closer; a locked value without one may only stay equal."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


TECHNICAL = frozenset(
    {
        "beat_ms",
        "beat_jitter_percent",
        "min_beat_ms",
        "event_beats",
        "event_window_ms",
        "max_carry_ms",
        "jump_ms",
        "dead_after_ms",
        "case_answer_days",
        "case_days",
        "case_freeze_days",
    }
)
"""How page and server talk, and the days of cases, about which no party may have a say: set for the platform alone, and never locked."""

BEFORE_A_CLASS = frozenset({"class_approval", "class_licence"})
"""What is decided before there is a class: no class sets it."""

OF_THE_AUTHORITY = BEFORE_A_CLASS | {"outside_checker"}
"""What says whether institutions are looked after by somebody else: none of them makes it looser for itself or its classes, locked or not."""

STRICTER: dict[str, Stricter] = {
    "beat_ms": Stricter.LOWER,
    "beat_jitter_percent": Stricter.NEITHER,
    "min_beat_ms": Stricter.NEITHER,
    "event_beats": Stricter.LOWER,
    "event_window_ms": Stricter.NEITHER,
    "max_gap_ms": Stricter.LOWER,
    "max_carry_ms": Stricter.LOWER,
    "jump_ms": Stricter.LOWER,
    "day_cap_ms": Stricter.LOWER,
    "class_day_cap_ms": Stricter.LOWER,
    "hours_from_min": Stricter.HIGHER,
    "hours_until_min": Stricter.LOWER,
    "dead_after_ms": Stricter.NEITHER,
    "silent_close_ms": Stricter.LOWER,
    "paused_close_ms": Stricter.LOWER,
    "jumps_to_close": Stricter.LOWER,
    "jumps_window_ms": Stricter.HIGHER,
    "complete_permille": Stricter.HIGHER,
    "check_least_ms": Stricter.LOWER,
    "check_mean_ms": Stricter.LOWER,
    "check_most_ms": Stricter.LOWER,
    "check_answer_ms": Stricter.LOWER,
    "check_expiry_ms": Stricter.LOWER,
    "check_attempts": Stricter.LOWER,
    "check_void_ms": Stricter.HIGHER,
    "check_confirm_weight": Stricter.NEITHER,
    "check_simple_weight": Stricter.NEITHER,
    "check_course_weight": Stricter.NEITHER,
    "review_misses": Stricter.LOWER,
    "review_missed_percent": Stricter.LOWER,
    "page_ms": Stricter.HIGHER,
    "idle_ask_ms": Stricter.LOWER,
    "test_pass_percent": Stricter.HIGHER,
    "test_attempts_a_day": Stricter.LOWER,
    "face_checks": Stricter.HIGHER,
    "face_least_ms": Stricter.LOWER,
    "face_mean_ms": Stricter.LOWER,
    "face_most_ms": Stricter.LOWER,
    "face_first_of_day": Stricter.HIGHER,
    "face_lesson_start": Stricter.HIGHER,
    "face_lesson_end": Stricter.HIGHER,
    "face_device_change": Stricter.HIGHER,
    "face_break_ms": Stricter.LOWER,
    "face_long_percent": Stricter.HIGHER,
    "face_attempts": Stricter.LOWER,
    "face_answer_ms": Stricter.LOWER,
    "face_expiry_ms": Stricter.LOWER,
    "face_pass_permille": Stricter.HIGHER,
    "face_unclear_permille": Stricter.HIGHER,
    "face_camera_labels": Stricter.HIGHER,
    "face_unavailable_most": Stricter.LOWER,
    "class_approval": Stricter.HIGHER,
    "class_licence": Stricter.HIGHER,
    "outside_checker": Stricter.HIGHER,
    "case_answer_days": Stricter.NEITHER,
    "case_days": Stricter.NEITHER,
    "case_freeze_days": Stricter.NEITHER,
}


def is_looser(name: str, value: int, bound: int) -> bool:
    """Say whether a value is not allowed under a lock at `bound`."""
    match STRICTER[name]:
        case Stricter.LOWER:
            return value > bound
        case Stricter.HIGHER:
            return value < bound
        case Stricter.NEITHER:
            return value != bound
