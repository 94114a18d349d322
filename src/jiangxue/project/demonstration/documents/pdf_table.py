"""A table in a PDF: every cell broken where a Chinese reader would, the head repeated on every page."""

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from jiangxue.project.demonstration.documents.texts.blocks import Table
from jiangxue.project.demonstration.media.palette import INK, QUIET, RULE
from jiangxue.project.demonstration.media.wrapping import filled

_SIZE, _LINE_MM, _PADDING_MM = 11, 5.8, 1.9
_HEAD_GROUND = (228, 233, 240)
_BLANK = " "  # gives a row without words its height
_HANGING_MM = 4.0  # a pause or a stop may hang over the end of a line


def write_table(sheets: FPDF, table: Table, family: str) -> None:
    """Write a table as wide as the page, below its caption."""
    sheets.set_font(family, "B", 10.5)
    sheets.set_text_color(*QUIET)
    if sheets.will_page_break(24):
        sheets.add_page()
    sheets.cell(0, 7, table.caption, align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheets.set_font(family, size=_SIZE)
    sheets.set_text_color(34, 38, 44)
    sheets.set_fill_color(255)
    sheets.set_draw_color(*RULE)
    sheets.set_line_width(0.3)
    head = FontFace(emphasis="B", color=INK, fill_color=_HEAD_GROUND)
    with sheets.table(
        col_widths=table.shares, line_height=_LINE_MM, padding=_PADDING_MM, headings_style=head, text_align="L"
    ) as made:
        for number, texts in enumerate((table.head, *table.rows)):
            sheets.set_font(family, "B" if number == 0 else "", _SIZE)
            row = made.row()
            for text, width in zip(texts, _widths(sheets, table), strict=True):
                row.cell("\n".join(filled(text, sheets.get_string_width, width)) or _BLANK)
    sheets.ln(3)


def _widths(sheets: FPDF, table: Table) -> list[float]:
    """The room for words in each column."""
    inner = 2 * _PADDING_MM + _HANGING_MM
    return [sheets.epw * share / sum(table.shares) - inner for share in table.shares]
