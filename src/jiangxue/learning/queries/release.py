"""How much of a lesson's film or document a learner may open now. Clause T2.3."""

from datetime import datetime

from jiangxue.courseware.queries.teaching import versions_teaching
from jiangxue.courseware.rules.extent import Extent
from jiangxue.enrolment.queries import own_enrolments, reach_of
from jiangxue.kernel.viewer import Viewer
from jiangxue.learning.errors import LessonNotInClass
from jiangxue.learning.queries.progress import Progress, progress_by_lesson
from jiangxue.learning.rules.release import released
from jiangxue.policies.queries import time_policies_for


def released_of(viewer: Viewer, lesson_id: int, *, extent: Extent, at: datetime) -> int:
    """Return how many stretches or pages, from the beginning, the learner may open: the most of all classes that teach the lesson.

    Raises `LessonNotInClass` where none of the learner's classes teaches it, or may at present.
    """
    places = list(own_enrolments(viewer).filter(training_class__version__in=versions_teaching(lesson_id)))
    if not places:
        raise LessonNotInClass
    reaches = {place.pk: reach_of(place.training_class) for place in places}
    policies = time_policies_for(set(reaches.values()), at)
    progress = progress_by_lesson([place.pk for place in places])
    held = {place: progress.get((place, lesson_id), Progress()) for place in reaches}
    return max(
        released(extent, held[place].reached_ms, held[place].paced(policies[reach])) for place, reach in reaches.items()
    )
