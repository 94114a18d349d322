"""The training flow drawn as SVG, from top to bottom, so that it is read on a phone as on paper.

It may stand within a page: it has no style, no script, no address and no id, only attributes; web/styles/flow.css gives it the
colours of the page by its classes.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jiangxue.typesetting.shapes import FlowStep

INK, SOFT, SEAL, PAPER = "#1b2f4e", "#41546f", "#b3261e", "#ffffff"
FONTS = "PingFang SC, HarmonyOS Sans SC, MiSans, Microsoft YaHei UI, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
_WIDTH = 360
_MARGIN = 8
_LEFT = 58
"""Where words begin: the number of the step stands before them."""
_TITLE_PX, _LINE_PX = 17, 14
_TITLE_HEIGHT, _LINE_HEIGHT = 25, 21
_PADDING, _GAP = 11, 22
_NARROW, _CAPITAL, _BROAD = 0.6, 0.75, 0.96
"""How wide Latin letters are beside a Chinese sign: most, capitals, and those of the next line."""
_BROAD_SIGNS = frozenset("MWmw@%&")


def flow_picture(steps: Sequence[FlowStep], label: str) -> SafeString:
    """Return the picture of all steps; `label` is what a screen reader calls it."""
    drawn, top = [], _MARGIN
    for number, step in enumerate(steps, 1):
        wrapped = [part for line in step.lines for part in _wrapped(line, _LINE_PX)]
        titles = _wrapped(step.title, _TITLE_PX)
        height = 2 * _PADDING + len(titles) * _TITLE_HEIGHT + len(wrapped) * _LINE_HEIGHT
        drawn.append(_box(number, step, (top, height), (titles, wrapped)))
        top += height + _GAP
        if number < len(steps):
            drawn.append(_arrow(top - _GAP))
    height = top - _GAP + _MARGIN
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="flow" viewBox="0 0 {} {}" width="{}" height="{}" role="img"'
        ' aria-label="{}" font-family="{}">{}</svg>',
        _WIDTH, height, _WIDTH, height, label, FONTS, format_html_join("", "{}", ((each,) for each in drawn)),
    )  # fmt: skip


def _box(number: int, step: FlowStep, place: tuple[int, int], texts: tuple[Sequence[str], Sequence[str]]) -> SafeString:
    top, height = place
    titles, lines = texts
    colour, kind = (SEAL, "flow-seal") if step.is_proof else (INK, "flow-ink")
    title_top = top + _PADDING + _TITLE_PX
    line_top = top + _PADDING + len(titles) * _TITLE_HEIGHT + _LINE_PX
    return format_html(
        '<rect class="flow-box {}" x="{}" y="{}" width="{}" height="{}" rx="4" fill="{}" stroke="{}" stroke-width="1.5"/>'
        '<text class="flow-number {}" x="{}" y="{}" text-anchor="middle" font-size="20" fill="{}">{}</text>{}{}',
        kind, _MARGIN, top, _WIDTH - 2 * _MARGIN, height, PAPER, colour,
        kind, (_MARGIN + _LEFT) // 2, title_top + 1, colour, number,
        _texts(titles, (title_top, _TITLE_HEIGHT, _TITLE_PX), (kind, colour)),
        _texts(lines, (line_top, _LINE_HEIGHT, _LINE_PX), ("flow-soft", SOFT)),
    )  # fmt: skip


def _texts(lines: Iterable[str], place: tuple[int, int, int], look: tuple[str, str]) -> SafeString:
    top, height, size = place
    kind, colour = look
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" font-size="{}" fill="{}">{}</text>',
        ((kind, _LEFT, top + index * height, size, colour, line) for index, line in enumerate(lines)),
    )


def _arrow(top: int) -> SafeString:
    middle, tip = _WIDTH // 2, top + _GAP - 3
    return format_html(
        '<path class="flow-line" d="M{} {}V{}M{} {}L{} {}L{} {}" fill="none" stroke="{}" stroke-width="1.5"/>',
        middle, top + 3, tip, middle - 5, tip - 6, middle, tip, middle + 5, tip - 6, INK,
    )  # fmt: skip


def _wrapped(text: str, size: int) -> list[str]:
    """Return a text in lines that fit beside the step's number; SVG breaks none by itself."""
    most = (_WIDTH - _MARGIN - 10 - _LEFT) / size
    lines, line, width = [], "", 0.0
    for word in _words(text):
        wide = sum(_width(sign) for sign in word)
        if line and width + wide > most:
            lines.append(line.rstrip())
            line, width = "", 0.0
        line, width = line + word, width + wide
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    """Return what is not torn: a short Latin word with the blank after it and the stop that follows, else single signs."""
    words = [""]
    for sign in text:
        sticks = sign in "，。；：、）》" or (_width(sign) < 1 and words[-1][-1:].strip() and _width(words[-1][-1]) < 1)
        if words[-1] and sticks and len(words[-1]) < 20:
            words[-1] += sign
        else:
            words.append(sign)
    return [word for word in words if word]


def _width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in ("W", "F", "A"):
        return 1.0
    if sign in _BROAD_SIGNS:
        return _BROAD
    return _CAPITAL if sign.isupper() else _NARROW
