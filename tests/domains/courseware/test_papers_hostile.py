"""Whatever stands in a title stays a text: no markup of typst, no code of Word, no name of a file. Clause M7."""

import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiangxue.courseware.papers import outline, pdf_of, word_of
from jiangxue.courseware.rules.content import CourseContent, KnowledgePoint, TaughtModule
from jiangxue.courseware.services.papers import PaperFormat, print_introduction, print_inventory, print_outline
from jiangxue.project.env import read
from jiangxue.typesetting.errors import FontsMissing
from tests.domains.courseware.honest import CJK_FONT
from tests.domains.courseware.paper_reading import HOSTILE, pages_of, paper_facts, squeezed, text_of, titled, word
from tests.factories.content import complete_content, complete_facts, lesson_of

both = pytest.mark.parametrize("form", PaperFormat)


def hostile_everywhere(text: str) -> CourseContent:
    """Return a course with one text in the place of most others."""
    content = complete_content()
    facts = complete_facts(title=text, summary=text, goals=f"{text}\n{text}", supplier=text, target_group=text)
    lesson = lesson_of(1, text, 400, knowledge=(KnowledgePoint(text, text),))
    return replace(
        content,
        facts=facts,
        modules=(TaughtModule(text, (lesson,)),),
        planned=tuple(replace(item, title=text, place=text) for item in content.planned),
        assessment=tuple(replace(part, name=text, method=text) for part in content.assessment),
        lecturers=tuple(replace(lecturer, name=text, qualification=text) for lecturer in content.lecturers),
        licences=tuple(replace(licence, title=text, holder=text) for licence in content.licences),
    )


@both
def test_a_text_of_every_language_appears_literally_wherever_it_stands(form: PaperFormat) -> None:
    content = hostile_everywhere(HOSTILE)
    text = text_of(print_outline(content=content, facts=paper_facts(content), form=form))
    assert text.count(squeezed(HOSTILE)) >= 15


@both
def test_the_inventory_shows_it_literally_too(form: PaperFormat) -> None:
    content = hostile_everywhere(HOSTILE)
    text = text_of(print_inventory(contents=[content], facts=paper_facts(content, institution=HOSTILE), form=form))
    assert text.count(squeezed(HOSTILE)) >= 3


def test_no_text_becomes_a_field_or_a_link_of_word() -> None:
    content = hostile_everywhere(
        '{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" } { INCLUDETEXT } =1+1 http://a.example'
    )
    printed = print_outline(content=content, facts=paper_facts(content), form=PaperFormat.WORD)
    opened = word(printed)
    assert "instrText" not in opened.element.xml
    assert "fldSimple" not in opened.element.xml
    assert "w:hyperlink" not in opened.element.xml
    assert not [part for part in opened.part.rels.values() if part.is_external]


@both
@pytest.mark.parametrize("name", ["很长的课程名称" * 28, "W" * 200, "a-b/" * 50])
def test_a_name_of_200_characters_keeps_within_the_page(form: PaperFormat, name: str) -> None:
    content = titled(name)
    text = text_of(print_introduction(content=content, facts=paper_facts(content), form=form))
    assert squeezed(name) in text


def test_a_long_word_is_broken_rather_than_cut_off() -> None:
    content = hostile_everywhere("W" * 200)
    pages = pages_of(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.PDF))
    assert len(pages) <= 12


@pytest.mark.parametrize("form", [PaperFormat.WORD])
def test_pictures_of_feelings_stay(form: PaperFormat) -> None:
    content = titled("电工😀安全")
    assert "电工😀安全" in text_of(print_outline(content=content, facts=paper_facts(content), form=form))


def test_a_sign_that_no_font_has_takes_nothing_else_with_it() -> None:
    content = titled("电工😀安全")
    text = text_of(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.PDF))
    assert "电工" in text
    assert "安全" in text


@both
def test_signs_that_turn_the_order_around_or_cannot_be_shown_are_left_out(form: PaperFormat) -> None:
    content = titled("安全\u202e工电\x00\x07\ud800\ufffe")
    facts = paper_facts(complete_content())  # what cannot be written has no hash of its own
    text = text_of(print_outline(content=content, facts=facts, form=form))
    assert "安全工电" in text


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_at_all_gives_a_paper(text: str) -> None:
    content = hostile_everywhere(text)
    paper = outline(content, paper_facts(complete_content(), institution=text))
    assert pdf_of(paper).startswith(b"%PDF")
    assert word_of(paper).startswith(b"PK")


def test_the_name_of_a_file_holds_nothing_that_file_systems_refuse() -> None:
    content = titled('../../etc/passwd\n"a"<b>|c?*:\\')
    printed = print_outline(content=content, facts=paper_facts(content), form=PaperFormat.PDF)
    assert printed.name == "培训大纲-.._.._etc_passwd__a__b__c____.pdf"
    assert printed.media_type == "application/pdf"


def test_a_word_file_names_no_time_but_the_day_of_the_paper(tmp_path: Path) -> None:
    content = complete_content()
    path = tmp_path / "outline.docx"
    path.write_bytes(print_outline(content=content, facts=paper_facts(content), form=PaperFormat.WORD).body)
    with ZipFile(path) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "2026-11-24T00:00:00Z" in ZipFile(path).read("docProps/core.xml").decode()


def test_without_chinese_fonts_a_pdf_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as refused:
        pdf_of(outline(complete_content(), paper_facts(complete_content())), tmp_path)
    assert list(refused.value.families) == ["Noto Sans CJK SC", "Noto Serif CJK SC"]


def test_the_settings_may_name_a_folder_of_fonts() -> None:
    folder = Path(CJK_FONT).parent
    assert read({**os.environ, "JIANGXUE_PAPER_FONTS": str(folder)}).paper_fonts == folder
    paper = outline(complete_content(), paper_facts(complete_content()))
    assert pdf_of(paper, folder) == pdf_of(paper)


def test_without_one_fontconfig_is_asked() -> None:
    assert read({**os.environ, "JIANGXUE_PAPER_FONTS": ""}).paper_fonts is None
