"""The outline and the introduction of a course, read back from both kinds of file. Clauses C2, M7."""

from dataclasses import replace

import pytest

from jiangxue.courseware.rules.content import CourseContent, Facts, Fee, Hours, Mode, PlannedItem, PriorityGroup
from jiangxue.courseware.services.papers import PaperFormat, print_introduction, print_outline
from tests.domains.courseware.paper_reading import INSTITUTION, pages_of, paper_facts, squeezed, text_of, word
from tests.factories.content import complete_content, complete_facts

LARGEST_PDF = 300_000
both = pytest.mark.parametrize("form", PaperFormat)


def outline_text(form: PaperFormat, content: CourseContent | None = None) -> str:
    content = content or complete_content()
    return text_of(print_outline(content=content, facts=paper_facts(content), form=form))


def said(*texts: str) -> list[str]:
    return [squeezed(text) for text in texts]


@pytest.mark.clause("M7")
@both
def test_the_outline_has_every_module_lesson_knowledge_point_and_work_content(form: PaperFormat) -> None:
    content, text = complete_content(), outline_text(form)
    wanted = [module.title for module in content.modules] + [lesson.title for lesson in content.lessons]
    points = [point for lesson in content.lessons for point in lesson.knowledge]
    wanted += [point.text for point in points] + [point.work_content for point in points]
    assert [each for each in said(*wanted) if each not in text] == []


@pytest.mark.clause("C2")
@both
def test_the_outline_has_the_hours_of_each_mode_with_their_minutes(form: PaperFormat) -> None:
    text = outline_text(form)
    for each in said("线上学习8.00 学时（360 分钟）", "线下实操4.00 学时（180 分钟）", "合计12.00 学时（540 分钟）"):
        assert each in text


@pytest.mark.clause("C2")
@both
def test_each_lesson_has_its_hours_and_the_total_is_divided_once(form: PaperFormat) -> None:
    text = outline_text(form)
    for each in said(
        "1.11 学时（50 分钟）", "0.44 学时（20 分钟）", "3 课节 · 2.55 学时（115 分钟）", "8.11 学时（365 分钟）"
    ):
        assert each in text


@pytest.mark.clause("C2")
@both
def test_the_outline_has_occupation_level_basis_and_the_assessment_with_its_weights(form: PaperFormat) -> None:
    text = outline_text(form)
    wanted = ("电工 6-31-01-03", "四级/中级工", "国家职业技能标准 电工 GZB 6-31-01-03 2018 年版", "适岗培训")
    for each in said(
        *wanted, "课节测验线上答题，每节 60 分合格20%", "实操考核现场操作，两名考评员评分，60 分合格40%", "合计100%"
    ):
        assert each in text


@pytest.mark.clause("M7")
@both
def test_the_outline_has_everybody_and_everything_else(form: PaperFormat) -> None:
    content, text = complete_content(), outline_text(form)
    wanted = [lecturer.name + lecturer.qualification for lecturer in content.lecturers]
    wanted += [item.title for item in content.planned] + [item.place for item in content.planned]
    wanted += [licence.title + licence.holder + "2028-06-30" for licence in content.licences]
    facts = content.facts
    wanted += [facts.target_group, facts.entry_conditions, facts.methods, facts.materials, facts.goals, facts.summary]
    assert [each for each in said(*wanted) if each not in text] == []


@both
def test_cover_and_head_say_which_version_it_is(form: PaperFormat) -> None:
    content = complete_content()
    text = outline_text(form)
    for each in said(
        INSTITUTION, "第 3 版", content.sha256, f"第 3 版 · 校验值 {content.sha256[:12]}", "2026-11-20", "盖章处"
    ):
        assert each in text


@both
def test_a_draft_says_so(form: PaperFormat) -> None:
    content = complete_content()
    draft = paper_facts(content, version=None, published_on=None, reviews=())
    text = text_of(print_outline(content=content, facts=draft, form=form))
    assert squeezed("草稿 · 校验值") in text
    assert squeezed("发布日期") not in text
    assert squeezed("审核意见") not in text


@both
def test_reviews_stand_with_masked_names(form: PaperFormat) -> None:
    assert squeezed("初审王**通过2026-11-10复审李**通过") in outline_text(form)


