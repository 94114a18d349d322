"""What the outline of a course lacks before it is reviewed. docs/rules/conformity.md."""

from typing import Any

import pytest

from jiangxue.courseware.rules.content import KnowledgePoint, Purpose, TaughtModule
from jiangxue.courseware.rules.shortcomings import Figures, Finding, Place, Section, Shortcoming
from tests.factories.content import complete_content, lesson_of, question_of
from tests.rules.conforming import found, of_lesson

OUTLINE = Section.OUTLINE


@pytest.mark.parametrize(
    ("modules", "what"),
    [
        ((), [Shortcoming.NO_MODULE]),
        ((TaughtModule("第一章"), TaughtModule("第二章")), [Shortcoming.NO_LESSON]),
    ],
)
def test_an_outline_has_modules_and_lessons(modules: tuple[TaughtModule, ...], what: list[Shortcoming]) -> None:
    findings = found(complete_content(modules=modules))
    assert [finding.what for finding in findings if finding.place.section is OUTLINE] == what


def test_an_empty_module_is_named() -> None:
    modules = (*complete_content().modules, TaughtModule("第四章"))
    assert found(complete_content(modules=modules)) == [Finding(Shortcoming.EMPTY_MODULE, Place(OUTLINE, index=3))]


def test_two_lessons_of_a_module_with_one_title_are_worth_a_look() -> None:
    module = TaughtModule("第一章", (lesson_of(1, "急救", 200), lesson_of(2, "急 救", 200)))
    assert found(complete_content(modules=(module,))) == [Finding(Shortcoming.REPEATED_TITLE, Place(OUTLINE, 2, 0))]


def test_one_title_in_two_modules_is_nothing() -> None:
    modules = (
        TaughtModule("第一章", (lesson_of(1, "小结", 200),)),
        TaughtModule("第二章", (lesson_of(2, "小结", 200),)),
    )
    assert found(complete_content(modules=modules)) == []


@pytest.mark.clause("C2")
@pytest.mark.parametrize(
    ("changes", "what", "figures"),
    [
        ({"knowledge": ()}, Shortcoming.NO_KNOWLEDGE, None),
        (
            {"knowledge": (KnowledgePoint("验电", "检修"), KnowledgePoint("接地"))},
            Shortcoming.UNMAPPED_KNOWLEDGE,
            Figures(2, 1),
        ),
        ({"questions": ()}, Shortcoming.NO_CHECK_IN_QUESTIONS, None),
        (
            {"questions": (question_of(1, Purpose.CHECK_IN), question_of(2, Purpose.TEST))},
            Shortcoming.FEW_TEST_QUESTIONS,
            Figures(3, 1),
        ),
    ],
)
def test_a_lesson_is_mapped_and_asked_about(
    changes: dict[str, Any], what: Shortcoming, figures: Figures | None
) -> None:
    assert of_lesson(**changes) == [Finding(what, Place(OUTLINE, 7), figures)]
