"""Keeping the outline of a course: modules and lessons are named, moved, taken out, given other courseware. Clauses C2, M7."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiangxue.audit import services as audit
from jiangxue.audit.services import Actor
from jiangxue.courseware.errors import NotReady, OutlineChanged, OutOfReach, PlacedAlready
from jiangxue.courseware.models import Course, CourseQuestion, Lesson, LessonKnowledge, Module
from jiangxue.courseware.queries import lesson_for, upload_for
from jiangxue.courseware.rules.content import KnowledgePoint
from jiangxue.courseware.rules.ordering import ModuleOrder
from jiangxue.courseware.services.editing import editable
from jiangxue.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LessonWords:
    """What a lesson is called, and the knowledge points that it serves."""

    title: str
    knowledge: Sequence[KnowledgePoint] = ()


@transaction.atomic
def put_in_order(*, viewer: Viewer, course_id: int, order: Sequence[ModuleOrder], by: Actor, now: datetime) -> None:
    """Let the outline stand in this order, or raise `OutOfReach`, `UnderReview`, or `OutlineChanged` where it names not just what is there."""
    course = editable(viewer, course_id, now)
    modules = {module.pk: module for module in course.modules.all()}
    lessons = {lesson.pk: lesson for lesson in Lesson.objects.filter(module__course=course)}
    named = [lesson_id for each in order for lesson_id in each.lesson_ids]
    if sorted(modules) != sorted(each.module_id for each in order) or sorted(lessons) != sorted(named):
        raise OutlineChanged
    for position, each in enumerate(order, 1):
        modules[each.module_id].position = position
        for lesson_position, lesson_id in enumerate(each.lesson_ids, 1):
            lessons[lesson_id].module_id = each.module_id
            lessons[lesson_id].position = lesson_position
    Module.objects.bulk_update(modules.values(), ["position"])
    Lesson.objects.bulk_update(lessons.values(), ["module", "position"])
    audit.record("course.ordered", by=by, at=now, about=("course", course.pk))


@transaction.atomic
def add_module(*, viewer: Viewer, course_id: int, title: str, by: Actor, now: datetime) -> Module:
    """Add an empty module at the end of the outline."""
    course = editable(viewer, course_id, now)
    last = course.modules.order_by("-position").values_list("position", flat=True).first()
    module = Module.objects.create(course=course, position=(last or 0) + 1, title=title)
    audit.record("module.added", by=by, at=now, about=("module", module.pk))
    return module


@transaction.atomic
def rename_module(*, viewer: Viewer, module_id: int, title: str, by: Actor, now: datetime) -> Module:
    """Give a module another title."""
    module = _module(viewer, module_id, now)
    module.title = title
    module.save(update_fields=["title"])
    audit.record("module.renamed", by=by, at=now, about=("module", module.pk))
    return module


@transaction.atomic
def remove_module(*, viewer: Viewer, module_id: int, by: Actor, now: datetime) -> None:
    """Take a module that holds no lesson out of the outline; `OutlineChanged` where it holds one."""
    module = _module(viewer, module_id, now)
    if module.lessons.exists():
        raise OutlineChanged
    module.delete()
    audit.record("module.removed", by=by, at=now, about=("module", module_id))


@transaction.atomic
def change_lesson(*, viewer: Viewer, lesson_id: int, words: LessonWords, by: Actor, now: datetime) -> Lesson:
    """Give a lesson a title and the knowledge points that it serves; classes that run keep what they have."""
    lesson = _lesson(viewer, lesson_id, now)
    lesson.draft_title = words.title
    if not lesson.taught.exists():
        lesson.title = words.title
    lesson.save(update_fields=["title", "draft_title"])
    lesson.knowledge.all().delete()
    LessonKnowledge.objects.bulk_create(
        LessonKnowledge(lesson=lesson, position=position, text=point.text, work_content=point.work_content)
        for position, point in enumerate(words.knowledge, 1)
    )
    audit.record("lesson.changed", by=by, at=now, about=("lesson", lesson.pk))
    return lesson


@transaction.atomic
def remove_lesson(*, viewer: Viewer, lesson_id: int, by: Actor, now: datetime) -> None:
    """Take a lesson out of the outline; its file can be put in again, and classes that run keep it."""
    lesson = _lesson(viewer, lesson_id, now)
    lesson.module = None
    lesson.save(update_fields=["module"])
    audit.record("lesson.removed", by=by, at=now, about=("lesson", lesson.pk))


@transaction.atomic
def replace_courseware(*, viewer: Viewer, lesson_id: int, upload_id: UUID, by: Actor, now: datetime) -> Lesson:
    """Let another lesson with other courseware take the place of one, with its title, knowledge points and questions.

    Whoever has learned the old one has not seen the new one: it is learned from the beginning. Raises `OutOfReach`, `UnderReview`,
    `NotReady` or `PlacedAlready`.
    """
    old = _lesson(viewer, lesson_id, now)
    upload = upload_for(viewer, upload_id)
    if upload.course_id != old.course_id:
        raise OutOfReach
    if upload.media is None:
        raise NotReady
    if Lesson.objects.filter(media=upload.media, module__isnull=False).exists():
        raise PlacedAlready
    module, position = old.module, old.position
    old.module = None
    old.save(update_fields=["module"])
    new = put_in(upload.media.pk, old.course, title=old.draft_title)
    new.module, new.position = module, position
    new.save()
    _carry_over(old, new, viewer, now)
    audit.record("lesson.replaced", by=by, at=now, about=("lesson", old.pk))
    return new


def put_in(media_id: int, course: Course, *, title: str) -> Lesson:
    """Return the lesson that courseware makes, new or taken out of the outline before; the caller gives it its place and saves it."""
    lesson = Lesson.objects.filter(media_id=media_id, course=course).first()
    if lesson is None:
        return Lesson(course=course, media_id=media_id, title=title, draft_title=title)
    lesson.draft_title = title
    return lesson


def _carry_over(old: Lesson, new: Lesson, viewer: Viewer, now: datetime) -> None:
    """Let a new lesson have the knowledge points and questions of the old one; what is or was taught keeps its own."""
    if new.taught.exists():
        return
    new.knowledge.all().delete()
    LessonKnowledge.objects.bulk_create(
        LessonKnowledge(lesson=new, position=each.position, text=each.text, work_content=each.work_content)
        for each in old.knowledge.all()
    )
    new.questions.filter(retired_at=None).update(retired_at=now)
    CourseQuestion.objects.bulk_create(
        CourseQuestion(
            lesson=new,
            purpose=each.purpose,
            text=each.text,
            options=each.options,
            right_index=each.right_index,
            author_id=viewer.account_id,
            created_at=now,
        )
        for each in old.questions.filter(retired_at=None).order_by("pk")
    )


def _module(viewer: Viewer, module_id: int, now: datetime) -> Module:
    found = Module.objects.filter(pk=module_id, course__institution_id=viewer.organisation_id).first()
    if found is None:
        raise OutOfReach
    editable(viewer, found.course_id, now)
    module = Module.objects.filter(pk=module_id).first()  # again, now that nobody else removes it
    if module is None:
        raise OutOfReach
    return module


def _lesson(viewer: Viewer, lesson_id: int, now: datetime) -> Lesson:
    editable(viewer, lesson_for(viewer, lesson_id).course_id, now)
    return lesson_for(viewer, lesson_id)  # again, now that nobody else changes the outline