@both
def test_an_empty_course_makes_an_outline_all_the_same(form: PaperFormat) -> None:
    assert squeezed("空白课程") in outline_text(form, CourseContent(Facts(title="空白课程")))


@both
def test_knowledge_that_serves_two_kinds_of_work_stands_in_two_rows(form: PaperFormat) -> None:
    content = complete_content()
    [first, *rest] = content.modules
    lesson = first.lessons[0]
    points = (
        replace(lesson.knowledge[0], work_content="甲类工作"),
        replace(lesson.knowledge[1], work_content="乙类工作"),
    )
    module = replace(first, lessons=(replace(lesson, knowledge=points), *first.lessons[1:]))
    text = outline_text(form, replace(content, modules=(module, *rest)))
    for each in said(f"{points[0].text}甲类工作", f"{points[1].text}乙类工作"):
        assert each in text
    assert text.count(squeezed("1.00 学时（45 分钟）")) == 1


def test_every_page_of_the_pdf_has_course_version_and_number() -> None:
    content = complete_content()
    pages = pages_of(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.PDF))
    assert 4 <= len(pages) <= 5
    for number, page in enumerate(pages, 1):
        assert squeezed(f"低压电工安全第 3 版 · 校验值 {content.sha256[:12]}") in squeezed(page)
        assert squeezed(f"第 {number} 页，共 {len(pages)} 页") in squeezed(page)


def test_the_word_file_counts_its_pages_and_repeats_the_heads_of_tables() -> None:
    content = complete_content()
    opened = word(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.WORD))
    footer = opened.sections[0].footer._element.xml
    assert [code for code in ("PAGE", "NUMPAGES") if f">{code}</w:instrText>" in footer] == ["PAGE", "NUMPAGES"]
    assert "w:tblHeader" in opened.element.xml
    assert (opened.sections[0].page_width.cm, opened.sections[0].page_height.cm) == pytest.approx((21, 29.7), abs=0.01)


@pytest.mark.clause("M7")
def test_the_introduction_is_one_page() -> None:
    content = complete_content()
    [page] = pages_of(print_introduction(content=content, facts=paper_facts(content), form=PaperFormat.PDF))
    assert squeezed("第 1 页，共 1 页") in squeezed(page)


@pytest.mark.clause("M7")
@both
def test_the_introduction_says_for_whom_how_long_by_whom_and_in_which_forms(form: PaperFormat) -> None:
    content = complete_content()
    text = text_of(print_introduction(content=content, facts=paper_facts(content), form=form))
    wanted = (
        "在岗低压电工",
        "12.00 学时（540 分钟）",
        "视频 6、音频 1、文档 2",
        "王建国、李秀英",
        "课节测验 20%、理论考试 40%、实操考核 40%",
    )
    for each in said(*wanted, "引进：广东安培教育科技有限公司", "触电急救、电气火灾的扑救、应急处置流程图"):
        assert each in text


@both
def test_groups_for_whom_a_course_is_free_are_named(form: PaperFormat) -> None:
    groups = (PriorityGroup.VETERANS, PriorityGroup.MIGRANT_WORKERS)
    content = complete_content(facts=complete_facts(fee=Fee.FREE_FOR_GROUPS, free_for=groups))
    text = text_of(print_introduction(content=content, facts=paper_facts(content), form=form))
    assert squeezed("以下群体免费：退役军人、农民工") in text


@both
def test_a_special_ability_has_no_level(form: PaperFormat) -> None:
    facts = complete_facts(occupation=None, level=None, special_ability="触电急救", hours=Hours(online=800, live=200))
    content = complete_content(facts=facts, planned=(PlannedItem(Mode.LIVE, "答疑", 200),))
    text = outline_text(form, content)
    assert squeezed("触电急救（专项职业能力）") in text
    assert squeezed("直播授课2.00 学时（90 分钟）") in text
    assert squeezed("技能等级") not in text


@both
def test_one_course_gives_one_file_byte_for_byte(form: PaperFormat) -> None:
    content = complete_content()
    first, second = (print_outline(content=content, facts=paper_facts(content), form=form) for _ in range(2))
    assert first == second


def test_a_pdf_carries_only_the_signs_that_it_needs() -> None:
    content = complete_content()
    assert len(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.PDF).body) < LARGEST_PDF
