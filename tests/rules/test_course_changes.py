"""What has changed between two versions of a course (clauses T1.4, M6)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangxue.courseware.rules.changes import LessonChange, Part, changes_between
from jiangxue.courseware.rules.content import CourseContent, Hours, KnowledgePoint, TaughtLesson, TaughtModule
from tests.factories.content import complete_content, complete_facts, lesson_of

COURSE = complete_content()


def modules_of(*refs: list[int]) -> tuple[TaughtModule, ...]:
    """Return modules of these lessons of the complete course."""
    known = {lesson.ref: lesson for lesson in COURSE.lessons}
    titles = [module.title for module in COURSE.modules]
    return tuple(
        TaughtModule(title, tuple(known[ref] for ref in lessons)) for title, lessons in zip(titles, refs, strict=True)
    )


def changed(after: CourseContent) -> list[tuple[LessonChange, str]]:
    found = changes_between(COURSE, after).lessons
    return [(each.what, (each.after or each.before).title) for each in found]  # type: ignore[union-attr]


def with_lesson(known: int, **values: Any) -> CourseContent:
    def same_or_other(lesson: TaughtLesson) -> TaughtLesson:
        return replace(lesson, **values) if lesson.ref == known else lesson

    modules = (replace(each, lessons=tuple(map(same_or_other, each.lessons))) for each in COURSE.modules)
    return replace(COURSE, modules=tuple(modules))


def test_the_same_course_has_no_changes() -> None:
    assert changes_between(COURSE, complete_content()).are_none


def test_facts_that_differ_are_named_with_both_values() -> None:
    after = replace(COURSE, facts=complete_facts(title="新名称", hours=Hours(online=900)))
    facts = changes_between(COURSE, after).facts
    assert [(each.name, each.before, each.after) for each in facts] == [
        ("title", "低压电工安全", "新名称"),
        ("hours", Hours(online=800, practice=400), Hours(online=900)),
    ]


@pytest.mark.parametrize("part", [Part.PLANNED, Part.ASSESSMENT, Part.LECTURERS, Part.LICENCES])
def test_a_part_that_differs_is_named(part: Part) -> None:
    assert changes_between(COURSE, replace(COURSE, **{part.value: ()})).parts == (part,)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"title": "别的名称"}, LessonChange.RENAMED),
        ({"captions_sha256": "9" * 64}, LessonChange.CAPTIONS),
        ({"knowledge": (KnowledgePoint("别的"),)}, LessonChange.KNOWLEDGE),
        ({"questions": ()}, LessonChange.QUESTIONS),
        ({"source_sha256": "9" * 64}, LessonChange.REPLACED),
    ],
)
def test_what_differs_in_a_lesson_is_named(values: dict[str, Any], what: LessonChange) -> None:
    found = changes_between(COURSE, with_lesson(4, **values)).lessons
    assert [(each.what, each.before.ref if each.before else 0) for each in found] == [(what, 4)]


def test_a_lesson_that_is_new_and_one_that_is_gone_are_named() -> None:
    modules = list(modules_of([1, 2, 3], [4, 5, 6], [7, 8]))
    modules[0] = replace(modules[0], lessons=(*modules[0].lessons, lesson_of(20, "新课节", 10)))
    assert changed(replace(COURSE, modules=tuple(modules))) == [
        (LessonChange.ADDED, "新课节"),
        (LessonChange.REMOVED, "应急处置流程图"),
    ]


def test_a_lesson_of_the_same_title_in_the_same_module_has_other_courseware() -> None:
    assert changed(with_lesson(5, ref=50)) == [(LessonChange.REPLACED, "低压线路检修")]


def test_one_lesson_that_is_moved_is_one_change() -> None:
    after = replace(COURSE, modules=modules_of([2, 3, 1], [4, 5, 6], [7, 8, 9]))
    assert changed(after) == [(LessonChange.MOVED, "电流对人体的危害")]


def test_a_lesson_that_stands_in_another_module_is_moved_even_without_a_step() -> None:
    after = replace(COURSE, modules=modules_of([1, 2], [3, 4, 5, 6], [7, 8, 9]))
    assert changed(after) == [(LessonChange.MOVED, "绝缘用具的检查")]


def test_a_renamed_module_moves_no_lesson() -> None:
    first, *others = COURSE.modules
    after = replace(COURSE, modules=(replace(first, title="第一章 触电的危害"), *others))
    assert changed(after) == []
    assert changes_between(COURSE, after).parts == (Part.MODULES,)


@given(st.permutations(range(1, 10)), st.integers(0, 9))
def test_there_are_changes_whenever_the_hashes_differ(refs: list[int], at: int) -> None:
    after = replace(COURSE, modules=modules_of(refs[:at], refs[at:], []))
    assert changes_between(COURSE, after).are_none == (after.sha256 == COURSE.sha256)
