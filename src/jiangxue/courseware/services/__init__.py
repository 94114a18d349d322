"""Making courses, and keeping the questions that check-ins and tests ask about their lessons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.converting import CAPTIONS
from jiangxue.courseware.errors import TooManyQuestions
from jiangxue.courseware.models import Course, CourseQuestion, Lesson, Media, Module
from jiangxue.courseware.queries import lesson_for, question_for, questions_of
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.quality import QualityReport
from jiangxue.courseware.rules.questions import MOST_IN_USE, Question, QuestionDraft, fit_question
from jiangxue.courseware.services.editing import editable
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MediaDraft:
    """Courseware that stands ready in `folder` of the courseware storage: a film with a length, or a document with pages."""

    folder: str
    sha256: str
    kind: LessonKind = LessonKind.VIDEO
    length_ms: int = 0
    page_sizes: Sequence[tuple[int, int]] = ()
    key_name: str = ""
    captions_sha256: str = ""
    has_poster: bool = False
    source_sha256: str = ""
    report: QualityReport | None = None


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson and its courseware."""

    title: str
    media: MediaDraft


@dataclass(frozen=True, slots=True)
class ModuleDraft:
    """A chapter and its lessons in order."""

    title: str
    lessons: Sequence[LessonDraft]


@transaction.atomic
def create_course(*, institution_id: int, title: str, summary: str, modules: Sequence[ModuleDraft]) -> Course:
    """Make a course with its outline and media."""
    course = Course.objects.create(institution_id=institution_id, title=title, summary=summary)
    for position, draft in enumerate(modules, 1):
        module = Module.objects.create(course=course, position=position, title=draft.title)
        for lesson_position, lesson in enumerate(draft.lessons, 1):
            media = create_media(lesson.media)
            Lesson.objects.create(
                course=course,
                module=module,
                position=lesson_position,
                title=lesson.title,
                draft_title=lesson.title,
                media=media,
            )
    return course


def create_media(draft: MediaDraft) -> Media:
    """Keep courseware whose files stand."""
    return Media.objects.create(
        kind=draft.kind,
        folder=draft.folder,
        key_name=draft.key_name,
        length_ms=draft.length_ms,
        page_sizes=[list(size) for size in draft.page_sizes],
        captions=CAPTIONS if draft.captions_sha256 else "",
        captions_sha256=draft.captions_sha256,
        has_poster=draft.has_poster,
        sha256=draft.sha256,
        source_sha256=draft.source_sha256,
        report=draft.report.to_values() if draft.report else {},
    )


@transaction.atomic
def add_question(*, viewer: Viewer, lesson_id: int, draft: QuestionDraft, by: Actor, now: datetime) -> CourseQuestion:
    """Add a question to a lesson, or raise `UnfitQuestion`, `TooManyQuestions` or `OutOfReach`."""
    question = fit_question(draft)
    _lock_lesson(viewer, lesson_id, now)
    if questions_of(lesson_id, draft.purpose).count() >= MOST_IN_USE:
        raise TooManyQuestions(MOST_IN_USE)
    added = _created(question, lesson_id, viewer, now)
    audit.record("question.added", by=by, at=now, about=("question", added.pk))
    return added


@transaction.atomic
def replace_question(
    *, viewer: Viewer, question_id: int, draft: QuestionDraft, by: Actor, now: datetime
) -> CourseQuestion:
    """Retire a question and add another in its stead, or raise `UnfitQuestion`, `QuestionRetired` or `OutOfReach`."""
    question = fit_question(draft)
    old = _retired(viewer, question_id, now)
    new = _created(question, old.lesson_id, viewer, now)
    audit.record("question.replaced", by=by, at=now, about=("question", old.pk))
    return new


@transaction.atomic
def retire_question(*, viewer: Viewer, question_id: int, by: Actor, now: datetime) -> CourseQuestion:
    """Let a question be asked no more, or raise `QuestionRetired` or `OutOfReach`; its row stays."""
    retired = _retired(viewer, question_id, now)
    audit.record("question.retired", by=by, at=now, about=("question", retired.pk))
    return retired


def _lock_lesson(viewer: Viewer, lesson_id: int, now: datetime) -> None:
    """Let nobody else change the questions of a lesson until the transaction ends; for its editors alone."""
    lesson = lesson_for(viewer, lesson_id)
    editable(viewer, lesson.course_id, now)
    Lesson.objects.select_for_update().get(pk=lesson.pk)


def _retired(viewer: Viewer, question_id: int, now: datetime) -> CourseQuestion:
    _lock_lesson(viewer, question_for(viewer, question_id).lesson_id, now)
    question = question_for(viewer, question_id)  # again, now that nobody else can retire it
    question.retired_at = max(question.created_at, now)
    question.save(update_fields=["retired_at"])
    return question


def _created(question: Question, lesson_id: int, viewer: Viewer, now: datetime) -> CourseQuestion:
    return CourseQuestion.objects.create(
        lesson_id=lesson_id,
        purpose=question.purpose,
        text=question.text,
        options=list(question.options),
        right_index=question.right_index,
        author_id=viewer.account_id,
        created_at=now,
    )
