"""The sheet of review opinions and the inventory of resources, read back from both kinds of file. Clauses T1.4, M6, M7."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from jiangxue.courseware.papers.inventory import licence_state
from jiangxue.courseware.rules.content import CourseContent, Licence
from jiangxue.courseware.rules.paper_facts import ReviewedPoint, ReviewStep
from jiangxue.courseware.services.papers import PaperFormat, print_inventory, print_review_sheet
from tests.domains.courseware.paper_reading import INSTITUTION, pages_of, paper_facts, squeezed, text_of, word
from tests.factories.content import TODAY, complete_content, complete_facts

both = pytest.mark.parametrize("form", PaperFormat)
ANSWERS = ("符合", "需修改", "不涉及")
SIGNED = ReviewStep(
    step="初审",
    answers=ANSWERS,
    points=(
        ReviewedPoint("政治与意识形态", "符合"),
        ReviewedPoint("内容正确与安全", "需修改"),
    ),
    reviewer="王建军",
    belongs_to="广东省职业培训评估中心",
    verdict="修改后再审",
    comment="除验电顺序外内容完整。",
    signed_at=datetime(2026, 11, 10, 6, 30, tzinfo=UTC),
    sha256="ab" * 32,
)
OPEN = ReviewStep("复审", ANSWERS, (ReviewedPoint("字幕"),))


def sheet_text(form: PaperFormat, *steps: ReviewStep) -> str:
    content = complete_content()
    return text_of(print_review_sheet(content=content, facts=paper_facts(content), steps=steps, form=form))


@pytest.mark.clause("T1.4")
@both
def test_a_signed_review_says_who_found_what_and_when(form: PaperFormat) -> None:
    text = sheet_text(form, SIGNED)
    wanted = (
        "审核人王建军",
        "所在单位广东省职业培训评估中心",
        "审核结论修改后再审",
        "签署时间2026-11-10 14:30 · 校验值 abababababab",
    )
    for each in (
        *wanted,
        "政治与意识形态√",
        "内容正确与安全√",
        "审核意见：除验电顺序外内容完整。",
        "签名",
        "日期",
    ):
        assert squeezed(each) in text


@pytest.mark.clause("M6")
@both
def test_an_open_review_is_a_form_to_be_filled_in(form: PaperFormat) -> None:
    text = sheet_text(form, OPEN)
    assert "√" not in text
    for each in ("复审", "字幕", "审核意见：", "审核结论", "签名", "日期", "盖章处"):
        assert squeezed(each) in text


@both
def test_a_review_without_a_comment_says_so(form: PaperFormat) -> None:
    assert squeezed("审核意见：无") in sheet_text(form, replace(SIGNED, comment=""))


def test_each_step_has_a_page_of_its_own_for_its_signature() -> None:
    content = complete_content()
    steps = (SIGNED, OPEN, replace(OPEN, step="终审"))
    pages = pages_of(print_review_sheet(content=content, facts=paper_facts(content), steps=steps, form=PaperFormat.PDF))
    assert [name in squeezed(page) for name, page in zip(("初审", "复审", "终审"), pages, strict=True)] == [True] * 3


def test_a_sign_of_approval_stands_in_its_own_column() -> None:
    content = complete_content()
    opened = word(
        print_review_sheet(content=content, facts=paper_facts(content), steps=[SIGNED], form=PaperFormat.WORD)
    )
    points = next(table for table in opened.tables if table.rows[0].cells[0].text == "审核要点")
    assert [[cell.text for cell in row.cells] for row in points.rows] == [
        ["审核要点", "符合", "需修改", "不涉及", "说明"],
        ["政治与意识形态", "√", "", "", ""],
        ["内容正确与安全", "", "√", "", ""],
    ]


def courses() -> list[CourseContent]:
    own = complete_content(facts=complete_facts(title="叉车安全", is_imported=False, supplier=""), licences=())
    return [complete_content(), own]


@pytest.mark.clause("M7")
@both
def test_the_inventory_counts_forms_hours_and_suppliers_course_by_course(form: PaperFormat) -> None:
    text = text_of(print_inventory(contents=courses(), facts=paper_facts(complete_content()), form=form))
    row = "电工 · 四级/中级工6 4 小时 55 分1 40 分2 90 页8.00 0.00 4.00"
    for each in (
        INSTITUTION,
        "共 2 门：自有 1 门，引进 1 门",
        f"1低压电工安全{row}引进：广东安培教育科技有限公司有效期至 2028-06-30",
        f"2叉车安全{row}自有自有资源，不需要",
        "合计12 9 小时 50 分2 1 小时 20 分4 180 页16.00 0.00 8.00",
    ):
        assert squeezed(each) in text


def test_the_inventory_lies_across_the_page() -> None:
    facts = paper_facts(complete_content())
    section = word(print_inventory(contents=courses(), facts=facts, form=PaperFormat.WORD)).sections[0]
    assert section.page_width > section.page_height


@both
def test_an_institution_without_courses_has_an_inventory_of_none(form: PaperFormat) -> None:
    text = text_of(print_inventory(contents=[], facts=paper_facts(complete_content()), form=form))
    assert squeezed("共 0 门：自有 0 门，引进 0 门") in text


def test_a_hundred_courses_are_an_inventory_of_a_few_pages() -> None:
    facts = paper_facts(complete_content())
    pages = pages_of(print_inventory(contents=courses() * 50, facts=facts, form=PaperFormat.PDF))
    assert 6 <= len(pages) <= 12
    assert all(squeezed("合法使用证明") in squeezed(page) for page in pages[:-1])


@pytest.mark.clause("M7")
@pytest.mark.parametrize(
    ("licences", "state"),
    [
        ((), "缺少授权证明"),
        ((Licence("书", "甲", TODAY - timedelta(days=1), "a"), Licence("书", "乙", None, "a")), "已于 2026-11-23 到期"),
        ((Licence("书", "甲", None),), "缺少证明文件"),
        (
            (Licence("书", "甲", date(2028, 1, 1), "a"), Licence("书", "乙", date(2027, 1, 1), "a")),
            "有效期至 2027-01-01",
        ),
        ((Licence("书", "甲", None, "a"),), "长期有效"),
    ],
)
def test_the_worst_licence_says_how_it_stands(licences: tuple[Licence, ...], state: str) -> None:
    assert licence_state(complete_content(licences=licences), TODAY) == state
