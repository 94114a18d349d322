"""How far learners have come. Clause T5."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.courseware.rules.extent import Extent
from jiangxue.learning.models import Lease, LessonProgress
from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.rules.time_policy import TimePolicy


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one lesson was learned, how much of that is confirmed, and at which pace a document was begun; milliseconds."""

    reached_ms: int = 0
    confirmed_ms: int = 0
    page_ms: int = 0

    def paced(self, policy: TimePolicy) -> TimePolicy:
        """Return a rule with the pace at which a document was begun: a changed one holds for documents that nobody has begun."""
        return replace(policy, page_ms=self.page_ms) if self.page_ms else policy

    @property
    def is_confirmed(self) -> bool:
        """Say whether nothing of what was learned awaits confirmation."""
        return self.confirmed_ms >= self.reached_ms

    def is_played(self, extent: Extent, policy: TimePolicy) -> bool:
        """Say whether the lesson is learned to its end."""
        return is_complete(self.reached_ms, extent.length_under(self.paced(policy)), policy)

    def is_complete(self, extent: Extent, policy: TimePolicy) -> bool:
        """Say whether the lesson is learned to its end and nothing of it awaits confirmation."""
        return self.is_confirmed and self.is_played(extent, policy)


def progress_in(enrolment_id: int, lesson_id: int) -> Progress:
    """Return how far one learner has come in one lesson, as far as it is sealed."""
    row = LessonProgress.objects.filter(enrolment_id=enrolment_id, lesson_id=lesson_id).first()
    return Progress(row.reached_ms, row.confirmed_ms, row.page_ms) if row else Progress()


def progress_by_lesson(enrolment_ids: Sequence[int]) -> dict[tuple[int, int], Progress]:
    """Return `{(enrolment, lesson): progress}` for places in classes, the running sessions included."""
    rows = LessonProgress.objects.filter(enrolment_id__in=enrolment_ids)
    found = {(row.enrolment_id, row.lesson_id): Progress(row.reached_ms, row.confirmed_ms, row.page_ms) for row in rows}
    for lease in Lease.objects.filter(session__enrolment_id__in=enrolment_ids).select_related("session"):
        if lease.session is not None:
            place = lease.session.enrolment_id, lease.session.lesson_id
            found[place] = Progress(lease.reached_ms, found.get(place, Progress()).confirmed_ms, lease.page_ms)
    return found


def complete_by_place(enrolment_ids: Sequence[int], version_id: int, policy: TimePolicy) -> tuple[int, dict[int, int]]:
    """Return how many lessons a class's version has, and how many of them each place has completed."""
    extents = {taught.lesson_id: taught.lesson.media.extent for taught in taught_in([version_id])}
    done = dict.fromkeys(enrolment_ids, 0)
    for (enrolment_id, lesson_id), progress in progress_by_lesson(enrolment_ids).items():
        if lesson_id in extents:  # else it belongs to a version that the class has left
            done[enrolment_id] += progress.is_complete(extents[lesson_id], policy)
    return len(extents), done
