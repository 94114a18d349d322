"""Courses that are fit for review, and the people who review them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiangxue.accounts.models import Account
from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseVersion, Lesson
from jiangxue.courseware.queries import lessons_of
from jiangxue.courseware.queries.contents import content_of
from jiangxue.courseware.rules.content import AssessmentPart, Hours, KnowledgePoint, Lecturer, Mode, PlannedItem
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.facts import change_facts, put_assessment, put_lecturers, put_plan
from jiangxue.courseware.services.outline import LessonWords, change_lesson
from jiangxue.courseware.services.screening_versions import screen_version
from jiangxue.courseware.services.submitting import submit
from jiangxue.kernel.viewer import Role, Viewer
from jiangxue.occupations.models import Occupation
from jiangxue.organisations.models import Organisation
from jiangxue.review.models import Review, TakeDown
from jiangxue.review.queries.cases import next_step
from jiangxue.review.rules.opinions import Answer, Opinion, Point, Verdict
from jiangxue.review.services.marking import note_look
from jiangxue.review.services.signing import LookedAt, sign_review
from jiangxue.review.services.taking_down import take_down
from tests.factories import classes, people
from tests.factories.content import complete_facts
from tests.factories.questions import editor

LESSON_MS = 45 * 60_000
FINE = dict.fromkeys(Point, Answer.FINE)
PASS = Opinion(Verdict.PASS, FINE)


@dataclass(frozen=True)
class Desk:
    """A course of an institution, its editor, and three persons who may review it in turn."""

    institution: Organisation
    course: Course
    editor: Account
    reviewers: tuple[Account, Account, Account]

    @property
    def lessons(self) -> list[Lesson]:
        return list(lessons_of([self.course.pk]))


def electrician() -> Occupation:
    """Return an occupation that is learned by doing."""
    levels = ["five", "four", "three", "two", "one"]
    values = {"name": "电工", "levels": levels, "is_practical": True}
    found, _ = Occupation.objects.get_or_create(code="6-31-01-03", defaults=values)
    return found


def desk(now: datetime, *, lessons: int = 2) -> Desk:
    """Make a course that is fit for review, by the hand of its editor."""
    electrician()
    of = classes.institution()
    course = classes.course(of, lesson_ms=LESSON_MS, lessons=lessons)
    keeper = editor(of, now)
    complete(course, people.viewer(keeper), now)
    return Desk(Organisation.objects.get(pk=of.pk), Course.objects.get(pk=course.pk), keeper, reviewers_of(of, now))


def reviewers_of(of: Organisation, now: datetime) -> tuple[Account, Account, Account]:
    """Make the institution's reviewer and two of the platform."""
    return (
        people.account((Role.REVIEWER, of.pk), now=now, name="何伟强"),
        people.account((Role.REVIEWER, None), now=now, name="黄淑贞"),
        people.account((Role.REVIEWER, None), now=now, name="郭志明"),
    )


def complete(course: Course, viewer: Viewer, now: datetime) -> None:
    """Enter what the papers need, so that the conformity check finds nothing that stops the review."""
    lessons = list(lessons_of([course.pk]))
    pace = Pace()
    hours = Hours(online=pace.hours(pace.sum_ms(content_of(course).lessons)), practice=200)
    facts = complete_facts(title=course.title, hours=hours, is_imported=False)
    put: dict[str, Any] = {"viewer": viewer, "course_id": course.pk, "by": PROGRAM, "now": now}
    change_facts(facts=facts, **put)
    put_plan(items=[PlannedItem(Mode.PRACTICE, "停电、验电、装设接地线", 200, "三号楼电工实训室", "安装与检修")], **put)
    put_assessment(parts=[AssessmentPart("理论考试", "闭卷", 40), AssessmentPart("实操考核", "现场操作", 60)], **put)
    put_lecturers(lecturers=[Lecturer(0, "王建国", "电工高级技师")], **put)
    for lesson in lessons:
        words = LessonWords(lesson.draft_title, [KnowledgePoint("触电的危害", "安全防护")])
        change_lesson(viewer=viewer, lesson_id=lesson.pk, words=words, by=PROGRAM, now=now)


def submitted(at: Desk, now: datetime, *, screened: bool = True) -> CourseVersion:
    """Hand the course in, and let its words be looked through."""
    version = submit(viewer=people.viewer(at.editor), course_id=at.course.pk, by=PROGRAM, now=now)
    if screened:
        screen_version(version.pk, now=now)
    return CourseVersion.objects.get(pk=version.pk)


def signed(reviewer: Account, version: CourseVersion, now: datetime, opinion: Opinion = PASS) -> Review:
    """Let somebody sign a review of a version as it was shown."""
    for lesson in version.lessons.all():
        note_look(viewer=people.viewer(reviewer), version_id=version.pk, lesson_id=lesson.lesson_id, now=now)
    looked_at = LookedAt(version.pk, version.sha256, next_step(version))
    return sign_review(viewer=people.viewer(reviewer), looked_at=looked_at, opinion=opinion, by=PROGRAM, now=now)


def taken_down(now: datetime) -> TakeDown:
    """Make a course that was reviewed, published and taken down."""
    at = desk(now)
    version_id, viewer = published(at, now).pk, people.viewer(at.reviewers[1])
    return take_down(viewer=viewer, version_id=version_id, reason="画面有误", by=PROGRAM, now=now)


def published(at: Desk, now: datetime) -> CourseVersion:
    """Let the course be handed in and pass all three reviews."""
    version = submitted(at, now)
    for reviewer in at.reviewers:
        signed(reviewer, version, now)
    return CourseVersion.objects.get(pk=version.pk)
