"""What a course lacks before it is reviewed. docs/rules/conformity.md."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jiangxue.courseware.rules.conformity import is_fit_for_review
from jiangxue.courseware.rules.content import (
    AssessmentPart,
    Basis,
    Fee,
    Hours,
    Lecturer,
    Level,
    Licence,
    Mode,
    Occupation,
    PlannedItem,
    PriorityGroup,
    TaughtModule,
)
from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.rules.shortcomings import WARNINGS, Figures, Finding, Place, Section, Shortcoming
from tests.factories.content import (
    MINUTE_MS,
    TODAY,
    complete_content,
    complete_facts,
    lesson_of,
)
from tests.repository.sources import document
from tests.rules.conforming import LIMITS, found, of_lesson

PLANNED, LICENCES = Section.PLANNED, Section.LICENCES


def of_facts(**changes: Any) -> list[Finding]:
    return found(complete_content(facts=complete_facts(**changes)))


@pytest.mark.clause("C2")
def test_a_complete_course_has_no_finding() -> None:
    assert found(complete_content()) == []


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("title", Shortcoming.NO_TITLE),
        ("summary", Shortcoming.NO_SUMMARY),
        ("target_group", Shortcoming.NO_TARGET_GROUP),
        ("entry_conditions", Shortcoming.NO_ENTRY_CONDITIONS),
        ("goals", Shortcoming.NO_GOALS),
        ("methods", Shortcoming.NO_METHODS),
        ("materials", Shortcoming.NO_MATERIALS),
    ],
)
@pytest.mark.parametrize("blank", ["", "  \n", "\u200b"])
def test_a_text_without_ink_is_missing(name: str, what: Shortcoming, blank: str) -> None:
    assert of_facts(**{name: blank}) == [Finding(what, Place(Section.FACTS))]


@pytest.mark.clause("C2")
@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"occupation": None, "level": None}, [Shortcoming.NO_OCCUPATION]),
        ({"level": None}, [Shortcoming.NO_LEVEL]),
        ({"special_ability": "低压电工急救"}, [Shortcoming.LEVEL_AND_SPECIAL_ABILITY]),
        ({"special_ability": "低压电工急救", "level": None}, []),
        ({"special_ability": "低压电工急救", "level": None, "occupation": None}, []),
        ({"level": Level.CHIEF}, [Shortcoming.LEVEL_UNKNOWN]),
        ({"project_type": None}, [Shortcoming.NO_PROJECT_TYPE]),
        ({"basis": Basis()}, [Shortcoming.NO_BASIS]),
        ({"basis": Basis("地方课程规范")}, [Shortcoming.BASIS_INCOMPLETE]),
        ({"fee": Fee.FREE_FOR_GROUPS}, [Shortcoming.NO_FREE_GROUPS]),
        ({"fee": Fee.FREE_FOR_GROUPS, "free_for": (PriorityGroup.VETERANS,)}, []),
    ],
)
def test_a_course_leads_somewhere_by_some_standard_for_somebody(
    changes: dict[str, Any], what: list[Shortcoming]
) -> None:
    assert [finding.what for finding in of_facts(**changes)] == what


@pytest.mark.clause("C2")
def test_lessons_that_are_shorter_than_declared_are_found_with_both_lengths() -> None:
    """声明 8 学时，视频共 5 小时 12 分，少 48 分."""
    content = complete_content(modules=(TaughtModule("第一章", (lesson_of(1, "短课", 312),)),))
    [finding] = found(content)
    assert finding == Finding(Shortcoming.ONLINE_SHORT, Place(Section.HOURS), Figures(360 * MINUTE_MS, 312 * MINUTE_MS))
    assert finding.figures is not None
    assert finding.figures.lacking == 48 * MINUTE_MS


def test_lessons_of_exactly_the_declared_length_are_enough() -> None:
    assert of_lesson(length_ms=360 * MINUTE_MS) == []


def test_a_millisecond_less_is_not() -> None:
    assert [finding.what for finding in of_lesson(length_ms=360 * MINUTE_MS - 1)] == [Shortcoming.ONLINE_SHORT]


def test_pages_count_by_the_pace_of_the_rule() -> None:
    content = complete_content()
    slower = replace(LIMITS, pace=Pace(page_ms=5_000))
    [finding] = found(content, slower)
    assert finding.figures == Figures(360 * MINUTE_MS, (335 * 60 + 90 * 5) * 1_000)


def test_much_reading_is_only_a_warning() -> None:
    [finding] = found(
        complete_content(
            modules=(TaughtModule("一", (lesson_of(1, "影片", 300), lesson_of(2, "文档", 73, LessonKind.DOCUMENT))),)
        )
    )
    assert finding == Finding(Shortcoming.MUCH_READING, Place(Section.HOURS), Figures(72 * MINUTE_MS, 73 * MINUTE_MS))
    assert not finding.is_blocking


def test_hours_of_no_mode_are_none() -> None:
    content = complete_content(facts=complete_facts(hours=Hours()), planned=())
    assert [finding.what for finding in found(content)] == [Shortcoming.NO_HOURS, Shortcoming.NO_PRACTICE]


@pytest.mark.clause("C2")
@pytest.mark.parametrize(
    ("hours", "what", "figures"),
    [
        (Hours(online=800, practice=500), Shortcoming.PRACTICE_DIFFERS, Figures(500, 400)),
        (Hours(online=800, practice=300), Shortcoming.PRACTICE_DIFFERS, Figures(300, 400)),
        (Hours(online=800, practice=400, live=100), Shortcoming.LIVE_DIFFERS, Figures(100, 0)),
    ],
)
def test_planned_items_add_up_to_what_is_declared(hours: Hours, what: Shortcoming, figures: Figures) -> None:
    assert of_facts(hours=hours) == [Finding(what, Place(Section.HOURS), figures)]


@pytest.mark.clause("C2")
def test_a_practical_occupation_is_not_learned_without_practice() -> None:
    facts = complete_facts(hours=Hours(online=800))
    assert found(complete_content(facts=facts, planned=())) == [Finding(Shortcoming.NO_PRACTICE, Place(PLANNED))]


def test_an_occupation_of_the_desk_is() -> None:
    facts = complete_facts(
        hours=Hours(online=800), occupation=Occupation("4-07-03-02", "劳动关系协调员", is_practical=False)
    )
    assert found(complete_content(facts=facts, planned=())) == []


def test_a_planned_item_has_hours_and_practice_has_a_place() -> None:
    planned = (PlannedItem(Mode.LIVE, "答疑", 0), PlannedItem(Mode.PRACTICE, "接线", 400, " "))
    assert found(complete_content(planned=planned)) == [
        Finding(Shortcoming.PLANNED_WITHOUT_HOURS, Place(PLANNED, index=0)),
        Finding(Shortcoming.PRACTICE_WITHOUT_PLACE, Place(PLANNED, index=1)),
    ]


def test_an_assessment_has_parts() -> None:
    assert found(complete_content(assessment=())) == [Finding(Shortcoming.NO_ASSESSMENT, Place(Section.ASSESSMENT))]


def test_weights_add_up_to_a_hundred() -> None:
    parts = (AssessmentPart("理论考试", "线上", 50), AssessmentPart("实操考核", "现场", 40))
    assert found(complete_content(assessment=parts)) == [
        Finding(Shortcoming.WEIGHTS_DIFFER, Place(Section.ASSESSMENT), Figures(100, 90))
    ]


def test_no_weight_is_made_up_for_by_a_negative_one() -> None:
    parts = (AssessmentPart("理论考试", "线上", 120), AssessmentPart("扣分", "现场", -20))
    assert found(complete_content(assessment=parts)) == [
        Finding(Shortcoming.WEIGHT_NOT_POSITIVE, Place(Section.ASSESSMENT, index=1), Figures(1, -20))
    ]


def test_somebody_teaches() -> None:
    assert found(complete_content(lecturers=())) == [Finding(Shortcoming.NO_LECTURER, Place(Section.LECTURERS))]


def test_a_lecturer_without_qualification_is_worth_a_look() -> None:
    [finding] = found(complete_content(lecturers=(Lecturer(1, "王建国"),)))
    assert (finding.what, finding.is_blocking) == (Shortcoming.NO_QUALIFICATION, False)


@pytest.mark.clause("M7")
def test_imported_resources_need_a_licence_and_a_supplier() -> None:
    assert found(complete_content(facts=complete_facts(supplier=""), licences=())) == [
        Finding(Shortcoming.NO_SUPPLIER, Place(LICENCES)),
        Finding(Shortcoming.NO_LICENCE, Place(LICENCES)),
    ]


def test_own_resources_need_none() -> None:
    assert found(complete_content(facts=complete_facts(supplier="", is_imported=False), licences=())) == []


@pytest.mark.clause("M7")
@pytest.mark.parametrize(
    ("days", "what"),
    [
        (-1, [Shortcoming.LICENCE_EXPIRED]),
        (0, [Shortcoming.LICENCE_EXPIRING]),
        (60, [Shortcoming.LICENCE_EXPIRING]),
        (61, []),
    ],
)
def test_a_licence_is_good_until_the_end_of_its_last_day(days: int, what: list[Shortcoming]) -> None:
    licence = Licence("授权书", "某公司", TODAY + timedelta(days=days), "a" * 64)
    findings = found(complete_content(licences=(licence,)))
    assert [finding.what for finding in findings] == what
    assert all(finding.figures and finding.figures.actual == days for finding in findings)


def test_a_licence_without_end_does_not_expire() -> None:
    assert found(complete_content(licences=(Licence("授权书", "某公司", None, "a" * 64),))) == []


@pytest.mark.clause("M7")
def test_a_licence_is_proven() -> None:
    assert found(complete_content(licences=(Licence("授权书", "某公司", None),))) == [
        Finding(Shortcoming.LICENCE_WITHOUT_PROOF, Place(LICENCES, index=0))
    ]


def test_only_a_finding_that_blocks_keeps_a_course_from_review() -> None:
    assert is_fit_for_review(of_facts(materials=""))
    assert not is_fit_for_review(of_facts(goals="", materials=""))


def test_the_page_about_the_rules_names_every_finding_and_whether_it_blocks() -> None:
    table = re.findall(r"^\| `(\w+)` \| (yes|no) \| (\w+) \|", document("rules/conformity.md"), re.MULTILINE)
    assert [(name, blocks == "yes") for name, blocks, _ in table] == [
        (each.value, each not in WARNINGS) for each in Shortcoming
    ]
    assert {section for _, _, section in table} == set(Section)
