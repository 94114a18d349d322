"""How far learners have come. Clause T5."""

from collections.abc import Sequence

from jiangxue.courseware.queries import lessons_of
from jiangxue.learning.models import Lease, LessonProgress
from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.rules.time_policy import TimePolicy


def reached_in(enrolment_id: int, lesson_id: int) -> int:
    """Return how far one learner has come in one lesson, as far as it is sealed."""
    row = LessonProgress.objects.filter(enrolment_id=enrolment_id, lesson_id=lesson_id).first()
    return row.reached_ms if row else 0


def reached_by_lesson(enrolment_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return `{(enrolment, lesson): reached ms}` for places in classes, the running sessions included."""
    rows = LessonProgress.objects.filter(enrolment_id__in=enrolment_ids)
    reached = {(row.enrolment_id, row.lesson_id): row.reached_ms for row in rows}
    for lease in Lease.objects.filter(session__enrolment_id__in=enrolment_ids).select_related("session"):
        if lease.session is not None:
            reached[lease.session.enrolment_id, lease.session.lesson_id] = lease.reached_ms
    return reached


def complete_by_place(enrolment_ids: Sequence[int], course_id: int, policy: TimePolicy) -> tuple[int, dict[int, int]]:
    """Return how many lessons a course has, and how many of them each place has played through."""
    lengths = {lesson.pk: lesson.length_ms for lesson in lessons_of([course_id])}
    done = dict.fromkeys(enrolment_ids, 0)
    for (enrolment_id, lesson_id), reached_ms in reached_by_lesson(enrolment_ids).items():
        done[enrolment_id] += is_complete(reached_ms, lengths[lesson_id], policy)
    return len(lengths), done
