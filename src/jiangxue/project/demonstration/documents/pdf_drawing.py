"""The drawing of the PDF lesson, in lines and words: three levels of distribution, two of protection."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fpdf import FPDF

from jiangxue.project.demonstration.media.palette import INK, PAPER, QUIET, SEAL, Colour

_BOX_WIDE, _BOX_HIGH = 34.0, 17.0
_HEIGHT = 66.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """A place on a page, in mm, and the pen that draws there."""

    pdf: FPDF
    family: str
    left: float
    top: float

    def line(self, *points: tuple[float, float]) -> None:
        """Draw a line through points."""
        self.pdf.polyline([(self.left + x, self.top + y) for x, y in points])

    def say(self, at: tuple[float, float], words: str, *, width: float, size: float, colour: Colour = INK) -> None:
        """Write words in the middle of a width."""
        self.pdf.set_font(self.family, size=size)
        self.pdf.set_text_color(*colour)
        self.pdf.set_xy(self.left + at[0], self.top + at[1])
        self.pdf.cell(width, 5, words, align="C")


@dataclass(frozen=True, slots=True)
class _Box:
    """A box of the distribution, its place in the drawing in mm, and what is in it."""

    x: float
    y: float
    name: str
    inside: str


_BOXES = (
    _Box(0, 22, "总配电箱", "隔离开关＋漏电保护"),
    _Box(57, 4, "1 号分配电箱", "隔离开关＋断路器"),
    _Box(57, 40, "2 号分配电箱", "隔离开关＋断路器"),
    _Box(114, 4, "开关箱", "隔离开关＋漏电保护"),
    _Box(114, 40, "开关箱", "隔离开关＋漏电保护"),
)
_MACHINES = ((154.0, 4.0, "电焊机"), (154.0, 40.0, "混凝土泵"))


def _draw_three_levels(sketch: Sketch) -> None:
    pdf = sketch.pdf
    pdf.set_fill_color(*PAPER)
    pdf.rect(sketch.left - 2, sketch.top - 2, pdf.epw, _HEIGHT - 1, style="F")
    pdf.set_line_width(0.5)
    _draw_lines(sketch)
    for box in _BOXES:
        _draw_box(sketch, box, SEAL if "漏电" in box.inside else INK)
    pdf.set_draw_color(*INK)
    for x, y, name in _MACHINES:
        pdf.ellipse(sketch.left + x, sketch.top + y, _BOX_HIGH, _BOX_HIGH, style="DF")
        sketch.say((x, y + 6), name, width=_BOX_HIGH, size=8)
        sketch.say((91, y + 3), "不超过 30 m", width=23, size=7.5, colour=QUIET)
        sketch.say((143, y + 17), "不超过 3 m", width=20, size=7.5, colour=QUIET)
    for x, level in ((0, "第一级"), (57, "第二级"), (114, "第三级")):
        sketch.say((x, 58), level, width=_BOX_WIDE, size=9)


def _draw_lines(sketch: Sketch) -> None:
    middle = _BOX_HIGH / 2
    sketch.pdf.set_draw_color(*INK)
    sketch.line((34, 22 + middle), (45, 22 + middle))
    for y in (4, 40):
        sketch.line((45, 22 + middle), (45, y + middle), (57, y + middle))
        sketch.line((91, y + middle), (114, y + middle))
        sketch.line((148, y + middle), (154, y + middle))


def _draw_box(sketch: Sketch, box: _Box, colour: Colour) -> None:
    sketch.pdf.set_fill_color(255)
    sketch.pdf.set_draw_color(*colour)
    sketch.pdf.rect(sketch.left + box.x, sketch.top + box.y, _BOX_WIDE, _BOX_HIGH, style="DF")
    sketch.say((box.x, box.y + 2.6), box.name, width=_BOX_WIDE, size=10)
    sketch.say((box.x, box.y + 9), box.inside, width=_BOX_WIDE, size=8, colour=colour)


DRAWINGS: Mapping[str, tuple[float, Callable[[Sketch], None]]] = {"three-levels": (_HEIGHT, _draw_three_levels)}
"""The height in mm of each drawing, and what draws it."""
