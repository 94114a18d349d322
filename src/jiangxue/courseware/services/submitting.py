"""Handing a course in for review, and taking it back. Clauses T1.4, M6."""

from datetime import date, datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NothingChanged, NotInReview, UnfitCourse
from jiangxue.courseware.models import Course, CourseVersion
from jiangxue.courseware.queries.conformity import findings_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.versions import State, is_review_near
from jiangxue.courseware.services.asking import ask_for_screening
from jiangxue.courseware.services.editing import contributed, editable
from jiangxue.courseware.services.telling import tell_of_submission
from jiangxue.courseware.services.versions import end_review, freeze
from jiangxue.kernel.clock import learning_day
from jiangxue.kernel.viewer import Viewer


@transaction.atomic
def submit(*, viewer: Viewer, course_id: int, by: Actor, now: datetime) -> CourseVersion:
    """Freeze a course as it stands and let it be reviewed, or raise `OutOfReach`, `UnderReview`, `UnfitCourse` or `NothingChanged`."""
    course = editable(viewer, course_id, now)
    content = content_of(course)
    if not is_fit_for_review(findings_of(course, content, learning_day(now))):
        raise UnfitCourse
    if not may_be_handed_in(course, content, learning_day(now)):
        raise NothingChanged
    version = freeze(course_id=course.pk, author_id=viewer.account_id, now=now)
    ask_for_screening(version.pk)
    audit.record("course.submitted", by=by, at=now, about=("course_version", version.pk))
    tell_of_submission(version, now)
    return version


@transaction.atomic
def withdraw(*, viewer: Viewer, course_id: int, by: Actor, now: datetime) -> CourseVersion:
    """Take a course back from review, so that it can be changed; `NotInReview` where it is in none."""
    course = contributed(viewer, course_id, now)
    version = course.versions.filter(state=State.IN_REVIEW).first()
    if version is None:
        raise NotInReview
    end_review(version_id=version.pk, state=State.WITHDRAWN, now=now)
    audit.record("course.withdrawn", by=by, at=now, about=("course_version", version.pk))
    return version


def may_be_handed_in(course: Course, content: CourseContent, today: date) -> bool:
    """Say whether a review makes sense: something has changed since the published version, it is due again, or it was taken down."""
    published = course.versions.filter(state=State.PUBLISHED).first()
    if published is None or published.sha256 != content.sha256:
        return True
    return published.taken_down_at is not None or is_review_near(published.review_due_on or today, today)
