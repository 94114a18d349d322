"""A course of real files on its way through the reviews, for browsers."""

from datetime import datetime, timedelta

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.rules.versions import State
from jiangxue.courseware.services.submitting import withdraw
from jiangxue.kernel.clock import MachineClock
from tests.browser.site import Site
from tests.factories import people, words
from tests.factories.courses import Desk, complete, electrician, reviewers_of
from tests.factories.questions import editor

WORDS = {"触电": "测试词", "加微信": "广告"}


def now() -> datetime:
    return MachineClock().now()


def desk_of(site: Site) -> Desk:
    """Return the site's own course with its papers complete; what was in review before is withdrawn."""
    course = Lesson.objects.get(pk=site.lesson_ids[0]).course
    keeper = editor(course.institution, now() - timedelta(days=1))
    if course.versions.filter(state=State.IN_REVIEW).exists():
        withdraw(viewer=people.viewer(keeper), course_id=course.pk, by=PROGRAM, now=now())
    electrician()
    complete(course, people.viewer(keeper), now())
    return Desk(course.institution, Course.objects.get(pk=course.pk), keeper, reviewers_of(course.institution, now()))


def put_words_in_force() -> None:
    """Let there be a list of words that the site's course contains."""
    words.word_list(now(), WORDS | {f"词{now():%H%M%S%f}": "其他"})
