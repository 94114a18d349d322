"""What a course lacks before it can be reviewed, by the rules and the table of occupations of a day. Clauses C2, M7."""

from datetime import date, datetime, time

from jiangxue.courseware.models import Course
from jiangxue.courseware.rules.conformity import conformity
from jiangxue.courseware.rules.content import CourseContent
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.shortcomings import Finding, Limits
from jiangxue.kernel.zone import LEARNING_ZONE
from jiangxue.occupations.queries import occupation_by_code
from jiangxue.occupations.rules.levels import Level
from jiangxue.policies.queries import time_policy_for
from jiangxue.policies.rules.reach import Reach


def findings_of(course: Course, content: CourseContent, today: date) -> tuple[Finding, ...]:
    """Return everything that is wrong with what a course consists of."""
    return conformity(content, Limits(_levels(content), pace_of(course, today)), today)


def pace_of(course: Course, today: date) -> Pace:
    """Return how long a page counts where the course is taught, unless a class has a rule of its own."""
    reach = Reach(course.institution.region_id, course.institution_id)
    midnight = datetime.combine(today, time(), LEARNING_ZONE)
    return Pace(page_ms=time_policy_for(reach, midnight).policy.page_ms)


def _levels(content: CourseContent) -> frozenset[Level]:
    occupation = content.facts.occupation
    found = occupation_by_code(occupation.code) if occupation else None
    return frozenset(Level(level) for level in found.levels) if found else frozenset()
