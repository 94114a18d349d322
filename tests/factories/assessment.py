"""Lessons that have a test, lessons that are played, and attempts as they happen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from jiangxue.assessment.models import Attempt
from jiangxue.assessment.rules.attempts import OPEN_FOR
from jiangxue.assessment.services import begin_attempt, submit_attempt
from jiangxue.courseware.models import CourseQuestion
from jiangxue.courseware.rules.content import Purpose
from jiangxue.enrolment.models import Enrolment
from jiangxue.kernel.clock import Clock
from jiangxue.kernel.ids import new_id
from jiangxue.learning.models import LessonProgress
from tests.factories.classes import Classroom, teach_anew
from tests.factories.people import looking
from tests.factories.questions import question

TEXTS = ("先做什么？", "后做什么？", "谁来监护？", "怎样验电？")


def with_test(
    room: Classroom, now: datetime, *, lesson: int = 0, texts: tuple[str, ...] = TEXTS
) -> list[CourseQuestion]:
    """Let a lesson of the room's class have a test of these questions; the third option of each is right."""
    author = room.head_teacher
    added = [question(room.lessons[lesson], author, now, text, purpose=Purpose.TEST) for text in texts]
    teach_anew(room.training_class, now)
    return added


def played(
    room: Classroom, now: datetime, *, lesson: int = 0, confirmed: bool = True, place: Enrolment | None = None
) -> None:
    """Let the room's learner, or another one of its class, have learned a lesson to its end."""
    length_ms = room.lessons[lesson].media.length_ms
    LessonProgress.objects.create(
        enrolment=place or room.enrolment,
        lesson=room.lessons[lesson],
        reached_ms=length_ms,
        confirmed_ms=length_ms if confirmed else 0,
        updated_at=now,
    )


def begun(room: Classroom, clock: Clock, *, lesson: int = 0) -> Attempt:
    """Let the room's learner begin an attempt; options stay in their own order."""
    with looking(room.viewer):
        return begin_attempt(
            viewer=room.viewer,
            class_id=room.training_class.pk,
            lesson_id=room.lessons[lesson].pk,
            clock=clock,
            chance=lambda: 0.5,
        )


def choices(attempt: Attempt, right: int) -> dict[int, int]:
    """Return a choice for every question, the first `right` of them right."""
    return {place: item.order.index(2 if place < right else 0) for place, item in enumerate(attempt.items)}


def submitted(room: Classroom, attempt: Attempt, clock: Clock, right: int) -> Attempt:
    """Submit an attempt with so many right answers."""
    return said(room, attempt.pk, clock, choices(attempt, right))


def said(room: Classroom, attempt_id: UUID, clock: Clock, chosen: Mapping[int, int]) -> Attempt:
    """Submit choices."""
    with looking(room.viewer):
        return submit_attempt(viewer=room.viewer, attempt_id=attempt_id, choices=chosen, clock=clock)


def row(room: Classroom, now: datetime, **facts: object) -> Attempt:
    """Add a row of an open attempt, for tests of what the database itself keeps; `facts` replace fields."""
    values: dict[str, object] = {
        "id": new_id(),
        "enrolment": room.enrolment,
        "lesson": room.lesson,
        "version": room.training_class.version,
        "begun_at": now,
        "expires_at": now + OPEN_FOR,
        "pass_percent": 60,
        "attempts_a_day": 3,
        "policy_versions": [1],
        "questions": [],
    }
    return Attempt.objects.create(**{**values, **facts})


def marked_row(room: Classroom, now: datetime, score: int, **facts: object) -> Attempt:
    """Add a row of an attempt that was marked."""
    values = {"outcome": "submitted", "ended_at": now + timedelta(minutes=5), "right_answers": 1, "score": score}
    return row(room, now, **{**values, "passed": score >= 60, **facts})
