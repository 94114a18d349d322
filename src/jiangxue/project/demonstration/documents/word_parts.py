"""The parts of a Word file: styles, header and footer, numbered lists, tables."""

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from jiangxue.project.demonstration.documents.texts.blocks import Table
from jiangxue.project.demonstration.media.palette import INK, QUIET, RULE, SEAL, Colour

SONG, HEI = "宋体", "黑体"
_TEXT_WIDTH_CM = 16.0
_INK, _QUIET, _SEAL = (RGBColor(*colour) for colour in (INK, QUIET, SEAL))
_BLACK = RGBColor(0x22, 0x26, 0x2C)


def set_styles(document: WordDocument) -> None:
    """Give the built-in styles the fonts, sizes and distances of this house."""
    for name, font, size, colour in (
        ("Normal", SONG, 12, _BLACK),
        ("Title", HEI, 26, _INK),
        ("Subtitle", HEI, 13, _QUIET),
        ("Heading 1", HEI, 15, _INK),
        ("Caption", HEI, 10.5, _QUIET),
        ("List Number", SONG, 12, _BLACK),
        ("Header", HEI, 9, _QUIET),
        ("Footer", HEI, 9, _QUIET),
    ):
        _set_type(_style(document, name), font, size, colour)
    for name, before, after, lines in (
        ("Normal", 0, 6, 1.5),
        ("Title", 24, 6, 1.2),
        ("Subtitle", 0, 6, 1.2),
        ("Heading 1", 16, 8, 1.2),
        ("Caption", 6, 6, 1.2),
        ("List Number", 0, 4, 1.4),
    ):
        form = _style(document, name).paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), lines
    for name in ("Title", "Subtitle", "Caption"):
        _style(document, name).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title = _style(document, "Title").element
    title.pPr.remove(title.pPr.find(qn("w:pBdr")))


def write_notice(paragraph: Paragraph, notice: str) -> None:
    """Say below the title that this is a demonstration."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(14)
    run = _run(paragraph, notice, HEI)
    run.font.size, run.font.color.rgb = Pt(10.5), _SEAL


def write_header(paragraph: Paragraph, title: str, notice: str) -> None:
    """Put title and notice at the head of every page, above a line."""
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, f"{title}　｜　{notice}", HEI)
    border = _element("w:bottom", val="single", sz="4", space="4", color=_hex(RULE))
    borders = OxmlElement("w:pBdr")
    borders.append(border)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def write_footer(paragraph: Paragraph) -> None:
    """Count the pages at the foot: 第 1 页　共 6 页."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        _run(paragraph, text, HEI)
        if field:
            _add_field(_run(paragraph, "", HEI), field)


def write_running_text(paragraph: Paragraph, text: str) -> None:
    """Write a paragraph with its first line two characters in."""
    paragraph.paragraph_format.first_line_indent = Pt(24)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _run(paragraph, text, SONG)


def new_numbering(document: WordDocument) -> int:
    """Return the number of a new list that begins at 1."""
    numbering = document.part.numbering_part.element
    of_style = _style(document, "List Number").element.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == of_style)
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def write_step(paragraph: Paragraph, text: str, numbering: int) -> None:
    """Write one item of a numbered list; its first words, up to the first full stop of a short title, stand in 黑体."""
    numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    numbered.get_or_add_numId().val = numbering
    numbered.get_or_add_ilvl().val = 0
    paragraph.paragraph_format.left_indent = Pt(18)
    paragraph.paragraph_format.first_line_indent = Pt(-18)
    title, stop, rest = text.partition("。")
    if not rest:
        title, stop, rest = "", "", text
    _run(paragraph, title + stop, HEI)
    _run(paragraph, rest, SONG)


def write_table(document: WordDocument, table: Table) -> None:
    """Write a table as wide as the text, its head repeated on every page, its rows never torn."""
    made = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Cm(_TEXT_WIDTH_CM * share / sum(table.shares)) for share in table.shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for _ in table.rows:
        made.add_row()
    for number, (row, texts) in enumerate(zip(made.rows, (table.head, *table.rows), strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = width
            _write_cell(cell, text, HEI if number == 0 or place == 0 else SONG)
            if number == 0:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="E4E9F0"))
    document.add_paragraph().paragraph_format.line_spacing = 0.5


def _write_cell(cell: _Cell, text: str, font: str) -> None:
    paragraph = cell.paragraphs[0]
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(3), Pt(3), 1.25
    _run(paragraph, text, font).font.size = Pt(10.5)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _set_type(style: ParagraphStyle, font: str, size: float, colour: RGBColor) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    style.font.name = font
    _name_fonts(properties.rFonts, font)
    style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, False
    style.font.italic = False


def _run(paragraph: Paragraph, text: str, font: str) -> Run:
    run = paragraph.add_run(text)
    run.font.name = font
    _name_fonts(run._r.get_or_add_rPr().rFonts, font)
    return run


def _name_fonts(fonts: BaseOxmlElement | None, font: str) -> None:
    assert fonts is not None  # `font.name` has just made it
    for use in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{use}"), font)


def _add_field(run: Run, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.text = code
    for part in (_element("w:fldChar", fldCharType="begin"), instruction, _element("w:fldChar", fldCharType="end")):
        run._r.append(part)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _hex(colour: Colour) -> str:
    return "".join(f"{part:02X}" for part in colour)
