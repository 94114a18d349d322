"""The parts of a Word file: styles, runs, head and foot. All text of others goes through `write`, which makes no field of any."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG, HEI = "宋体", "黑体"
INK, SOFT, BLACK = RGBColor(0x1B, 0x2F, 0x4E), RGBColor(0x41, 0x54, 0x6F), RGBColor(0, 0, 0)
LINE, BAND = "8A8F98", "EEF1F5"
_BEFORE_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_styles(document: WordDocument) -> None:
    """Give the built-in styles the fonts, sizes and distances of this house; lines of running text are as high with any font."""
    for name, font, size, colour, (before, after, lines) in (
        ("Normal", SONG, 10.5, BLACK, (0, 3, Pt(16))),
        ("Title", HEI, 20, INK, (0, 2, 1.2)),
        ("Subtitle", HEI, 14, SOFT, (0, 8, 1.2)),
        ("Heading 1", HEI, 13, INK, (10, 4, 1.2)),
        ("Header", HEI, 8.5, SOFT, (0, 0, 1.0)),
        ("Footer", HEI, 8.5, SOFT, (0, 0, 1.0)),
    ):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        _set_type(style, font, size, colour)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), lines
        if name in ("Title", "Subtitle"):
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    # A line below the title, and tab stops that fit another size of paper.
    for name, unwanted in (("Title", "w:pBdr"), ("Header", "w:tabs")):
        properties = document.styles[name].element.pPr
        properties.remove(properties.find(qn(unwanted)))


def write(paragraph: Paragraph, text: str, font: str | None = None) -> Run:
    """Add a text as it is to a paragraph; breaks of line stay, nothing in it is read as a code."""
    run = paragraph.add_run(text)
    if font is not None:
        run.font.name = font
        _name_fonts(run._r.get_or_add_rPr().rFonts, font)
    return run


def write_header(paragraph: Paragraph, words: tuple[str, str], width_cm: float) -> None:
    """Put the course on the left and its version on the right of every page, above a line."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width_cm), WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, words[0])
    paragraph.add_run("\t")
    write(paragraph, words[1])
    borders = OxmlElement("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="4", space="4", color=LINE))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_BEFORE_BORDERS)


def write_footer(paragraph: Paragraph, words: tuple[str, str, str]) -> None:
    """Count the pages at the foot."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in zip(words, ("PAGE", "NUMPAGES", ""), strict=True):
        write(paragraph, text)
        if code:
            _add_field(paragraph.add_run(), code)


def element(name: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML with its attributes."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _set_type(style: ParagraphStyle, font: str, size: float, colour: RGBColor) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    style.font.name = font
    _name_fonts(properties.rFonts, font)
    style.font.size, style.font.color.rgb = Pt(size), colour
    style.font.bold = style.font.italic = False


def _name_fonts(fonts: BaseOxmlElement | None, font: str) -> None:
    assert fonts is not None  # `font.name` has just made it
    for use in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{use}"), font)


def _add_field(run: Run, code: str) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.text = code
    for part in (element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="end")):
        run._r.append(part)
