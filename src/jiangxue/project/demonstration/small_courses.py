"""Makes the small courses, each once and whole or not at all: files that are sent as real ones are, papers, questions."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from jiangxue.audit.services import PROGRAM
from jiangxue.courseware.errors import CoursewareRefusal
from jiangxue.courseware.models import Course, Lesson, Upload
from jiangxue.courseware.rules.files import FileKind
from jiangxue.courseware.services import add_question
from jiangxue.courseware.services.facts import LicenceDraft, begin_course, put_licences
from jiangxue.courseware.services.placing import Placement, place_lesson
from jiangxue.kernel.clock import HandClock, learning_day
from jiangxue.project.demonstration.acting import Days, editor
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.courses.shapes import Permission, SmallCourse
from jiangxue.project.demonstration.documents import build_document
from jiangxue.project.demonstration.documents.texts.blocks import DocumentText
from jiangxue.project.demonstration.documents.texts.permission import permission
from jiangxue.project.demonstration.entering import enter
from jiangxue.project.demonstration.files import send
from jiangxue.project.demonstration.stories import STORIES, Story
from jiangxue.review.errors import ReviewRefusal

type Send = Callable[[Course, DocumentText, FileKind, datetime], Upload]
"""How a document reaches a course, as a file that is ready to be put into its outline."""


def sending_from(place: Path) -> Send:
    """Return the usual way: documents are made in a folder, sent portion by portion and converted here and now."""

    def send_document(course: Course, text: DocumentText, kind: FileKind, now: datetime) -> Upload:
        return send(editor(), course, build_document(text, kind, place, FONTS), HandClock(now))

    return send_document


def seed_small_courses(send_document: Send, *, days: Days, report: Callable[[str], object]) -> None:
    """Let there be a course at each step of the review; one of the same title is left as it is."""
    for story in STORIES:
        title = story.course.title
        if Course.objects.filter(institution=editor().organisation_id, title=title).exists():
            continue
        try:
            _bring(story, send_document, days)
        except (CoursewareRefusal, ReviewRefusal) as refusal:
            report(f"  course left out: {title} ({type(refusal).__name__})")
        else:
            report(f"  course made: {title}")


@transaction.atomic
def _bring(story: Story, send_document: Send, days: Days) -> None:
    """Make a course and bring it to where it stands."""
    story.carry(make_course(story.course, send_document, days.ago(story.begun)), days)


def make_course(small: SmallCourse, send_document: Send, now: datetime) -> Course:
    """Let the editor who is at work make a course."""
    course = begin_course(viewer=editor(), title=small.title, by=PROGRAM, now=now)
    for text, kind in small.documents:
        _place(course, small.module_title, send_document(course, text, kind, now), text.title, now)
    enter(course, small.papers, now=now)
    if small.permission is not None:
        _put_licence(course, small.permission, send_document, now)
    for lesson in Lesson.objects.filter(course=course, draft_title__in=small.questions).order_by("pk"):
        for draft in small.questions[lesson.draft_title]:
            add_question(viewer=editor(), lesson_id=lesson.pk, draft=draft, by=PROGRAM, now=now)
    return course


def _place(course: Course, module_title: str, upload: Upload, title: str, now: datetime) -> None:
    """Put a document into the one module of a course."""
    module = course.modules.first()
    placement = Placement(title, module.pk if module else None, module_title)
    place_lesson(viewer=editor(), upload_id=upload.pk, placement=placement, by=PROGRAM, now=now)


def _put_licence(course: Course, granted: Permission, send_document: Send, now: datetime) -> None:
    until = granted.until(learning_day(now))
    text = permission(granted.slug, holder=granted.holder, title=granted.title, until=until)
    proof = send_document(course, text, FileKind.PDF, now)
    licence = LicenceDraft(granted.title, granted.holder, until, proof.pk)
    put_licences(viewer=editor(), course_id=course.pk, licences=[licence], by=PROGRAM, now=now)
