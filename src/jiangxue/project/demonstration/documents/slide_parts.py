"""The parts of a PPT slide: ground, title, words, boxes, signs; places and sizes are in inches, type in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import Font, TextFrame
from pptx.util import Inches, Length, Pt

from jiangxue.project.demonstration.documents.signs import SIGNS
from jiangxue.project.demonstration.media.palette import INK, PAPER, QUIET, RULE, SEAL, Colour

FACE = "微软雅黑"
WIDTH, HEIGHT = 13.333, 7.5
LEFT, RIGHT = 0.9, WIDTH - 0.9
PALE: Colour = (228, 233, 240)
WHITE: Colour = (255, 255, 255)
_TITLE_ONLY = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a slide."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """How words are set."""

    size: float
    colour: Colour = INK
    bold: bool = False
    align: PP_ALIGN = PP_ALIGN.LEFT


@dataclass(frozen=True, slots=True)
class Board:
    """One slide to draw on."""

    slide: Slide

    def title(self, text: str, place: Place, words: Words) -> None:
        """Write the title into the slide's own place for it, so that outlines and screen readers find it."""
        shape = self.slide.shapes.title
        assert shape is not None
        shape.left, shape.top = Inches(place.left), Inches(place.top)
        shape.width, shape.height = Inches(place.width), Inches(place.height)
        shape.text_frame.text = text
        _set_frame(shape.text_frame, words, MSO_ANCHOR.BOTTOM)

    def words(self, texts: Sequence[str], place: Place, words: Words, *, after: float = 0) -> None:
        """Write lines below each other, `after` points apart."""
        frame = self.slide.shapes.add_textbox(*emu(place)).text_frame
        _fill_frame(frame, texts)
        _set_frame(frame, words, MSO_ANCHOR.TOP)
        for paragraph in frame.paragraphs:
            paragraph.space_after = Pt(after)

    def box(self, texts: Sequence[str], place: Place, words: Words, *, fill: Colour = WHITE) -> Shape:
        """Draw a box with words in its middle."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *emu(place))
        _take_style(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
        shape.line.color.rgb, shape.line.width = rgb(INK), Pt(1.5)
        _fill_frame(shape.text_frame, texts)
        _set_frame(shape.text_frame, words, MSO_ANCHOR.MIDDLE)
        return shape

    def bar(self, place: Place, colour: Colour) -> None:
        """Draw a filled rectangle without a border."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *emu(place))
        _take_style(shape)
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colour)
        shape.line.fill.background()

    def arrow(self, start: tuple[float, float], end: tuple[float, float], colour: Colour = INK) -> None:
        """Draw a line with a head at its end."""
        line = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *(Inches(each) for each in (*start, *end)))
        _take_style(line)
        line.line.color.rgb, line.line.width = rgb(colour), Pt(2.25)
        properties = line.line._get_or_add_ln()
        head = properties.makeelement(qn("a:tailEnd"), {"type": "triangle"})
        properties.append(head)

    def sign(self, name: str, place: Place) -> None:
        """Draw the sign of a device into a place half as wide as high."""
        scale = Inches(place.height) / 200
        for stroke in SIGNS[name]:
            (x, y), *more = stroke
            builder = self.slide.shapes.build_freeform(x, y, scale)
            builder.add_line_segments(more, close=False)
            shape = builder.convert_to_shape(Inches(place.left), Inches(place.top))
            _take_style(shape)
            shape.fill.background()
            shape.line.color.rgb, shape.line.width = rgb(INK), Pt(4)


def new_board(presentation: Presentation) -> Board:
    """Return a new slide on the paper-white ground."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb(PAPER)
    return Board(slide)


def draw_frame(board: Board, title: str) -> None:
    """Draw what every slide but the cover has at its head: title, rule, seal."""
    board.title(title, Place(LEFT - 0.1, 0.45, 10.6, 0.95), Words(36, bold=True))
    draw_seal(board, Place(RIGHT - 0.62, 0.62, 0.62, 0.62), 26)
    board.bar(Place(LEFT, 1.53, RIGHT - LEFT, 0.02), RULE)
    board.bar(Place(LEFT, 1.515, 1.0, 0.05), INK)


def draw_seal(board: Board, place: Place, size: float) -> None:
    """Draw the seal."""
    shape = board.box(("安",), place, Words(size, PAPER, bold=True, align=PP_ALIGN.CENTER), fill=SEAL)
    shape.line.fill.background()


def draw_foot(board: Board, text: str, count: str) -> None:
    """Write notice and count of slides at the foot."""
    board.words((text,), Place(LEFT - 0.1, 6.93, 9.5, 0.4), Words(12, QUIET))
    board.words((count,), Place(RIGHT - 1.4, 6.93, 1.5, 0.4), Words(12, QUIET, align=PP_ALIGN.RIGHT))


def set_type(font: Font, words: Words) -> None:
    """Set a font to the face of the slides, for Chinese and Latin letters alike."""
    font.name, font.size, font.bold = FACE, Pt(words.size), words.bold
    font.color.rgb = rgb(words.colour)
    properties = font._element
    latin = properties.find(qn("a:latin"))
    for tag in ("a:cs", "a:ea"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        latin.addnext(properties.makeelement(qn(tag), {"typeface": FACE}))


def rgb(colour: Colour) -> RGBColor:
    """Return a colour as the library wants it."""
    return RGBColor(*colour)  # type: ignore[no-untyped-call]


def emu(place: Place) -> tuple[Length, Length, Length, Length]:
    """Return a place as the library wants it: left, top, width, height."""
    return Inches(place.left), Inches(place.top), Inches(place.width), Inches(place.height)


def saved(presentation: Presentation) -> bytes:
    """Return the bytes of the file."""
    buffer = BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def _take_style(shape: BaseShape) -> None:
    """Take the theme's style away: LibreOffice draws its shadow even where the shape says that it has none."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _fill_frame(frame: TextFrame, texts: Sequence[str]) -> None:
    frame.text = "\n".join(texts)


def _set_frame(frame: TextFrame, words: Words, anchor: MSO_ANCHOR) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Inches(0.1)
    frame.margin_top = frame.margin_bottom = Inches(0.03)
    for paragraph in frame.paragraphs:
        paragraph.alignment = words.align
        for run in paragraph.runs:
            set_type(run.font, words)
