"""Writing a text as a PDF with real words in an embedded typeface."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from jiangxue.project.demonstration.documents.fixed import AUTHOR, WRITTEN_AT
from jiangxue.project.demonstration.documents.pdf_drawing import DRAWINGS, Sketch
from jiangxue.project.demonstration.documents.pdf_table import write_table
from jiangxue.project.demonstration.documents.texts.blocks import (
    Block,
    DocumentText,
    Drawing,
    Heading,
    Paragraph,
    Steps,
    Table,
)
from jiangxue.project.demonstration.media.errors import FontMissing
from jiangxue.project.demonstration.media.palette import INK, QUIET, RULE, SEAL
from jiangxue.project.demonstration.media.wrapping import filled

FAMILY = "Noto"
_FILE = (
    "noto-sans-sc-chinese-simplified-{weight}-normal.woff"  # fpdf2 needs no further package for woff; for woff2 it does
)
_TEXT_SIZE, _LINE_MM = 12, 7.6


class Sheets(FPDF):
    """Pages of A4 with the title at the head and the count of pages at the foot."""

    def __init__(self, text: DocumentText) -> None:
        super().__init__(format="A4")
        self._text = text
        self.set_margins(18, 16, 18)
        self.set_auto_page_break(True, margin=18)

    def header(self) -> None:
        """Write title and notice above a line; the first page has its own head."""
        if self.page_no() == 1:
            return
        self.set_font(FAMILY, size=8.5)
        self.set_text_color(*QUIET)
        self.cell(self.epw / 2, 5, self._text.title)
        self.cell(self.epw / 2, 5, self._text.notice, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_draw_color(*RULE)
        self.set_line_width(0.3)
        self.line(self.l_margin, self.get_y() + 1, self.l_margin + self.epw, self.get_y() + 1)
        self.ln(5)

    def footer(self) -> None:
        """Count the pages."""
        self.set_y(-13)
        self.set_font(FAMILY, size=8.5)
        self.set_text_color(*QUIET)
        self.cell(0, 5, f"第 {self.page_no()} 页　共 {{nb}} 页", align="C")


def pdf_file(text: DocumentText, fonts: Path) -> bytes:
    """Return the PDF of a text: A4, its words selectable, its typeface embedded."""
    sheets = Sheets(text)
    for style, weight in (("", 400), ("B", 700)):
        path = fonts / _FILE.format(weight=weight)
        if not path.is_file():
            raise FontMissing(f"{path} is missing; `npm ci` installs it")
        sheets.add_font(FAMILY, style, path)
    sheets.set_creation_date(WRITTEN_AT)
    sheets.set_title(text.title)
    sheets.set_subject(text.notice)
    sheets.set_author(AUTHOR)
    sheets.set_lang("zh-CN")
    sheets.add_page()
    _write_title(sheets, text)
    for block in text.blocks:
        _write(sheets, block)
    return bytes(sheets.output())


def _write_title(sheets: Sheets, text: DocumentText) -> None:
    sheets.set_fill_color(*SEAL)
    sheets.rect(sheets.l_margin, 17, 13, 13, style="F")
    sheets.set_font(FAMILY, "B", 24)
    sheets.set_text_color(255)
    sheets.set_xy(sheets.l_margin, 17)
    sheets.cell(13, 13, "安", align="C")
    sheets.set_text_color(*INK)
    sheets.set_xy(sheets.l_margin + 18, 16)
    sheets.cell(0, 10, text.title)
    sheets.set_xy(sheets.l_margin + 18, 25.5)
    sheets.set_font(FAMILY, size=9.5)
    sheets.set_text_color(*QUIET)
    sheets.cell(0, 5, f"{text.subtitle}　　{text.notice}")
    sheets.set_draw_color(*INK)
    sheets.set_line_width(0.6)
    sheets.line(sheets.l_margin, 34, sheets.l_margin + sheets.epw, 34)
    sheets.set_xy(sheets.l_margin, 37)


def _write(sheets: Sheets, block: Block) -> None:
    match block:
        case Heading():
            _write_heading(sheets, block)
        case Paragraph():
            _write_lines(sheets, block.text, indent=0)
            sheets.ln(1.5)
        case Steps():
            for number, item in enumerate(block.items, 1):
                sheets.set_font(FAMILY, "B", _TEXT_SIZE)
                sheets.set_text_color(*INK)
                sheets.cell(7, _LINE_MM, f"{number}.")
                _write_lines(sheets, item, indent=7)
            sheets.ln(1.5)
        case Table():
            write_table(sheets, block, FAMILY)
        case Drawing():
            _write_drawing(sheets, block)


def _write_heading(sheets: Sheets, heading: Heading) -> None:
    if heading.starts_page:
        sheets.add_page()
    else:
        sheets.ln(2)
    sheets.set_font(FAMILY, "B", 16)
    sheets.set_text_color(*INK)
    sheets.cell(0, 10, heading.text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheets.start_section(heading.text)
    sheets.ln(1)


def _write_lines(sheets: Sheets, text: str, *, indent: float) -> None:
    sheets.set_font(FAMILY, size=_TEXT_SIZE)
    sheets.set_text_color(34, 38, 44)
    for line in filled(text, sheets.get_string_width, sheets.epw - indent - 5):
        sheets.set_x(sheets.l_margin + indent)
        sheets.cell(0, _LINE_MM, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _write_drawing(sheets: Sheets, drawing: Drawing) -> None:
    height, draw = DRAWINGS[drawing.name]
    sheets.ln(3)
    if sheets.will_page_break(height + 8):
        sheets.add_page()
    top = sheets.get_y()
    draw(Sketch(sheets, FAMILY, sheets.l_margin + 2, top + 2))
    sheets.set_xy(sheets.l_margin, top + height)
    sheets.set_font(FAMILY, size=9)
    sheets.set_text_color(*QUIET)
    sheets.cell(0, 6, drawing.caption, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheets.ln(2)
