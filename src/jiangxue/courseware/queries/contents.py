"""A course as its editors have it now, put together as one value. Clauses C2, M7."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, Prefetch

from jiangxue.courseware.models import (
    Course,
    CourseAssessment,
    CourseLecturer,
    CourseLicence,
    CoursePlanned,
    CourseQuestion,
    Lesson,
    LessonKnowledge,
    Module,
)
from jiangxue.courseware.rules.content import (
    AssessmentPart,
    Basis,
    CourseContent,
    Facts,
    Fee,
    Hours,
    KnowledgePoint,
    Lecturer,
    LessonQuestion,
    Licence,
    Mode,
    Occupation,
    PlannedItem,
    PriorityGroup,
    ProjectType,
    Purpose,
    TaughtLesson,
    TaughtModule,
)
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.occupations.rules.levels import Level


def content_of(course: Course) -> CourseContent:
    """Return all of a course as it stands now."""
    return contents_of([course.pk])[course.pk]


def contents_of(course_ids: Collection[int]) -> dict[int, CourseContent]:
    """Return all of several courses as they stand now, in the order of their titles."""
    found = Course.objects.filter(pk__in=course_ids).select_related("occupation").order_by("title", "pk")
    return {course.pk: _content(course) for course in found.prefetch_related(*_parts())}


def _content(course: Course) -> CourseContent:
    return CourseContent(
        facts=_facts(course),
        modules=tuple(_module(module) for module in _put_there(course, "outline")),
        planned=tuple(_planned(item) for item in _put_there(course, "plan")),
        assessment=tuple(_part(part) for part in _put_there(course, "scheme")),
        lecturers=tuple(_lecturer(each) for each in _put_there(course, "teaching")),
        licences=tuple(_licence(each) for each in _put_there(course, "held")),
    )


def _put_there(row: Model, name: str) -> list[Any]:
    """Return what a prefetch has put at a row."""
    found: list[Any] = getattr(row, name)
    return found


def _parts() -> "tuple[Prefetch[str], ...]":
    in_use = CourseQuestion.objects.filter(retired_at=None).order_by("pk")
    lessons = Lesson.objects.select_related("media").order_by("position")
    with_all = lessons.prefetch_related(
        Prefetch("questions", in_use, to_attr="in_use"),
        Prefetch("knowledge", LessonKnowledge.objects.order_by("position"), to_attr="points"),
    )
    modules = Module.objects.order_by("position").prefetch_related(Prefetch("lessons", with_all, to_attr="in_order"))
    proven = CourseLicence.objects.select_related("proof__media").order_by("position", "pk")
    return (
        Prefetch("modules", modules, to_attr="outline"),
        Prefetch("planned", CoursePlanned.objects.order_by("position"), to_attr="plan"),
        Prefetch("assessment", CourseAssessment.objects.order_by("position"), to_attr="scheme"),
        Prefetch("lecturers", CourseLecturer.objects.filter(left_at=None).order_by("position"), to_attr="teaching"),
        Prefetch("licences", proven, to_attr="held"),
    )


def _facts(course: Course) -> Facts:
    return Facts(
        title=course.title,
        summary=course.summary,
        occupation=_occupation(course),
        level=Level(course.level) if course.level else None,
        special_ability=course.special_ability,
        project_type=ProjectType(course.project_type) if course.project_type else None,
        basis=Basis(course.basis_name, course.basis_code, course.basis_edition),
        target_group=course.target_group,
        entry_conditions=course.entry_conditions,
        goals=course.goals,
        methods=course.methods,
        materials=course.materials,
        hours=Hours(course.online_hours, course.live_hours, course.practice_hours),
        fee=Fee(course.fee),
        free_for=tuple(PriorityGroup(group) for group in course.free_for),
        supplier=course.supplier,
        is_imported=course.is_imported,
    )


def _occupation(course: Course) -> Occupation | None:
    found = course.occupation
    return Occupation(found.code, found.name, found.is_practical) if found else None


def _module(module: Module) -> TaughtModule:
    return TaughtModule(module.title, tuple(_lesson(lesson) for lesson in _put_there(module, "in_order")))


def _lesson(lesson: Lesson) -> TaughtLesson:
    media = lesson.media
    return TaughtLesson(
        ref=lesson.pk,
        title=lesson.draft_title,
        kind=LessonKind(media.kind),
        length_ms=media.length_ms,
        pages=media.pages,
        source_sha256=media.source_sha256 or media.sha256,
        captions_sha256=media.captions_sha256,
        knowledge=tuple(KnowledgePoint(point.text, point.work_content) for point in _put_there(lesson, "points")),
        questions=tuple(_question(question) for question in _put_there(lesson, "in_use")),
    )


def _question(question: CourseQuestion) -> LessonQuestion:
    return LessonQuestion(
        question.pk, Purpose(question.purpose), question.text, tuple(question.options), question.right_index
    )


def _planned(item: CoursePlanned) -> PlannedItem:
    return PlannedItem(Mode(item.mode), item.title, item.hours, item.place, item.work_content)


def _part(part: CourseAssessment) -> AssessmentPart:
    return AssessmentPart(part.name, part.method, part.weight)


def _lecturer(each: CourseLecturer) -> Lecturer:
    return Lecturer(each.pk, each.name, each.qualification)


def _licence(each: CourseLicence) -> Licence:
    media = each.proof.media if each.proof else None
    return Licence(each.title, each.holder, each.valid_until, media.source_sha256 or media.sha256 if media else "")
