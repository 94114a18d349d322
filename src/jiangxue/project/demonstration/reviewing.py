"""Hands courses in and reviews them, by the services that real reviewers use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.models import Course, CourseVersion, VersionLesson
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.screened import place_of
from jiangxue.courseware.services.screening_versions import screen_version
from jiangxue.courseware.services.submitting import submit
from jiangxue.project.demonstration.acting import editor, reviewer
from jiangxue.review.queries.cases import next_step
from jiangxue.review.rules.opinions import Answer, Opinion, Point, Verdict
from jiangxue.review.services.marking import HitJudgement, MarkDraft, judge_hit, note_look, put_mark
from jiangxue.review.services.signing import LookedAt, sign_review
from jiangxue.screening.queries import hits_at

_SCREENED_AFTER = timedelta(minutes=1)
_SIGNED_AFTER = timedelta(minutes=40)
_HARMLESS = "已看上下文，是讲解或者提醒，不是宣传，也不教人这样做。"


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of a lesson, known by its title."""

    lesson_title: str
    page: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reviewer asks for: in a comment, in a point of the review, and at pages."""

    comment: str
    point: Point
    marks: Mapping[Spot, str]


def hand_in(course: Course, *, now: datetime) -> CourseVersion:
    """Let the editor hand a course in, and let its words be looked through."""
    version = submit(viewer=editor(), course_id=course.pk, by=PROGRAM, now=now)
    screen_version(version.pk, now=now + _SCREENED_AFTER)
    return version


def pass_review(version: CourseVersion, login_name: str, comment: str, *, now: datetime) -> None:
    """Let somebody look at a version from a time on, judge every word that was found harmless, and sign that it passes."""
    for hit in hits_at(place_of(version.pk)).filter(decision=""):
        judgement = HitJudgement(hit.pk, is_harmless=True, note=_HARMLESS)
        judge_hit(viewer=reviewer(login_name), version_id=version.pk, judgement=judgement, by=PROGRAM, now=now)
    _sign(version, login_name, Opinion(Verdict.PASS, _answers(version), comment), now)


def ask_for_changes(version: CourseVersion, login_name: str, wish: Wish, *, now: datetime) -> None:
    """Let somebody mark pages of a version and sign that it is to be changed."""
    lessons = dict(VersionLesson.objects.filter(version=version).values_list("title", "lesson_id"))
    for spot, text in wish.marks.items():
        draft = MarkDraft(lessons[spot.lesson_title], spot.page, text)
        put_mark(viewer=reviewer(login_name), version_id=version.pk, draft=draft, now=now)
    answers = {**_answers(version), wish.point: Answer.TO_MEND}
    _sign(version, login_name, Opinion(Verdict.CHANGES, answers, wish.comment), now)


def _answers(version: CourseVersion) -> dict[Point, Answer]:
    """Return that nothing is wrong; nobody under age is taught, and documents have no captions."""
    has_films = any(lesson.kind is not LessonKind.DOCUMENT for lesson in version.whole.lessons)
    captions = Answer.FINE if has_films else Answer.NOT_CONCERNED
    return {**dict.fromkeys(Point, Answer.FINE), Point.MINORS: Answer.NOT_CONCERNED, Point.CAPTIONS: captions}


def _sign(version: CourseVersion, login_name: str, opinion: Opinion, now: datetime) -> None:
    for taught in version.lessons.all():
        note_look(viewer=reviewer(login_name), version_id=version.pk, lesson_id=taught.lesson_id, now=now)
    looked_at = LookedAt(version.pk, version.sha256, next_step(version))
    sign_review(viewer=reviewer(login_name), looked_at=looked_at, opinion=opinion, by=PROGRAM, now=now + _SIGNED_AFTER)
