"""A paper becomes a Word file: block by block, the same bytes for the same paper."""

from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt

from jiangxue.typesetting import word_parts as parts
from jiangxue.typesetting.shapes import (
    Bars,
    Blanks,
    Block,
    Code,
    Column,
    Facts,
    Flow,
    Heading,
    Paper,
    Row,
    SealSpace,
    Table,
    Text,
)
from jiangxue.typesetting.word_tables import write_blanks, write_facts, write_seal_space, write_table

_LONGEST_PROPERTY = 250
_LONG_TITLE = 34
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_A4 = (Cm(21), Cm(29.7))


def word_of(paper: Paper) -> bytes:
    """Return the paper as .docx: A4, headings in 黑体, running text in 宋体, a head and pages that are counted."""
    document = Document()
    parts.set_styles(document)
    width_cm = _set_up(document, paper)
    _write_titles(document, paper)
    for block in paper.cover:
        _write(document, block, width_cm)
    if paper.cover:
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for block in paper.blocks:
        _write(document, block, width_cm)
    buffer = BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _set_up(document: WordDocument, paper: Paper) -> float:
    """Set page, head, foot and properties, and return how wide the text is."""
    section = document.sections[0]
    short, long = _A4
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if paper.is_landscape else (short, long)
    margin = Cm(1.6) if paper.is_landscape else Cm(2.2)
    section.left_margin = section.right_margin = margin
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(1.8)
    width_cm = (section.page_width - 2 * margin) / Cm(1)
    parts.write_header(section.header.paragraphs[0], paper.running_head, width_cm)
    parts.write_footer(section.footer.paragraphs[0], paper.page_words)
    properties = document.core_properties
    properties.title = f"{paper.title}：{paper.subject}"[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = paper.issuer[:_LONGEST_PROPERTY]
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(paper.written_on, time(), UTC)
    properties.language = "zh-CN"
    return width_cm


def _write_titles(document: WordDocument, paper: Paper) -> None:
    title = document.add_paragraph(style="Title")
    run = parts.write(title, paper.subject)
    if len(paper.subject) > _LONG_TITLE:
        run.font.size = Pt(13)
    subtitle = document.add_paragraph(style="Subtitle")
    parts.write(subtitle, paper.title)
    if paper.cover:
        title.paragraph_format.space_before, subtitle.paragraph_format.space_after = Pt(110), Pt(60)


def _write(document: WordDocument, block: Block, width_cm: float) -> None:
    match block:
        case Heading():
            heading = document.add_paragraph(style="Heading 1")
            heading.paragraph_format.page_break_before = block.starts_page
            parts.write(heading, block.text)
        case Text() | Code():
            _write_text(document, block if isinstance(block, Text) else Text(block.lines))
        case Facts() | Bars():
            write_facts(document, _as_facts(block), width_cm)
        case Table():
            write_table(document, block, width_cm)
        case Flow():
            write_table(document, _as_table(block), width_cm)
        case Blanks():
            write_blanks(document, block, width_cm)
        case SealSpace():
            write_seal_space(document, block, width_cm)


def _write_text(document: WordDocument, block: Text) -> None:
    for line in block.lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        run = parts.write(paragraph, line)
        if block.is_note:
            run.font.size, run.font.color.rgb = Pt(9), parts.SOFT
            paragraph.paragraph_format.space_after = Pt(2)


def _as_facts(block: Facts | Bars) -> Facts:
    """Return bars as what they are of and come to, without their pictures."""
    return Facts(tuple((bar.label, bar.note) for bar in block.rows)) if isinstance(block, Bars) else block


def _as_table(flow: Flow) -> Table:
    """Return the steps of a flow as rows: Word draws no picture that can be edited."""
    columns = (Column(flow.heads[0], 1), Column(flow.heads[1], 2))
    rows = (Row((f"{number}  {step.title}", "\n".join(step.lines))) for number, step in enumerate(flow.steps, 1))
    return Table(columns, tuple(rows))


def _without_times(archive: bytes) -> bytes:
    """Return the archive with the times of its entries set to a fixed one."""
    buffer = BytesIO()
    with ZipFile(BytesIO(archive)) as opened, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for name in opened.namelist():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, opened.read(name))
    return buffer.getvalue()
