"""Everything in a Word file that is a table: facts, tables, lines to fill in, room for a seal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from jiangxue.typesetting.shapes import Blanks, Facts, Row, SealSpace, Table
from jiangxue.typesetting.word_parts import BAND, HEI, INK, LINE, SOFT, element, write

_LABEL_CM = 3.2
_SEAL_CM = 3.8
_MOST_ROWS_TOGETHER = 8
_THIN, _FIRM = ("single", "4", LINE), ("single", "8", "1B2F4E")
type Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a text looks in its cell; without a font or a colour it has those of the style."""

    font: str | None = None
    size: float = 9.5
    colour: RGBColor | None = None
    is_right: bool = False


_PLAIN = Look()
_LABEL = Look(HEI, colour=SOFT)


def write_facts(document: WordDocument, facts: Facts, width_cm: float) -> None:
    """Write pairs of a label and what it says, a line below each."""
    made = _table(document, len(facts.rows), (_LABEL_CM, width_cm - _LABEL_CM))
    for index, (row, (label, said)) in enumerate(zip(made.rows, facts.rows, strict=True)):
        edges: dict[str, Edge] = {"bottom": _THIN} if index else {"top": _FIRM, "bottom": _THIN}
        _fill(row.cells[0], label, _LABEL)
        _fill(row.cells[1], said, Look(size=10.5))
        for cell in row.cells:
            _edges(cell, **edges)
    _space_after(document)


def write_table(document: WordDocument, table: Table, width_cm: float) -> None:
    """Write a table as wide as the text, its head repeated on every page, no row torn."""
    whole = sum(column.share for column in table.columns)
    made = _table(document, 1 + len(table.rows), [width_cm * column.share / whole for column in table.columns])
    head, *rows = made.rows
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, cell in zip(table.columns, head.cells, strict=True):
        _fill(cell, column.title, Look(HEI, colour=INK, is_right=column.is_figure))
        _edges(cell, top=_FIRM, bottom=_FIRM)
    for word_row, row in zip(rows, table.rows, strict=True):
        if row.is_group:
            _fill_group(word_row, row, width_cm)
        else:
            _fill_row(word_row, row, [column.is_figure for column in table.columns])
    _keep_together(made.rows[:-1] if len(rows) <= _MOST_ROWS_TOGETHER else [head])
    _space_after(document)


def write_blanks(document: WordDocument, blanks: Blanks, width_cm: float) -> None:
    """Write labels with a line behind each, to be filled in by hand."""
    each_cm = width_cm / len(blanks.labels)
    label_cm = min(2.4, each_cm / 3)
    made = _table(document, 1, [label_cm, each_cm - label_cm] * len(blanks.labels))
    made.rows[0].height, made.rows[0].height_rule = Cm(0.95), WD_ROW_HEIGHT_RULE.AT_LEAST
    for index, label in enumerate(blanks.labels):
        cell, line = made.rows[0].cells[2 * index], made.rows[0].cells[2 * index + 1]
        _fill(cell, label, Look(HEI))
        _edges(line, bottom=("single", "6", "000000"))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    _space_after(document)


def write_seal_space(document: WordDocument, space: SealSpace, width_cm: float) -> None:
    """Write whose seal it is and the day, beside a dashed square of the size of a seal."""
    _space_after(document)
    made = _table(document, 1, (width_cm - _SEAL_CM, _SEAL_CM))
    row = made.rows[0]
    row.height, row.height_rule = Cm(_SEAL_CM), WD_ROW_HEIGHT_RULE.AT_LEAST
    owner, seal = row.cells
    _fill(owner, f"{space.owner}\n{space.day}", Look(size=10.5, is_right=True))
    _fill(seal, space.caption, _LABEL)
    seal.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    dashed = ("dashed", "6", LINE)
    _edges(seal, top=dashed, bottom=dashed, left=dashed, right=dashed)
    for cell in (owner, seal):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _table(document: WordDocument, rows: int, widths_cm: Sequence[float]) -> WordTable:
    made: WordTable = document.add_table(rows=rows, cols=len(widths_cm))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths_cm, strict=True):
        column.width = Cm(width)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)
    return made


def _keep_together(rows: Iterable[_Row]) -> None:
    """Let no page end after any of these rows."""
    for row in rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill_group(word_row: _Row, row: Row, width_cm: float) -> None:
    """Write a group's name, and what it comes to at the right of the same line."""
    cells = word_row.cells
    merged = cells[0].merge(cells[-1])
    name, amount = row.cells
    merged.width = Cm(width_cm)
    merged.paragraphs[0].paragraph_format.keep_with_next = True
    _fill(merged, name, Look(HEI))
    write(merged.paragraphs[0], f"　{amount}").font.size = Pt(9)
    merged._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=BAND))
    _edges(merged, bottom=_THIN)


def _fill_row(word_row: _Row, row: Row, are_figures: Sequence[bool]) -> None:
    edges: dict[str, Edge] = {"top": _FIRM, "bottom": _FIRM} if row.is_total else {"bottom": _THIN}
    for cell, text, is_figure in zip(word_row.cells, row.cells, are_figures, strict=True):
        _fill(cell, text, Look(HEI if row.is_total else None, is_right=is_figure))
        _edges(cell, **edges)


def _fill(cell: _Cell, text: str, look: Look = _PLAIN) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(2), Pt(2), Pt(look.size * 1.35)
    if look.is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = write(paragraph, text, look.font)
    run.font.size = Pt(look.size)
    if look.colour is not None:
        run.font.color.rgb = look.colour


def _edges(cell: _Cell, **edges: Edge) -> None:
    """Draw the named edges of a cell, in the order that the format asks for."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        if side in edges:
            kind, size, colour = edges[side]
            borders.append(element(f"w:{side}", val=kind, sz=size, space="0", color=colour))
    properties = cell._tc.get_or_add_tcPr()
    properties.insert_element_before(
        borders, "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign"
    )


def _space_after(document: WordDocument) -> None:
    form = document.add_paragraph().paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(7)
