"""Drawing the slides: paper-white ground, ink for text and structure, one small seal."""

from dataclasses import dataclass

from PIL import Image, ImageDraw

from jiangxue.project.demonstration.media.errors import Undrawable
from jiangxue.project.demonstration.media.fonts import Font, Typeface
from jiangxue.project.demonstration.media.palette import INK, PAPER, QUIET, READ, RULE, SEAL
from jiangxue.project.demonstration.media.text import Figure, LessonText
from jiangxue.project.demonstration.media.timing import Picture
from jiangxue.project.demonstration.media.wrapping import wrapped

WIDTH, HEIGHT = 1280, 720

_LEFT, _RIGHT = 88, WIDTH - 88
_INDENT = 40
_FIGURE_LEFT = 900
_TITLE_BASE, _RULE_Y = 132, 170
_FIRST_LINE, _LAST_LINE = 266, 588
_FOOT_BASE = 682
_POINT_SIZES = (54, 50, 46)  # legible on a phone: 46 px of 1280 are 13 px of 360
_POINT_STEP = 106


@dataclass(frozen=True, slots=True)
class SlideArtist:
    """Draws the slides of one lesson; `place` says which lesson of which course it is, `notice` stands on every slide."""

    lesson: LessonText
    typeface: Typeface
    course_title: str
    place: str
    notice: str

    def draw(self, picture: Picture) -> Image.Image:
        """Return one state of a slide."""
        sheet = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        pen = ImageDraw.Draw(sheet)
        if picture.slide == 0:
            self._draw_cover(sheet, pen, picture)
        else:
            self._draw_slide(sheet, pen, picture)
        self._draw_foot(pen, picture.slide)
        return sheet

    def check(self) -> None:
        """Refuse a lesson that holds a character the font lacks, or a slide with more lines than fit."""
        texts = [self.course_title, self.place, self.notice]
        for slide in self.lesson.slides:
            texts += [slide.title, *(point.text for point in slide.points)]
            texts += [slide.figure.value, slide.figure.meaning] if slide.figure else []
        self.typeface.must_hold("".join(texts))
        for number, slide in enumerate(self.lesson.slides):
            self.draw(Picture(number, len(slide.points)))

    def _draw_cover(self, sheet: Image.Image, pen: ImageDraw.ImageDraw, picture: Picture) -> None:
        cover = self.lesson.slides[0]
        self._draw_seal(sheet, (_LEFT, 84), 104)
        pen.text((_LEFT + 136, 128), self.course_title, font=self.typeface.regular(36), fill=INK, anchor="ls")
        pen.text((_LEFT + 136, 182), self.place, font=self.typeface.regular(32), fill=QUIET, anchor="ls")
        pen.text((_LEFT - 4, 320), cover.title, font=self.typeface.bold(84), fill=INK, anchor="ls")
        pen.rectangle((_LEFT, 368, _LEFT + 96, 373), fill=INK)
        self._draw_points(pen, picture, base=436, right=_RIGHT, sizes=(46,))

    def _draw_slide(self, sheet: Image.Image, pen: ImageDraw.ImageDraw, picture: Picture) -> None:
        slide = self.lesson.slides[picture.slide]
        pen.text((_LEFT - 3, _TITLE_BASE), slide.title, font=self.typeface.bold(62), fill=INK, anchor="ls")
        self._draw_seal(sheet, (_RIGHT - 60, 76), 60)
        pen.line((_LEFT, _RULE_Y, _RIGHT, _RULE_Y), fill=RULE, width=2)
        pen.rectangle((_LEFT, _RULE_Y - 2, _LEFT + 96, _RULE_Y + 2), fill=INK)
        if slide.figure is not None:
            self._draw_figure(pen, slide.figure)
        right = _FIGURE_LEFT - 56 if slide.figure is not None else _RIGHT
        self._draw_points(pen, picture, base=_FIRST_LINE, right=right, sizes=_POINT_SIZES)

    def _draw_points(
        self, pen: ImageDraw.ImageDraw, picture: Picture, *, base: int, right: int, sizes: tuple[int, ...]
    ) -> None:
        """Draw the lines that are there, at the places they keep; the newest in full ink."""
        texts = [point.text for point in self.lesson.slides[picture.slide].points]
        setting = _set(texts, self.typeface, right - _LEFT - _INDENT, sizes)
        step = _step(setting, base)
        for number, block in enumerate(setting.blocks, 1):
            if number <= picture.points_shown:
                colour = INK if number == picture.points_shown else READ
                middle = base - setting.size * 37 // 100
                pen.rectangle((_LEFT, middle - 6, _LEFT + 12, middle + 6), fill=colour)
                for at, line in enumerate(block):
                    place = (_LEFT + _INDENT, base + at * setting.line_step)
                    pen.text(place, line, font=setting.font, fill=colour, anchor="ls")
            base += step + (len(block) - 1) * setting.line_step

    def _draw_figure(self, pen: ImageDraw.ImageDraw, figure: Figure) -> None:
        pen.line((_FIGURE_LEFT - 28, 236, _FIGURE_LEFT - 28, 560), fill=RULE, width=2)
        font = _largest(self.typeface, figure.value, _RIGHT - _FIGURE_LEFT)
        pen.text((_FIGURE_LEFT, 400), figure.value, font=font, fill=INK, anchor="ls")
        small = self.typeface.regular(36)
        for at, line in enumerate(wrapped(figure.meaning, small.getlength, _RIGHT - _FIGURE_LEFT)):
            pen.text((_FIGURE_LEFT, 466 + at * 48), line, font=small, fill=QUIET, anchor="ls")

    def _draw_seal(self, sheet: Image.Image, corner: tuple[int, int], side: int) -> None:
        """Draw the seal four times as large, so that its corners are smooth."""
        large = side * 4
        seal = Image.new("RGB", (large, large), PAPER)
        pen = ImageDraw.Draw(seal)
        pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=large // 12, fill=SEAL)
        pen.text((large / 2, large / 2), "安", font=self.typeface.bold(large * 7 // 10), fill=PAPER, anchor="mm")
        sheet.paste(seal.resize((side, side), Image.Resampling.LANCZOS), corner)

    def _draw_foot(self, pen: ImageDraw.ImageDraw, number: int) -> None:
        font = self.typeface.regular(26)
        text = self.notice if number == 0 else f"{self.course_title}　{self.notice}"
        pen.text((_LEFT, _FOOT_BASE), text, font=font, fill=QUIET, anchor="ls")
        count = f"{number + 1} / {len(self.lesson.slides)}"
        pen.text((_RIGHT, _FOOT_BASE), count, font=font, fill=QUIET, anchor="rs")


@dataclass(frozen=True, slots=True)
class _Setting:
    """The lines of a slide in type."""

    size: int
    font: Font
    blocks: list[list[str]]

    @property
    def line_step(self) -> int:
        return self.size + 14


def _set(texts: list[str], typeface: Typeface, most: int, sizes: tuple[int, ...]) -> _Setting:
    """Choose the largest size at which no text needs a second line, else the smallest."""
    for size in sizes:
        font = typeface.regular(size)
        setting = _Setting(size, font, [wrapped(text, font.getlength, most) for text in texts])
        if all(len(block) == 1 for block in setting.blocks):
            break
    return setting


def _step(setting: _Setting, base: int) -> int:
    lines_more = sum(len(block) - 1 for block in setting.blocks) * setting.line_step
    step = (_LAST_LINE - base - lines_more) // max(1, len(setting.blocks) - 1)
    if step < setting.line_step:
        raise Undrawable(f"too many lines: {setting.blocks}")
    return min(step, _POINT_STEP)


def _largest(typeface: Typeface, text: str, most: int) -> Font:
    size = 112
    while typeface.bold(size).getlength(text) > most:
        size -= 4
    return typeface.bold(size)
