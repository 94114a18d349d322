"""What every change of a course begins with. Clauses T1.4, M6."""

from datetime import datetime

from jiangxue.courseware.errors import OutOfReach, UnderReview
from jiangxue.courseware.models import Contributor, Course
from jiangxue.courseware.queries import course_for, may_edit
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer


def editable(viewer: Viewer, course_id: int, now: datetime) -> Course:
    """Return a course, locked until the transaction ends, that its editor may change, or raise `OutOfReach` or `UnderReview`.

    Whoever changes it will not review it. What is being reviewed stays as it is: it is withdrawn first, and reviewed anew.
    """
    course = contributed(viewer, course_id, now)
    if course.versions.filter(state=State.IN_REVIEW).exists():
        raise UnderReview
    return course


def contributed(viewer: Viewer, course_id: int, now: datetime) -> Course:
    """Return a course, locked until the transaction ends, and remember that the viewer has a part in it."""
    if not may_edit(viewer):
        raise OutOfReach
    course = Course.objects.select_for_update().get(pk=course_for(viewer, course_id).pk)
    Contributor.objects.get_or_create(course=course, account_id=viewer.account_id, defaults={"since": now})
    return course
