"""Learners who have finished their course, what they think of it, and who decides about their comments."""

from collections.abc import Mapping
from datetime import datetime

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseLecturer
from jiangxue.courseware.queries.teaching import taught_in
from jiangxue.enrolment.models import Enrolment, TrainingClass
from jiangxue.enrolment.services import enrol
from jiangxue.kernel.viewer import Role
from jiangxue.learning.models import LessonProgress
from jiangxue.rating.models import CourseRating
from jiangxue.rating.rules.drafts import RatingDraft
from jiangxue.rating.services.giving import rate
from tests.factories import people
from tests.factories.classes import classroom
from tests.factories.people import looking


def finished(place: Enrolment, now: datetime, *, confirmed: bool = True) -> Enrolment:
    """Let a learner have played through every lesson of their class."""
    for taught in taught_in([place.training_class.version_id]):
        reached_ms = taught.lesson.media.length_ms
        values = {"reached_ms": reached_ms, "confirmed_ms": reached_ms if confirmed else 0, "updated_at": now}
        LessonProgress.objects.update_or_create(enrolment=place, lesson=taught.lesson, defaults=values)
    return place


def another(of: TrainingClass, now: datetime, name: str = "李小明") -> Enrolment:
    """Put another learner into a class, who has finished it."""
    learner = people.account(now=now, name=name)
    return finished(enrol(class_id=of.pk, learner_id=learner.pk, now=now), now)


def rated(
    place: Enrolment, now: datetime, stars: int = 5, comment: str = "", lecturers: Mapping[int, int] | None = None
) -> CourseRating:
    """Let a learner who has finished rate, or change what they gave."""
    with looking(people.viewer(place.learner)):
        return rate(
            viewer=people.viewer(place.learner),
            class_id=place.training_class_id,
            draft=RatingDraft(stars, comment, lecturers or {}),
            by=PROGRAM,
            now=now,
        )


def changed_rating(now: datetime) -> CourseRating:
    """Let a learner give a rating and change it."""
    place = finished(classroom(now).enrolment, now)
    rated(place, now, 5)
    return rated(place, now, 4)


def lecturer(of: Course, name: str = "王建国", position: int = 1) -> CourseLecturer:
    """Add a teacher to a course as its editors have it; a version frozen later names them."""
    return CourseLecturer.objects.create(course=of, position=position, name=name, qualification="高级技师")


def moderator(now: datetime) -> Account:
    """Make a reviewer of the platform."""
    return people.account((Role.REVIEWER, None), now=now, name="黄淑贞")
