"""Which lessons of a place are recognised, and what the others lack. docs/rules/lesson-tests.md."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from jiangxue.assessment.queries.lesson_tests import Seat, lesson_tests
from jiangxue.assessment.rules.attempts import LessonTest
from jiangxue.assessment.rules.recognition import Missing, missing_of
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.learning.queries.progress import Progress, progress_by_lesson


@dataclass(frozen=True, slots=True)
class LessonRecognition:
    """One lesson of a place: its test, and what it lacks before its hours are recognised."""

    lesson_id: int
    test: LessonTest
    missing: tuple[Missing, ...]

    @property
    def is_recognised(self) -> bool:
        """Say whether it lacks nothing."""
        return not self.missing


def recognition(seats: Collection[Seat], at: datetime) -> dict[int, list[LessonRecognition]]:
    """Return for each place the lessons of its version, in the order of the outline."""
    tests = lesson_tests(seats, at)
    taught = list(taught_in({seat.version_id for seat in seats}))
    progress = progress_by_lesson([seat.enrolment_id for seat in seats])
    found: dict[int, list[LessonRecognition]] = {}
    for seat in seats:
        found[seat.enrolment_id] = []
        for lesson in (each for each in taught if each.version_id == seat.version_id):
            key = seat.enrolment_id, lesson.lesson_id
            held, test = progress.get(key, Progress()), tests.get(key, LessonTest())
            played = held.is_played(lesson.lesson.media.extent, seat.policy)
            missing = missing_of(test, is_played=played, is_confirmed=held.is_confirmed)
            found[seat.enrolment_id].append(LessonRecognition(lesson.lesson_id, test, missing))
    return found
