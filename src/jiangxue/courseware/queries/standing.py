"""Where courses stand. Clauses T1.4, M6."""

from collections.abc import Collection
from datetime import date

from jiangxue.courseware.models import CourseVersion
from jiangxue.courseware.queries import courses
from jiangxue.courseware.queries.contents import contents_of
from jiangxue.courseware.rules.standing import HandedIn, Standing, standing_of
from jiangxue.courseware.rules.versions import State
from jiangxue.kernel.viewer import Viewer


def standings(viewer: Viewer, course_ids: Collection[int], today: date) -> dict[int, Standing]:
    """Return where each of these courses stands; those that the viewer may not see are left out."""
    reached = list(courses(viewer).filter(pk__in=course_ids).values_list("pk", flat=True))
    of_course: dict[int, list[CourseVersion]] = {pk: [] for pk in reached}
    for version in CourseVersion.objects.filter(course_id__in=reached).defer("content"):
        of_course[version.course_id].append(version)
    changed = _changed({pk: found for pk, versions in of_course.items() if (found := _published_of(versions))})
    return {
        pk: standing_of([_handed_in(each) for each in versions], is_changed=pk in changed, today=today)
        for pk, versions in of_course.items()
    }


def _changed(published: dict[int, CourseVersion]) -> set[int]:
    """Return the courses that are not as they are published."""
    contents = contents_of(published)
    return {pk for pk, version in published.items() if contents[pk].sha256 != version.sha256}


def _published_of(versions: list[CourseVersion]) -> CourseVersion | None:
    return next((each for each in versions if each.state == State.PUBLISHED), None)


def _handed_in(version: CourseVersion) -> HandedIn:
    is_down = version.taken_down_at is not None
    return HandedIn(version.pk, version.serial, State(version.state), is_down, version.review_due_on)
