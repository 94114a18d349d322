"""How far learners have come. Clause T5."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiangxue.courseware.queries import lessons_of
from jiangxue.learning.models import Lease, LessonProgress
from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.rules.time_policy import TimePolicy


def reached_in(enrolment_id: int, lesson_id: int) -> int:
    """Return how far one learner has come in one lesson, as far as it is sealed."""
    row = LessonProgress.objects.filter(enrolment_id=enrolment_id, lesson_id=lesson_id).first()
    return row.reached_ms if row else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one lesson was learned, and how much of that is confirmed; milliseconds."""

    reached_ms: int = 0
    confirmed_ms: int = 0

    def is_complete(self, length_ms: int, policy: TimePolicy) -> bool:
        """Say whether the lesson is played through and nothing of it awaits confirmation."""
        return self.confirmed_ms >= self.reached_ms and is_complete(self.reached_ms, length_ms, policy)


def progress_by_lesson(enrolment_ids: Sequence[int]) -> dict[tuple[int, int], Progress]:
    """Return `{(enrolment, lesson): progress}` for places in classes, the running sessions included."""
    rows = LessonProgress.objects.filter(enrolment_id__in=enrolment_ids)
    found = {(row.enrolment_id, row.lesson_id): Progress(row.reached_ms, row.confirmed_ms) for row in rows}
    for lease in Lease.objects.filter(session__enrolment_id__in=enrolment_ids).select_related("session"):
        if lease.session is not None:
            place = lease.session.enrolment_id, lease.session.lesson_id
            found[place] = Progress(lease.reached_ms, found.get(place, Progress()).confirmed_ms)
    return found


def complete_by_place(enrolment_ids: Sequence[int], course_id: int, policy: TimePolicy) -> tuple[int, dict[int, int]]:
    """Return how many lessons a course has, and how many of them each place has completed."""
    lengths = {lesson.pk: lesson.media.extent.length_under(policy) for lesson in lessons_of([course_id])}
    done = dict.fromkeys(enrolment_ids, 0)
    for (enrolment_id, lesson_id), progress in progress_by_lesson(enrolment_ids).items():
        done[enrolment_id] += progress.is_complete(lengths[lesson_id], policy)
    return len(lengths), done
