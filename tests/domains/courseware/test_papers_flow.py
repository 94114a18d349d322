"""The training flow as a picture that may stand within a page. Clause M7."""

from xml.etree import ElementTree as ET

import pytest
from PIL import ImageFont

from jiangxue.courseware.papers import flow_of
from jiangxue.courseware.rules.content import AssessmentPart, CourseContent, Facts, Hours, Mode, PlannedItem
from jiangxue.courseware.rules.lengths import Pace
from jiangxue.courseware.services.papers import draw_flow
from tests.domains.courseware.honest import CJK_FONT
from tests.domains.courseware.paper_reading import HOSTILE
from tests.factories.content import complete_content, complete_facts

SVG = "{http://www.w3.org/2000/svg}"


def steps(content: CourseContent) -> list[str]:
    return [step.title for step in flow_of(content, Pace()).steps]


def drawn(content: CourseContent) -> ET.Element:
    return ET.fromstring(draw_flow(content=content, pace=Pace()))


@pytest.mark.clause("M7")
def test_the_flow_leads_from_enrolment_to_certificate_and_archive() -> None:
    assert steps(complete_content()) == [
        "报名与实名认证",
        "签署承诺书、开班",
        "线上学习",
        "课节测验",
        "线下实操",
        "考核",
        "发放培训合格证书",
        "形成电子档案",
    ]


def test_only_the_modes_that_a_course_has_are_drawn() -> None:
    live = CourseContent(Facts(title="直播课", hours=Hours(live=200)), planned=(PlannedItem(Mode.LIVE, "答疑", 200),))
    assert steps(live) == ["报名与实名认证", "签署承诺书、开班", "直播授课", "发放培训合格证书", "形成电子档案"]


def test_hours_and_weights_stand_in_the_picture() -> None:
    texts = "".join(drawn(complete_content()).itertext())
    for each in (
        "8.00 学时（360 分钟） · 3 章 9 课节",
        "4.00 学时（180 分钟） · 2 项",
        "实操考核 40%",
        "9 个课节有测验",
    ):
        assert each in texts


def test_the_picture_has_nothing_that_a_page_forbids() -> None:
    for element in drawn(complete_content()).iter():
        assert element.tag in {f"{SVG}svg", f"{SVG}rect", f"{SVG}text", f"{SVG}path"}
        assert not {"style", "id", "href", "onload"} & set(element.attrib)


def test_a_title_of_every_language_stays_a_text_of_the_picture() -> None:
    content = complete_content(assessment=(AssessmentPart(HOSTILE, "", 100),))
    texts = "".join("".join(element.itertext()) for element in drawn(content).iter(f"{SVG}text"))
    assert "".join(f"{HOSTILE} 100%".split()) in "".join(texts.split())


@pytest.mark.parametrize(
    "name", ["很长的考核项目名称" * 25, "W" * 200, "@%" * 90, "Installation and maintenance of low voltage " * 4]
)
def test_a_long_name_is_broken_within_its_box(name: str) -> None:
    picture = drawn(complete_content(assessment=(AssessmentPart(name, "", 100),)))
    for text in picture.iter(f"{SVG}text"):
        font = ImageFont.truetype(CJK_FONT, int(text.get("font-size", "")))
        assert int(text.get("x", "")) + font.getlength(text.text or "") <= 352


def test_every_text_lies_within_a_box() -> None:
    picture = drawn(complete_content(facts=complete_facts(hours=Hours(800, 100, 400))))
    boxes = [(int(box.get("y", "")), int(box.get("height", ""))) for box in picture.iter(f"{SVG}rect")]
    for text in picture.iter(f"{SVG}text"):
        assert any(top < int(text.get("y", "")) < top + height for top, height in boxes)
    assert sum(boxes[-1]) <= int(picture.get("height", "0"))
