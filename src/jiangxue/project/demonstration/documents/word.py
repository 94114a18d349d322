"""Writing a text as a Word file."""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from jiangxue.project.demonstration.documents import word_parts as parts
from jiangxue.project.demonstration.documents.archives import without_times
from jiangxue.project.demonstration.documents.fixed import AUTHOR, WRITTEN_AT
from jiangxue.project.demonstration.documents.pictures import drawn
from jiangxue.project.demonstration.documents.texts.blocks import (
    Block,
    DocumentText,
    Drawing,
    Heading,
    Paragraph,
    Steps,
    Table,
)
from jiangxue.project.demonstration.media.fonts import Typeface

_PICTURE_WIDTH = Cm(15.5)


def word_file(text: DocumentText, fonts: Path) -> bytes:
    """Return the .docx of a text: A4, headings in 黑体, running text in 宋体, a header and pages that are counted."""
    document = Document()
    _set_up(document, text)
    _write_title(document, text)
    for block in text.blocks:
        _write(document, block, Typeface(fonts))
    buffer = BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def _set_up(document: WordDocument, text: DocumentText) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.3)
    parts.set_styles(document)
    parts.write_header(section.header.paragraphs[0], text.title, text.notice)
    parts.write_footer(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.subject, properties.comments = text.title, text.subtitle, text.notice
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = WRITTEN_AT
    properties.language = "zh-CN"


def _write_title(document: WordDocument, text: DocumentText) -> None:
    document.add_paragraph(text.title, style="Title")
    document.add_paragraph(text.subtitle, style="Subtitle")
    parts.write_notice(document.add_paragraph(), text.notice)


def _write(document: WordDocument, block: Block, typeface: Typeface) -> None:
    match block:
        case Heading():
            heading = document.add_heading(block.text, 1)
            heading.paragraph_format.page_break_before = block.starts_page
        case Paragraph():
            parts.write_running_text(document.add_paragraph(), block.text)
        case Steps():
            number = parts.new_numbering(document)
            for item in block.items:
                parts.write_step(document.add_paragraph(style="List Number"), item, number)
        case Table():
            caption = document.add_paragraph(block.caption, style="Caption")
            caption.paragraph_format.keep_with_next = True
            parts.write_table(document, block)
        case Drawing():
            _write_drawing(document, block, typeface)


def _write_drawing(document: WordDocument, drawing: Drawing, typeface: Typeface) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(BytesIO(drawn(drawing.name, typeface)), width=_PICTURE_WIDTH)
    picture._inline.docPr.set("descr", drawing.caption)
    document.add_paragraph(drawing.caption, style="Caption")
