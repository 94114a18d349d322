"""The timeline of a quality report: how loud it is, and where it is silent, black or still; or the pages of a document.

Places across are percentages, so that the drawing fits any width and its writing keeps its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiangxue.courseware.rules.files import LessonKind
from jiangxue.courseware.rules.film_quality import GOOD_LUFS
from jiangxue.courseware.rules.loudness import SILENCE_LUFS
from jiangxue.courseware.rules.quality import Check, Mark, QualityReport
from jiangxue.portals.reports.words import PAGE_REMARKS, ROWS
from jiangxue.ui.durations import clock

SOFTEST, LOUDEST = -60, 0
"""LUFS at the lower and the upper edge of the curve."""

CURVE_PX = 132
ROW_PX = 34
_TOP_PX = 14
_AXIS_PX = 26
_GAP_PX = 8
_MOST_POINTS = 600
_LEAST_WIDTH = 0.6
"""Percent that even the shortest place gets, so that it can be seen and pressed."""

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A marked place, as the drawing has it; `at` and `until` are those of its mark."""

    at: int
    until: int
    x: str
    width: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """All places of one kind, one beside the other; `y` is where its writing stands, in pixels."""

    check: Check
    label: str
    y: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what stands there."""

    at: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A film's timeline, ready to be drawn."""

    height: int
    floor: int
    points: str
    area: str
    band_y: int
    band_height: int
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class PageBox:
    """One page of a document: its number, in words what is marked on it, and the first check that marked it."""

    number: int
    label: str
    check: Check | None


def timeline_of(report: QualityReport) -> Timeline | None:
    """Return the timeline of a film; a document has none."""
    if report.kind is LessonKind.DOCUMENT or not report.length:
        return None
    top = _TOP_PX + CURVE_PX + _GAP_PX if report.levels else 0
    found = {finding.check: finding.marks for finding in report.findings}
    checks = [check for check in ROWS if check in found and (found[check] or check is not Check.DECODING)]
    rows = [
        Row(check, str(ROWS[check]), top + ROW_PX * place + 13, _spans(check, found[check], report.length))
        for place, check in enumerate(checks)
    ]
    floor = top + ROW_PX * len(rows) + 6
    points = _points(report)
    return Timeline(
        height=floor + _AXIS_PX,
        floor=floor,
        points=" ".join(points),
        area=" ".join([f"0,{CURVE_PX}", *points, f"1000,{CURVE_PX}"]) if points else "",
        band_y=_TOP_PX + _y(GOOD_LUFS[1]),
        band_height=_y(GOOD_LUFS[0]) - _y(GOOD_LUFS[1]),
        levels=tuple(
            Tick(str(_TOP_PX + _y(level)), f"{level:g}") for level in (LOUDEST, *reversed(GOOD_LUFS), SOFTEST)
        ),
        ticks=_ticks(report.length),
        rows=tuple(rows),
        summary=_summary(report.levels),
    )


def boxes_of(report: QualityReport) -> list[PageBox]:
    """Return the pages of a document with what is marked on each; a film has none."""
    if report.kind is not LessonKind.DOCUMENT:
        return []
    remarks: dict[int, list[str]] = {}
    first: dict[int, Check] = {}
    for finding in report.findings:
        for mark in finding.marks:
            for number in range(mark.at, min(mark.until, report.length) + 1):
                remarks.setdefault(number, []).append(str(PAGE_REMARKS.get(finding.check, "")))
                first.setdefault(number, finding.check)
    numbers = range(1, report.length + 1)
    return [PageBox(number, _said_of(number, remarks.get(number, [])), first.get(number)) for number in numbers]


def _said_of(number: int, remarks: Sequence[str]) -> str:
    return " · ".join([spoken_mark(Mark(number, number), LessonKind.DOCUMENT), *remarks])


def spoken_mark(mark: Mark, kind: LessonKind) -> str:
    """Return a place as people say it: 03:12–03:25, or 第 3 页."""
    if kind is LessonKind.DOCUMENT:
        if mark.at == mark.until:
            return _("page %(number)d") % {"number": mark.at}
        return _("pages %(first)d–%(last)d") % {"first": mark.at, "last": mark.until}
    first, last = clock(mark.at), clock(mark.until)
    return first if first == last else f"{first}–{last}"


def _spans(check: Check, marks: Sequence[Mark], length: int) -> tuple[Span, ...]:
    spans = []
    for mark in marks:
        width = min(100.0, max(_LEAST_WIDTH, (mark.until - mark.at) * 100 / length))
        x = min(mark.at * 100 / length, 100 - width)
        title = f"{ROWS[check]} · {spoken_mark(mark, LessonKind.VIDEO)}"
        spans.append(Span(mark.at, mark.until, f"{x:.2f}%", f"{width:.2f}%", title))
    return tuple(spans)


def _y(level: float) -> int:
    within = min(LOUDEST, max(SOFTEST, level))
    return round((LOUDEST - within) * CURVE_PX / (LOUDEST - SOFTEST))


def _points(report: QualityReport) -> list[str]:
    """Return the curve in a drawing of 1000 × `CURVE_PX`; of a long film the loudest second of each piece."""
    levels, seconds = report.levels, len(report.levels)
    pieces = min(seconds, _MOST_POINTS)
    points = []
    for piece in range(pieces):
        first, last = piece * seconds // pieces, (piece + 1) * seconds // pieces
        at = min(1000.0, (first + last) / 2 * 1_000_000 / report.length)
        points.append(f"{at:.1f},{_y(max(levels[first:last]))}")
    if points:
        points = [f"0,{points[0].partition(',')[2]}", *points, f"1000,{points[-1].partition(',')[2]}"]
    return points


def _ticks(length_ms: int) -> tuple[Tick, ...]:
    step_ms = next((step for step in _STEPS_S if length_ms / 1000 / step <= _MOST_TICKS), _STEPS_S[-1]) * 1000
    ticks = [Tick("0%", clock(0), "start")]
    ticks += [Tick(f"{at * 100 / length_ms:.2f}%", clock(at)) for at in range(step_ms, int(length_ms * 0.85), step_ms)]
    return (*ticks, Tick("100%", clock(length_ms), "end"))


def _summary(levels: Sequence[float]) -> str:
    ordered = sorted(level for level in levels if level > SILENCE_LUFS)
    if not ordered:
        return ""
    values = {
        "middle": ordered[len(ordered) // 2],
        "softest": ordered[0],
        "loudest": ordered[-1],
    }
    return (
        _(
            "Loudness second by second, silence left out: mostly %(middle).0f LUFS, softest %(softest).0f LUFS, loudest %(loudest).0f LUFS."
        )
        % values
    )
