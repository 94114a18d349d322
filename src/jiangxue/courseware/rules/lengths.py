"""How long the lessons of a course are, and what that comes to in 学时. docs/rules/conformity.md; clause C2."""

from collections.abc import Iterable
from dataclasses import dataclass

from jiangxue.courseware.rules.content import HOUR_PARTS, TaughtLesson
from jiangxue.courseware.rules.files import LessonKind

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Pace:
    """How many ms one 学时 has, and one page of a document counts."""

    ms_per_hour_unit: int = 45 * MINUTE_MS
    page_ms: int = 20_000

    def lesson_ms(self, lesson: TaughtLesson) -> int:
        """Return how many ms can be learned of a lesson."""
        return lesson.pages * self.page_ms if lesson.kind is LessonKind.DOCUMENT else lesson.length_ms

    def sum_ms(self, lessons: Iterable[TaughtLesson]) -> int:
        """Return how many ms can be learned of some lessons together."""
        return sum(self.lesson_ms(lesson) for lesson in lessons)

    def declared_ms(self, hours: int) -> int:
        """Return the ms of declared hours, which are hundredths of a 学时; rounded up, so that no part of one is given away."""
        return -(-hours * self.ms_per_hour_unit // HOUR_PARTS)

    def hours(self, length_ms: int) -> int:
        """Return a length in hundredths of a 学时, rounded down; for showing only."""
        return length_ms * HOUR_PARTS // self.ms_per_hour_unit
