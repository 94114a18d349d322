"""Enters what the papers of a course say, as its editor does."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, Lesson
from jiangxue.courseware.queries.conformity import pace_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.content import Facts
from jiangxue.courseware.services.facts import change_facts, put_assessment, put_lecturers, put_plan
from jiangxue.courseware.services.outline import LessonWords, change_lesson
from jiangxue.kernel.clock import learning_day
from jiangxue.occupations.queries import occupation_by_code
from jiangxue.project.demonstration.acting import editor
from jiangxue.project.demonstration.courses.shapes import Papers


def enter(course: Course, papers: Papers, *, now: datetime) -> None:
    """Let the course say what its papers are to say."""
    put: dict[str, Any] = {"viewer": editor(), "course_id": course.pk, "by": PROGRAM, "now": now}
    change_facts(facts=_whole(course, papers.facts, now), **put)
    put_plan(items=papers.planned, **put)
    put_assessment(parts=papers.assessment, **put)
    put_lecturers(lecturers=papers.lecturers, **put)
    for lesson in Lesson.objects.filter(module__course=course, draft_title__in=papers.knowledge):
        words = LessonWords(lesson.draft_title, papers.knowledge[lesson.draft_title])
        change_lesson(viewer=editor(), lesson_id=lesson.pk, words=words, by=PROGRAM, now=now)


def _whole(course: Course, facts: Facts, now: datetime) -> Facts:
    """Return the facts with the hours that the lessons cover, and with an occupation only where the table has it."""
    known = facts.occupation and occupation_by_code(facts.occupation.code)
    online = facts.hours.online or _covered(course, now)
    return replace(facts, occupation=facts.occupation if known else None, hours=replace(facts.hours, online=online))


def _covered(course: Course, now: datetime) -> int:
    """Return what the lessons come to, in hundredths of a 学时, rounded down."""
    pace = pace_of(course, learning_day(now))
    return pace.hours(pace.sum_ms(content_of(course).lessons))
