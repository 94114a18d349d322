"""Charts drawn by the server as SVG: columns over time, and rows beside their labels.

A picture has no style, no script and no address, only attributes, so that it stands in a page and in a file alike; web/styles/charts.css
gives it the colours of the page by its classes. Kinds are told apart by their patterns, also without colour. Cinnabar is for proof and
stands in no chart. Every chart has its table beside it: the picture is for the eye, the table says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, SOFT, LINE, PAPER = "#1b2f4e", "#41546f", "#dcd8cd", "#ffffff"
FONTS = "PingFang SC, HarmonyOS Sans SC, MiSans, Microsoft YaHei UI, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
WIDTH = 360
"""As wide as a phone, so that its letters are read there without being made larger."""
_LETTER = 11
_TOP, _BOTTOM, _LEFT = 16, 24, 44
_HEIGHT = 180
_LEGEND_LINE = 18
_ROW, _LABEL_LINE = 40, 15
_STEPS = 4
_FACTORS = (4, 6, 8, 12, 16, 20, 24, 28, 32, 40)
_LABELS = 6
_MOST_LETTERS = 24


class Look(StrEnum):
    """How a series is filled; in the order in which they are told apart best."""

    SOLID = "solid"
    HATCHED = "hatched"
    DOTTED = "dotted"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each label of the chart."""

    label: str
    values: Sequence[float]
    look: Look = Look.SOLID


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: labels, one or more series stacked on each other, and the words for values.

    `name` is unique on its page. `said` are the values as a row shows them; `rows` draws bars beside labels instead of columns.
    """

    name: str
    title: str
    unit: str
    labels: Sequence[str]
    series: Sequence[Series]
    said: Sequence[str] = ()
    rows: bool = False

    @property
    def sums(self) -> list[float]:
        """Return what the series come to for each label."""
        return [sum(values) for values in zip(*(each.values for each in self.series), strict=True)]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(self.sums)


def drawn(chart: Chart) -> SafeString:
    """Return the picture of a chart."""
    body, height = _rows(chart) if chart.rows else _columns(chart)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}"'
        ' font-family="{}" font-size="{}">{}{}</svg>',
        WIDTH, height, WIDTH, height, f"{chart.title} ({chart.unit})", FONTS, _LETTER, _patterns(chart.name), body,
    )  # fmt: skip


def _patterns(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{0}-hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="chart-paper" width="5" height="5" fill="{1}"/><path class="chart-line" d="M1 0V5" stroke="{2}" stroke-width="1.6"/>'
        '</pattern><pattern id="{0}-dotted" width="5" height="5" patternUnits="userSpaceOnUse">'
        '<rect class="chart-paper" width="5" height="5" fill="{1}"/><circle class="chart-ink" cx="2.5" cy="2.5" r="1.1" fill="{2}"/>'
        "</pattern></defs>",
        name, PAPER, INK,
    )  # fmt: skip


def _bar(name: str, look: Look, at: tuple[float, float], size: tuple[float, float]) -> SafeString:
    fill = {Look.SOLID: INK, Look.EMPTY: PAPER}.get(look, f"url(#{name}-{look.value})")
    return format_html(
        '<rect class="chart-{}" x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.8"/>',
        look.value, *(f"{number:.1f}" for number in (*at, *size)), fill, INK,
    )  # fmt: skip


def _text(words: str, at: tuple[float, float], anchor: str = "start", kind: str = "chart-soft") -> SafeString:
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
        kind, f"{at[0]:.1f}", f"{at[1]:.1f}", anchor, SOFT if kind == "chart-soft" else INK, words,
    )  # fmt: skip


def _together(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((each,) for each in parts))


def _legend(chart: Chart, top: float) -> tuple[list[SafeString], float]:
    """Return what the patterns mean, above the drawing; a single series needs no words."""
    if len(chart.series) == 1:
        return [], top
    parts, x = [], 2.0
    for each in chart.series:
        wide = 22 + _width(each.label)
        if x > 2 and x + wide > WIDTH:
            x, top = 2.0, top + _LEGEND_LINE
        parts += [_bar(chart.name, each.look, (x, top), (12, 10)), _text(each.label, (x + 17, top + 9))]
        x += wide + 8
    return parts, top + _LEGEND_LINE + 6


def _columns(chart: Chart) -> tuple[SafeString, float]:
    parts, top = _legend(chart, 4)
    top += _TOP
    most = nice(max(chart.sums, default=0))
    room = (WIDTH - _LEFT - 4) / max(len(chart.labels), 1)
    wide = min(room * 0.72, 34)
    parts.append(_text(chart.unit, (_LEFT - 4, top - 9), "end"))
    for step in range(_STEPS + 1):
        y = top + _HEIGHT * (1 - step / _STEPS)
        parts.append(_rule(y, is_ground=step == 0))
        parts.append(_text(_number(most * step / _STEPS), (_LEFT - 5, y + 4), "end"))
    for at in range(len(chart.labels)):
        foot = top + _HEIGHT
        for each in chart.series:
            height = _HEIGHT * each.values[at] / most
            if height:
                foot -= height
                parts.append(_bar(chart.name, each.look, (_LEFT + room * at + (room - wide) / 2, foot), (wide, height)))
    return _together([*parts, *_below(chart, top + _HEIGHT + 15, room)]), top + _HEIGHT + _BOTTOM


def _rule(y: float, *, is_ground: bool) -> SafeString:
    return format_html(
        '<path class="chart-rule" d="M{} {}H{}" stroke="{}" stroke-width="{}"/>',
        _LEFT, f"{y:.1f}", WIDTH, SOFT if is_ground else LINE, "1" if is_ground else "0.5",
    )  # fmt: skip


def _below(chart: Chart, y: float, room: float) -> list[SafeString]:
    """Return as many labels as there is room for, the first one among them."""
    longest = max((_width(label) for label in chart.labels), default=0)
    every = max(1, -(-len(chart.labels) // _LABELS), int((longest + 6) // room) + 1)
    at_edge = WIDTH - longest / 2
    return [
        _text(label, (min(max(_LEFT + room * (at + 0.5), longest / 2), at_edge), y), "middle")
        for at, label in enumerate(chart.labels)
        if at % every == 0
    ]


def _rows(chart: Chart) -> tuple[SafeString, float]:
    parts, top = _legend(chart, 4)
    most = max(chart.sums, default=0) or 1
    for at, label in enumerate(chart.labels):
        y = top + at * _ROW
        parts.append(_text(_short(label), (2, y + _LABEL_LINE - 3), kind="chart-words"))
        if chart.said:
            parts.append(_text(chart.said[at], (WIDTH - 2, y + _LABEL_LINE - 3), "end", "chart-words"))
        x = 2.0
        for each in chart.series:
            wide = (WIDTH - 4) * each.values[at] / most
            if wide:
                parts.append(_bar(chart.name, each.look, (x, y + _LABEL_LINE + 2), (wide, 13)))
                x += wide
    return _together(parts), top + len(chart.labels) * _ROW + 4


def nice(most: float) -> float:
    """Return the next number at or above that four even steps of whole numbers divide: 4, 8, 12, 16, 20, 24, 28, 32, 40, 60, 80, 120 and so on."""
    power = 1
    while most > power * _FACTORS[-1]:
        power *= 10
    return float(next(power * factor for factor in _FACTORS if power * factor >= most and power * factor % _STEPS == 0))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value < 1_000_000 else f"{value / 10_000:,.0f}万"


def _short(label: str) -> str:
    return label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1]}…"


def _width(label: str) -> float:
    return sum(_LETTER if ord(sign) > 255 else _LETTER * 0.6 for sign in label)
