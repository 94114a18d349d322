"""What can be wrong with an application to open a class: which flaw, where it is mended, and whether it stops the opening. docs/rules/openings.md."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of an application, as its pages have them."""

    CLASS = "class"
    PLAN = "plan"
    EXAMS = "exams"
    ROSTER = "roster"


class Flaw(StrEnum):
    """One thing that is wrong."""

    NO_VERSION = "no_version"
    BEGINS_IN_THE_PAST = "begins_in_the_past"
    DAYS_TOO_FEW = "days_too_few"
    HEAD_NOT_MEMBER = "head_not_member"
    TEACHER_NOT_MEMBER = "teacher_not_member"
    NO_LICENCE = "no_licence"
    NO_PAPER = "no_paper"
    PAPER_ENDS_EARLY = "paper_ends_early"
    NO_RESOURCES = "no_resources"
    NO_HOURS_OF_DAY = "no_hours_of_day"
    HOURS_OF_DAY_LOCKED = "hours_of_day_locked"
    ONLINE_SHORT = "online_short"
    LIVE_DIFFERS = "live_differs"
    PRACTICE_DIFFERS = "practice_differs"
    NO_PRACTICE = "no_practice"
    MEETING_WITHOUT_TIME = "meeting_without_time"
    MEETING_WITHOUT_TEACHER = "meeting_without_teacher"
    MEETING_WITHOUT_PLACE = "meeting_without_place"
    MEETING_BACKWARDS = "meeting_backwards"
    MEETING_TOO_SHORT = "meeting_too_short"
    MEETING_OUTSIDE = "meeting_outside"
    MEETINGS_OVERLAP = "meetings_overlap"
    TEACHER_ELSEWHERE = "teacher_elsewhere"
    NO_EXAMS = "no_exams"
    EXAM_WITHOUT_EXAMINER = "exam_without_examiner"
    EXAM_WITHOUT_DAY = "exam_without_day"
    EXAM_WITHOUT_MARK = "exam_without_mark"
    EXAM_BEFORE_CLASS = "exam_before_class"
    WEIGHTS_DIFFER = "weights_differ"
    ROSTER_EMPTY = "roster_empty"
    TOO_YOUNG = "too_young"
    OVER_AGE = "over_age"
    PERSON_TWICE = "person_twice"
    PHONE_TWICE = "phone_twice"
    OTHER_NAME = "other_name"
    NOT_POSSIBLE = "not_possible"
    NO_PHONE = "no_phone"
    PHONE_TAKEN = "phone_taken"
    LEARNS_ELSEWHERE = "learns_elsewhere"
    LEARNER_BUSY = "learner_busy"


HINTS = frozenset(
    {
        *(Flaw.DAYS_TOO_FEW, Flaw.ONLINE_SHORT, Flaw.HOURS_OF_DAY_LOCKED, Flaw.NO_PAPER, Flaw.PAPER_ENDS_EARLY),
        *(Flaw.OVER_AGE, Flaw.LEARNER_BUSY, Flaw.PHONE_TWICE),
    }
)
"""What is shown and stops nothing; everything else keeps an application from being handed in and a class from being opened."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in which part, in it at which row (from 0) or with which entry of the roster.

    `wanted` and `actual` are its figures in the unit that docs/rules/openings.md gives for it, `named` whom or what it is about; `is_advice` where a rule lets
    something pass that stops an opening elsewhere.
    """

    what: Flaw
    part: Part
    row: int | None = None
    entry: int | None = None
    wanted: int = 0
    actual: int = 0
    named: str = ""
    is_advice: bool = False

    @property
    def is_blocking(self) -> bool:
        """Say whether nothing can be handed in or opened with it."""
        return self.what not in HINTS and not self.is_advice
