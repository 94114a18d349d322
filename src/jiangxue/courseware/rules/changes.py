"""What is different between two versions of a course, so that a reviewer need not read all of it again. Clauses T1.4, M6."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum

from jiangxue.courseware.rules.content import CourseContent, Facts, TaughtLesson, TaughtModule


class LessonChange(StrEnum):
    """What can have become of a lesson."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    RENAMED = "renamed"
    MOVED = "moved"
    CAPTIONS = "captions"
    KNOWLEDGE = "knowledge"
    QUESTIONS = "questions"


class Part(StrEnum):
    """Parts of a course of which it is only said that they have changed."""

    MODULES = "modules"
    PLANNED = "planned"
    ASSESSMENT = "assessment"
    LECTURERS = "lecturers"
    LICENCES = "licences"


@dataclass(frozen=True, slots=True)
class FactChanged:
    """A fact that is another now, by the name of its field; `before` and `after` are its values."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class LessonChanged:
    """What has become of a lesson; of an added one there is no `before`, of a removed one no `after`."""

    what: LessonChange
    before: TaughtLesson | None
    after: TaughtLesson | None


@dataclass(frozen=True, slots=True)
class CourseChanges:
    """All that is different."""

    facts: tuple[FactChanged, ...] = ()
    lessons: tuple[LessonChanged, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def are_none(self) -> bool:
        """Say whether nothing is different."""
        return not (self.facts or self.lessons or self.parts)


@dataclass(frozen=True, slots=True)
class _Placed:
    lesson: TaughtLesson
    module: TaughtModule


def changes_between(before: CourseContent, after: CourseContent) -> CourseChanges:
    """Return what has changed from one version to another; two with the same hash have no changes."""
    return CourseChanges(
        tuple(_of_facts(before.facts, after.facts)),
        tuple(_of_lessons(before, after)),
        tuple(_of_parts(before, after)),
    )


def _of_facts(before: Facts, after: Facts) -> Iterator[FactChanged]:
    for field in fields(Facts):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield FactChanged(field.name, old, new)


def _of_parts(before: CourseContent, after: CourseContent) -> Iterator[Part]:
    if [each.title for each in before.modules] != [each.title for each in after.modules]:
        yield Part.MODULES
    for part in (Part.PLANNED, Part.ASSESSMENT, Part.LECTURERS, Part.LICENCES):
        if getattr(before, part.value) != getattr(after, part.value):
            yield part


def _of_lessons(before: CourseContent, after: CourseContent) -> Iterator[LessonChanged]:
    """Yield lessons in the order of the new outline, then those that are there no more."""
    old, new = _placed(before), _placed(after)
    replaced = _replaced(old, new)
    staying = _staying([ref for ref in old if ref in new], [ref for ref in new if ref in old])
    staying -= _in_other_modules(old, new, {module.title for module in after.modules})
    for ref, placed in new.items():
        if ref in old:
            yield from _of_lesson(old[ref].lesson, placed.lesson, is_moved=ref not in staying)
        elif ref in replaced:
            yield LessonChanged(LessonChange.REPLACED, old[replaced[ref]].lesson, placed.lesson)
        else:
            yield LessonChanged(LessonChange.ADDED, None, placed.lesson)
    gone = set(old) - set(new) - set(replaced.values())
    yield from (LessonChanged(LessonChange.REMOVED, old[ref].lesson, None) for ref in old if ref in gone)


def _of_lesson(before: TaughtLesson, after: TaughtLesson, *, is_moved: bool) -> Iterator[LessonChanged]:
    found = {
        LessonChange.REPLACED: before.source_sha256 != after.source_sha256,
        LessonChange.RENAMED: before.title != after.title,
        LessonChange.MOVED: is_moved,
        LessonChange.CAPTIONS: before.captions_sha256 != after.captions_sha256,
        LessonChange.KNOWLEDGE: before.knowledge != after.knowledge,
        LessonChange.QUESTIONS: before.questions != after.questions,
    }
    return (LessonChanged(what, before, after) for what, is_so in found.items() if is_so)


def _placed(content: CourseContent) -> dict[int, _Placed]:
    return {lesson.ref: _Placed(lesson, module) for module in content.modules for lesson in module.lessons}


def _replaced(old: dict[int, _Placed], new: dict[int, _Placed]) -> dict[int, int]:
    """Return which new lesson stands where one of the same title stood in the same module: its courseware was exchanged."""
    gone = {(each.module.title, each.lesson.title): ref for ref, each in old.items() if ref not in new}
    found = {}
    for ref, each in new.items():
        before = gone.pop((each.module.title, each.lesson.title), None) if ref not in old else None
        if before is not None:
            found[ref] = before
    return found


def _in_other_modules(old: dict[int, _Placed], new: dict[int, _Placed], titles: set[str]) -> set[int]:
    """Return the lessons that stand in another module, while the one where they stood is still there."""
    return {
        ref
        for ref, each in new.items()
        if ref in old and old[ref].module.title != each.module.title and old[ref].module.title in titles
    }


def _staying(old: list[int], new: list[int]) -> set[int]:
    """Return the lessons around which the others were moved."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {ref for block in blocks for ref in old[block.a : block.a + block.size]}
