"""What is found in courses of which one thing is known."""

from datetime import date
from typing import Any

from jiangxue.courseware.rules.conformity import conformity
from jiangxue.courseware.rules.content import CourseContent, TaughtModule
from jiangxue.courseware.rules.shortcomings import Finding, Limits
from tests.factories.content import LEVELS, TODAY, complete_content, lesson_of

LIMITS = Limits(LEVELS)


def found(content: CourseContent, limits: Limits = LIMITS, today: date = TODAY) -> list[Finding]:
    return list(conformity(content, limits, today))


def of_lesson(**changes: Any) -> list[Finding]:
    """Return what is found in a course of one long lesson, whose number is 7."""
    return found(complete_content(modules=(TaughtModule("第一章", (lesson_of(7, "长课", 400, **changes),)),)))
