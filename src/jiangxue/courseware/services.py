"""Making courses."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from jiangxue.courseware.models import Course, Lesson, Media, Module


@dataclass(frozen=True, slots=True)
class LessonDraft:
    """A lesson and its packaged film; `folder` lies below the media folder."""

    title: str
    folder: str
    length_ms: int
    sha256: str


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
            media = Media.objects.create(folder=lesson.folder, length_ms=lesson.length_ms, sha256=lesson.sha256)
            Lesson.objects.create(module=module, position=lesson_position, title=lesson.title, media=media)
    return course
