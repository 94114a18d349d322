"""Why time did not count and why a session ended: closed lists, named as in docs/glossary.md."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a stretch of time was refused (未计入)."""

    OTHER_WINDOW = "other_window"
    CLASS_CLOSED = "class_closed"
    OUT_OF_HOURS = "out_of_hours"
    OVER_CAP = "over_cap"
    CHECK_PENDING = "check_pending"
    JUMPED = "jumped"
    TOO_FAST = "too_fast"
    HIDDEN = "hidden"
    PAUSED = "paused"
    SILENT = "silent"
    REPEAT = "repeat"
    PAGE_FULL = "page_full"
    LESSON_FULL = "lesson_full"
    MISSED_CHECK = "missed_check"
    FAILED_CHECK = "failed_check"
    UNCONFIRMED = "unconfirmed"


class EndReason(StrEnum):
    """Why a session ended (签退)."""

    BY_LEARNER = "by_learner"
    FINISHED = "finished"
    SILENT = "silent"
    IDLE = "idle"
    MISSED_CHECK = "missed_check"
    FAILED_FACE = "failed_face"
    MAINTENANCE = "maintenance"
    SUPERSEDED = "superseded"
    REOPENED = "reopened"
    CAP_REACHED = "cap_reached"
    OUT_OF_HOURS = "out_of_hours"
    CLASS_CLOSED = "class_closed"
    REPEATED_REFUSALS = "repeated_refusals"
    TAKEN_DOWN = "taken_down"
    FACE_REMOVED = "face_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105


REFUSAL_AT_END: dict[EndReason, Reason] = {
    EndReason.BY_LEARNER: Reason.PAUSED,
    EndReason.FINISHED: Reason.LESSON_FULL,
    EndReason.SILENT: Reason.SILENT,
    EndReason.IDLE: Reason.PAUSED,
    EndReason.MISSED_CHECK: Reason.CHECK_PENDING,
    EndReason.FAILED_FACE: Reason.CHECK_PENDING,
    EndReason.MAINTENANCE: Reason.CHECK_PENDING,
    EndReason.SUPERSEDED: Reason.OTHER_WINDOW,
    EndReason.REOPENED: Reason.SILENT,
    EndReason.CAP_REACHED: Reason.OVER_CAP,
    EndReason.OUT_OF_HOURS: Reason.OUT_OF_HOURS,
    EndReason.CLASS_CLOSED: Reason.CLASS_CLOSED,
    EndReason.REPEATED_REFUSALS: Reason.JUMPED,
    EndReason.TAKEN_DOWN: Reason.PAUSED,
    EndReason.FACE_REMOVED: Reason.PAUSED,
    EndReason.PASSWORD_CHANGED: Reason.SILENT,
}
"""Why the time between the last judgement and the end of a session does not count, unless a check was open."""

ABOVE_A_CHECK = frozenset({Reason.OTHER_WINDOW, Reason.CLASS_CLOSED, Reason.OUT_OF_HOURS})
"""What time is refused for even while a check is open."""
