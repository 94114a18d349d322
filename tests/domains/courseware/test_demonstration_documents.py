"""The demonstration's source files are made from text: each opens, says what it should, and turns into the pages it should."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from zipfile import ZipFile

import av
import docx
import numpy as np
import pikepdf
import pptx
import pytest

from jiangxue.courseware.paging import write_pages
from jiangxue.courseware.rules.files import FileFault, FileKind
from jiangxue.project.demonstration.course import FONTS
from jiangxue.project.demonstration.documents import (
    MODULE_TITLE,
    SLUGS,
    RefusedFile,
    SourceFile,
    build_refused_file,
    build_sources,
)
from jiangxue.project.demonstration.documents.pdf import pdf_file
from jiangxue.project.demonstration.documents.refused import MACRO_PART, REFUSED_NAME, refused_file
from jiangxue.project.demonstration.documents.slides import slides_file
from jiangxue.project.demonstration.documents.texts.apparatus import APPARATUS
from jiangxue.project.demonstration.documents.texts.broadcast import RAIN_AND_LADDER
from jiangxue.project.demonstration.documents.texts.sheets import Spans
from jiangxue.project.demonstration.documents.texts.site_checklist import SITE_CHECKLIST
from jiangxue.project.demonstration.documents.texts.work_ticket import WORK_TICKET
from jiangxue.project.demonstration.documents.word import word_file
from jiangxue.project.demonstration.media.course import COURSE
from jiangxue.project.demonstration.media.errors import FontMissing
from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.media.sound import TARGET_LUFS, loudness_lufs

_PAGES = {"low-voltage-apparatus": 10, "work-ticket": 6, "site-checklist": 6}
_LAST_TIME = re.compile(r"--> (\d\d):(\d\d):(\d\d)\.(\d{3})")


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def sources(target: Path) -> Mapping[str, SourceFile]:
    return {source.slug: source for source in build_sources(target, FONTS)}


@pytest.fixture(scope="module")
def refused(target: Path) -> RefusedFile:
    return build_refused_file(target, FONTS)


def test_there_is_a_ppt_a_word_a_pdf_and_a_sound_in_one_module(sources: Mapping[str, SourceFile]) -> None:
    assert tuple(sources) == SLUGS
    assert [source.kind for source in sources.values()] == [
        FileKind.PPTX,
        FileKind.DOCX,
        FileKind.PDF,
        FileKind.AUDIO,
    ]
    assert {source.module_title for source in sources.values()} == {MODULE_TITLE}
    assert MODULE_TITLE not in {module.title for module in COURSE.modules}
    assert all(source.path.stem == source.title for source in sources.values())


@pytest.mark.parametrize("slug", _PAGES)
def test_a_document_turns_into_its_pages_and_none_is_empty(
    slug: str, sources: Mapping[str, SourceFile], tmp_path: Path
) -> None:
    pages = _pages(sources[slug], tmp_path)
    assert len(pages) == _PAGES[slug]
    assert all(len(page) > 60 for page in pages)
    assert sources[slug].title in pages[0]


def test_the_chart_of_the_ppt_is_still_there_when_it_has_become_a_page(
    sources: Mapping[str, SourceFile], tmp_path: Path
) -> None:
    chart = next(sheet for sheet in APPARATUS.sheets if isinstance(sheet, Spans))
    page = _pages(sources["low-voltage-apparatus"], tmp_path)[APPARATUS.sheets.index(chart)]
    assert chart.axis in page


def test_the_word_file_has_headings_tables_lists_pictures_and_counted_pages(
    sources: Mapping[str, SourceFile],
) -> None:
    document = docx.Document(str(sources["work-ticket"].path))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert document.core_properties.title == document.paragraphs[0].text == WORK_TICKET.title
    assert (styles.count("Heading 1"), len(document.tables), len(document.inline_shapes)) == (8, 5, 2)
    assert styles.count("List Number") == 25
    section = document.sections[0]
    assert WORK_TICKET.title in section.header.paragraphs[0].text
    assert {"PAGE", "NUMPAGES"} <= set(re.findall(r"[A-Z]{4,}", section.footer.paragraphs[0]._p.xml))
    with ZipFile(sources["work-ticket"].path) as archive:
        assert set(re.findall(r'w:eastAsia="([^"]+)"/?>?', archive.read("word/document.xml").decode())) == {
            "宋体",
            "黑体",
        }


def test_each_numbered_list_of_the_word_file_begins_at_one(sources: Mapping[str, SourceFile]) -> None:
    document = docx.Document(str(sources["work-ticket"].path))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style and p.style.name == "List Number"]
    assert [numbers.count(number) for number in dict.fromkeys(numbers)] == [9, 8, 8]


def test_no_slide_of_the_ppt_is_empty_and_every_one_has_a_title(sources: Mapping[str, SourceFile]) -> None:
    slides = list(pptx.Presentation(str(sources["low-voltage-apparatus"].path)).slides)
    assert slides[0].shapes.title.text == APPARATUS.title
    assert len({slide.shapes.title.text for slide in slides}) == len(slides) == len(APPARATUS.sheets)
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) == 1
    assert sum(shape.has_table for slide in slides for shape in slide.shapes) == 1


def test_nothing_on_a_slide_lies_outside_of_it_or_is_too_small_to_read(sources: Mapping[str, SourceFile]) -> None:
    presentation = pptx.Presentation(str(sources["low-voltage-apparatus"].path))
    assert presentation.slide_width * 9 == pytest.approx(presentation.slide_height * 16, rel=0.001)
    for shape in (shape for slide in presentation.slides for shape in slide.shapes):
        assert 0 <= shape.left <= shape.left + shape.width <= presentation.slide_width
        assert 0 <= shape.top <= shape.top + shape.height <= presentation.slide_height
        runs = [run for each in shape.text_frame.paragraphs for run in each.runs] if shape.has_text_frame else []
        assert all(run.font.size.pt >= 12 for run in runs)


def test_the_pdf_holds_words_and_its_own_typeface_and_no_script(sources: Mapping[str, SourceFile]) -> None:
    with pikepdf.open(sources["site-checklist"].path) as pdf:
        assert pdf.docinfo["/Title"] == SITE_CHECKLIST.title
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
        assert "/OpenAction" not in pdf.Root or isinstance(pdf.Root.OpenAction, pikepdf.Array)


def test_the_broadcast_lasts_two_to_three_minutes_at_an_even_loudness(sources: Mapping[str, SourceFile]) -> None:
    with av.open(str(sources["rain-and-ladder"].path)) as file:
        assert file.metadata["title"] == RAIN_AND_LADDER.title
        assert not file.streams.video
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
        rate_hz = file.streams.audio[0].rate
    assert 120 <= len(sound) / rate_hz <= 180
    assert loudness_lufs(sound, rate_hz) == pytest.approx(TARGET_LUFS, abs=1.5)
    assert abs(sound).max() < 1


def test_the_captions_of_the_broadcast_hold_every_sentence_and_end_before_the_sound(
    sources: Mapping[str, SourceFile],
) -> None:
    source = sources["rain-and-ladder"]
    assert source.captions is not None
    captions = source.captions.read_text(encoding="utf-8")
    assert all(sentence.removesuffix("。") in captions for sentence in RAIN_AND_LADDER.sentences)
    hours, minutes, seconds, ms = (int(part) for part in _LAST_TIME.findall(captions)[-1])
    with av.open(str(source.path)) as file:
        assert ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms < file.duration // 1000
    assert all(source.captions is None for slug, source in sources.items() if slug != "rain-and-ladder")


def test_every_document_says_that_it_is_a_demonstration() -> None:
    assert all("演示内容" in text.notice for text in (APPARATUS, WORK_TICKET, SITE_CHECKLIST))
    assert "这是演示内容，语音由机器合成，案例是编写的，人名是假名。" in RAIN_AND_LADDER.sentences


@pytest.mark.parametrize("text", [SITE_CHECKLIST, WORK_TICKET], ids=lambda text: text.slug)
def test_every_character_can_be_drawn(text: object) -> None:
    Typeface(FONTS).must_hold("".join(_strings(asdict(text))))


def test_the_refused_file_is_a_word_file_that_really_holds_a_macro_part(refused: RefusedFile) -> None:
    assert refused.fault is FileFault.MACRO
    assert refused.path.name == REFUSED_NAME
    with ZipFile(refused.path) as archive:
        assert archive.testzip() is None
        assert "没有程序" in archive.read(MACRO_PART).decode()
        assert b"application/vnd.ms-office.vbaProject" in archive.read("[Content_Types].xml")
        assert b"relationships/vbaProject" in archive.read("word/_rels/document.xml.rels")


def test_the_same_text_gives_the_same_bytes() -> None:
    assert slides_file(APPARATUS) == slides_file(APPARATUS)
    assert word_file(WORK_TICKET, FONTS) == word_file(WORK_TICKET, FONTS)
    assert pdf_file(SITE_CHECKLIST, FONTS) == pdf_file(SITE_CHECKLIST, FONTS)
    assert refused_file(FONTS) == refused_file(FONTS)


def test_no_file_says_when_it_was_made(sources: Mapping[str, SourceFile]) -> None:
    for slug in ("low-voltage-apparatus", "work-ticket"):
        with ZipFile(sources[slug].path) as archive:
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_files_that_stand_are_kept_and_a_torn_one_is_made_anew(target: Path, sources: Mapping[str, SourceFile]) -> None:
    torn, kept = sources["work-ticket"].path, sources["site-checklist"].path
    whole, made_at = torn.read_bytes(), kept.stat().st_mtime_ns
    torn.write_bytes(whole[:1000])
    assert {source.slug: source for source in build_sources(target, FONTS)} == sources
    assert torn.read_bytes() == whole
    assert kept.stat().st_mtime_ns == made_at


def test_missing_fonts_are_named_and_nothing_half_made_remains(tmp_path: Path) -> None:
    with pytest.raises(FontMissing, match="npm ci"):
        build_sources(tmp_path / "sources", tmp_path / "no-fonts")
    assert not [path for path in tmp_path.rglob("*.making*") if path.is_file()]


def _pages(source: SourceFile, folder: Path) -> list[str]:
    """Return the words of each page that a learner is going to see."""
    document = write_pages(source.path, source.kind, folder)
    return [(folder / "pages" / f"{page:04}.txt").read_text() for page in range(1, len(document.page_sizes) + 1)]


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for each in value.values() for text in _strings(each))
        case list() | tuple():
            yield from (text for each in value for text in _strings(each))
