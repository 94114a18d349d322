"""What a lesson needs before its hours are recognised (认定). docs/rules/lesson-tests.md."""

from enum import StrEnum

from jiangxue.assessment.rules.attempts import LessonTest


class Missing(StrEnum):
    """What a lesson lacks."""

    PLAYED = "played"
    CONFIRMED = "confirmed"
    TEST = "test"


def missing_of(test: LessonTest, *, is_played: bool, is_confirmed: bool) -> tuple[Missing, ...]:
    """Return what a lesson lacks, in the order in which a learner comes to it; nothing when it is recognised."""
    lacks = {
        Missing.PLAYED: not is_played,
        Missing.CONFIRMED: not is_confirmed,
        Missing.TEST: test.is_owed,
    }
    return tuple(missing for missing, is_lacking in lacks.items() if is_lacking)
