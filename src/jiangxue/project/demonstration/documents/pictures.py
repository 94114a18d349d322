"""The pictures of the Word lesson, in the style of the slides: paper-white ground, ink for structure, one colour for danger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from jiangxue.project.demonstration.media.fonts import Typeface
from jiangxue.project.demonstration.media.palette import INK, PAPER, QUIET, SEAL, Colour
from jiangxue.project.demonstration.media.wrapping import wrapped

_LINE = 7
_PALE: Colour = (228, 233, 240)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws lines and words on one sheet."""

    sheet: ImageDraw.ImageDraw
    typeface: Typeface

    def line(self, *points: tuple[int, int], colour: Colour) -> None:
        """Draw a line through points."""
        self.sheet.line(points, fill=colour, width=_LINE, joint="curve")

    def box(self, corners: tuple[int, int, int, int], colour: Colour, fill: Colour = PAPER) -> None:
        """Draw a box."""
        self.sheet.rectangle(corners, outline=colour, width=_LINE - 2, fill=fill)

    def words(
        self, at: tuple[int, int], text: str, colour: Colour = INK, *, size: int = 34, anchor: str = "lm"
    ) -> None:
        """Write words."""
        self.sheet.text(at, text, font=self.typeface.regular(size), fill=colour, anchor=anchor)

    def switch(self, x: int, y: int, colours: tuple[Colour, Colour]) -> None:
        """Draw an open switch 90 px high: the contact above in the first colour, the blade in the second."""
        self.line((x, y), (x, y + 16), colour=colours[0])
        self.sheet.ellipse((x - 9, y + 12, x + 9, y + 30), outline=colours[0], width=5, fill=PAPER)
        self.line((x, y + 90), (x - 34, y + 26), colour=colours[1])

    def closed(self, x: int, y: int, colour: Colour) -> None:
        """Draw a closed switch 90 px high."""
        self.line((x, y), (x, y + 90), colour=colour)
        self.sheet.ellipse((x - 9, y + 12, x + 9, y + 30), outline=colour, width=5, fill=PAPER)
        self.line((x, y + 30), (x, y + 90), colour=colour)

    def breaker(self, x: int, y: int, colour: Colour) -> None:
        """Draw a breaker 90 px high as a box with a cross."""
        self.box((x - 30, y, x + 30, y + 90), colour)
        self.line((x - 16, y + 29), (x + 16, y + 61), colour=colour)
        self.line((x - 16, y + 61), (x + 16, y + 29), colour=colour)

    def earth(self, x: int, y: int, colour: Colour) -> None:
        """Draw the sign of earth."""
        for at, half in enumerate((36, 24, 12)):
            self.line((x - half, y + at * 14), (x + half, y + at * 14), colour=colour)


def drawn(name: str, typeface: Typeface) -> bytes:
    """Return a picture by its name, as PNG."""
    size, draw = _PICTURES[name]
    image = Image.new("RGB", size, PAPER)
    draw(Pen(ImageDraw.Draw(image), typeface))
    buffer = BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_feeders(pen: Pen) -> None:
    """A 0.4 kV busbar with three feeders, of which the middle one is isolated and earthed."""
    pen.line((110, 90), (1490, 90), colour=SEAL)
    pen.words((110, 48), "0.4 kV 母线（有电）", SEAL)
    for x, name in ((270, "302 食堂馈线"), (1330, "304 消防馈线")):
        _draw_live_feeder(pen, x, name)
    x = 720
    pen.line((x, 90), (x, 150), colour=SEAL)
    pen.switch(x, 150, (SEAL, INK))
    pen.line((x, 240), (x, 300), colour=INK)
    pen.breaker(x, 300, INK)
    pen.line((x, 390), (x, 640), colour=INK)
    pen.box((x - 110, 640, x + 110, 710), INK, _PALE)
    pen.words((x, 675), "水泵房", anchor="mm")
    pen.words((x + 60, 180), "上口有电", SEAL)
    pen.words((x + 60, 226), "303 刀闸：拉开，上锁，挂牌", size=30)
    pen.words((x + 60, 345), "303 断路器：工作地点", size=30)
    pen.line((x, 500), (x - 150, 500), (x - 150, 545), colour=INK)
    pen.earth(x - 150, 545, INK)
    pen.words((x - 196, 500), "3 号接地线", anchor="rm", size=30)
    pen.line((x + 110, 675), (x + 190, 675), colour=INK)
    pen.line((x + 190, 675), (x + 252, 640), colour=INK)
    pen.line((x + 262, 675), (x + 330, 675), colour=SEAL)
    pen.words((x + 350, 675), "备用电源", SEAL)
    pen.words((x + 150, 600), "QF2：断开，上锁，挂牌", size=30)


def _draw_live_feeder(pen: Pen, x: int, name: str) -> None:
    pen.line((x, 90), (x, 150), colour=SEAL)
    pen.closed(x, 150, SEAL)
    pen.line((x, 240), (x, 300), colour=SEAL)
    pen.breaker(x, 300, SEAL)
    pen.line((x, 390), (x, 480), colour=SEAL)
    pen.words((x, 520), name, SEAL, anchor="mm", size=30)
    pen.words((x, 564), "有电", SEAL, anchor="mm", size=30)


def _draw_flow(pen: Pen) -> None:
    """Eight stations in two rows, each with who acts there."""
    stations = (
        ("填写", "工作负责人"),
        ("签发", "工作票签发人"),
        ("停电、验电、接地", "工作许可人"),
        ("当面许可", "许可人、负责人"),
        ("班前交代", "全班签名"),
        ("工作、监护", "负责人监护"),
        ("验收、终结", "许可人、负责人"),
        ("摘牌、送电", "工作许可人"),
    )
    wide, high, left = 320, 150, 60
    for number, (what, who) in enumerate(stations):
        column, row = number % 4, number // 4
        x, y = left + column * (wide + 66), 50 + row * (high + 90)
        pen.box((x, y, x + wide, y + high), INK, _PALE if number in {3, 6} else PAPER)
        for at, line in enumerate(wrapped(what, pen.typeface.regular(36).getlength, wide - 24)):
            pen.words((x + wide // 2, y + 54 + at * 44), line, anchor="mm", size=36)
        pen.words((x + wide // 2, y + 112), who, QUIET, anchor="mm", size=30)
        if column < 3:
            _draw_arrow(pen, (x + wide + 6, y + high // 2), (x + wide + 60, y + high // 2))
    last, first = left + 3 * (wide + 66) + wide // 2, left + wide // 2
    pen.line((last, 50 + high), (last, 245), (first, 245), (first, 270), colour=INK)
    _draw_arrow(pen, (first, 262), (first, 286))


def _draw_arrow(pen: Pen, start: tuple[int, int], end: tuple[int, int]) -> None:
    pen.line(start, end, colour=INK)
    (x, y), down = end, start[0] == end[0]
    head = ((x - 12, y - 18), (x + 12, y - 18)) if down else ((x - 18, y - 12), (x - 18, y + 12))
    pen.sheet.polygon((end, *head), fill=INK)


_PICTURES: Mapping[str, tuple[tuple[int, int], Callable[[Pen], None]]] = {
    "ticket-feeders": ((1600, 750), _draw_feeders),
    "ticket-flow": ((1600, 500), _draw_flow),
}
