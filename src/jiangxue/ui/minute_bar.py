"""The minute bar (计时条): how stretches of time become a picture and a text that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext as _

from jiangxue.ui.durations import duration
from jiangxue.ui.kinds import KINDS, Look
from jiangxue.ui.whole_seconds import whole_seconds

WIDTH = 1000
"""Units across the drawing; the page stretches it to the room there is."""
SHORTEST_MS = 1000
NARROWEST = 5.0
"""Units that even the shortest piece gets, so that it can be seen and touched on a phone."""


class Stretch(Protocol):
    """Some time of one kind."""

    @property
    def kind(self) -> str:
        """Return the kind's name, one of `KINDS`."""

    @property
    def ms(self) -> int:
        """Return its length in milliseconds."""


class Placed(Stretch, Protocol):
    """A stretch that knows when it was; milliseconds of the server's clock."""

    @property
    def start_ms(self) -> int:
        """Return its beginning."""

    @property
    def end_ms(self) -> int:
        """Return its end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal that stands on the bar, after so much of the time that it shows: hollow where a check was not passed."""

    after_ms: int
    title: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle of the bar, in units of the drawing, as text for an attribute; `url` leads to what it is about, if anywhere."""

    look: Look
    title: str
    x: str
    width: str
    url: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A mark, at its place in the drawing."""

    title: str
    x: str
    hollow: bool


@dataclass(frozen=True, slots=True)
class Underline:
    """The part of the bar that a page speaks of, in units of the drawing."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class MinuteBar:
    """A bar ready to be drawn: its pieces in time order, its sums in words, its seals, and what is underlined."""

    pieces: tuple[Piece, ...]
    sums: tuple[str, ...]
    seals: tuple[Seal, ...] = ()
    underline: Underline | None = None

    @property
    def is_linked(self) -> bool:
        """Say whether its pieces lead somewhere; then it is no single picture for a screen reader."""
        return any(piece.url for piece in self.pieces)


def part_of(stretches: Sequence[Placed], start_ms: int, end_ms: int) -> tuple[int, int] | None:
    """Return what to underline for `[start_ms, end_ms]`; None if the bar does not show it."""
    from_ms, to_ms = shown_before_ms(stretches, start_ms), shown_before_ms(stretches, end_ms)
    return None if from_ms is None or to_ms is None else (from_ms, to_ms)


def drawn(
    stretches: Iterable[Stretch], cap_ms: int = 0, marks: Sequence[Mark] = (), line: tuple[int, int] | None = None
) -> MinuteBar:
    """Draw stretches in time order; with `cap_ms`, what is left of the day's cap stays empty at the right.

    Refused time lengthens the bar instead of filling the cap, so the empty part is what may still be credited. `line` is what is
    underlined, from and to so much of the shown time.
    """
    known = list(stretches)
    merged = _merged(known)
    credited_ms = sum(each.ms for each in merged if KINDS[each.kind].look in {Look.CONFIRMED, Look.PROVISIONAL})
    rest_ms = max(0, cap_ms - credited_ms)
    widths = _widths([each.ms for each in merged] + ([rest_ms] if rest_ms else []))
    pieces = []
    x = 0.0
    for each, width in zip(merged, widths, strict=False):
        title = titled(each.kind, each.ms)
        pieces.append(Piece(KINDS[each.kind].look, title, f"{x:.1f}", f"{width:.1f}", each.url))
        x += width
    seals = tuple(Seal(mark.title, f"{_place(mark.after_ms, merged, widths):.1f}", mark.hollow) for mark in marks)
    return MinuteBar(tuple(pieces), _sums(known), seals, _underline(line, merged, widths))


def shown_before_ms(stretches: Iterable[Placed], at_ms: int) -> int | None:
    """Return how much of the time that a bar of these stretches shows lies before an instant; None if none of them holds it."""
    before_ms = 0
    for stretch in stretches:
        if stretch.ms < SHORTEST_MS:
            continue
        if stretch.start_ms <= at_ms <= stretch.end_ms:
            return before_ms + at_ms - stretch.start_ms
        before_ms += stretch.ms
    return None


def _underline(line: tuple[int, int] | None, merged: "Sequence[_Merged]", widths: Sequence[float]) -> Underline | None:
    if line is None:
        return None
    x, end = (_place(ms, merged, widths) for ms in line)
    return Underline(f"{x:.1f}", f"{max(end - x, NARROWEST):.1f}")


def _place(after_ms: int, merged: "Sequence[_Merged]", widths: Sequence[float]) -> float:
    """Return where in the drawing so much of the shown time ends; pieces that were widened to be seen carry it along."""
    x, left_ms = 0.0, after_ms
    for each, width in zip(merged, widths, strict=False):
        if left_ms <= each.ms:
            return x + width * left_ms / each.ms
        x, left_ms = x + width, left_ms - each.ms
    return x


def titled(kind: str, milliseconds: int) -> str:
    """Name a stretch in one line (未计入 · 跳播 · 3 分 05 秒)."""
    known = KINDS[kind]
    words = [str(known.label), duration(milliseconds)]
    return " · ".join([_("not counted"), *words] if known.is_refused else words)


@dataclass(frozen=True, slots=True)
class _Merged:
    """Neighbours of one kind, which become one piece; the address is that of the first."""

    kind: str
    ms: int
    url: str


def _merged(stretches: Iterable[Stretch]) -> list[_Merged]:
    """Join neighbours of one kind, and drop what is shorter than a second: no page can name it, and no eye can see it."""
    real = (stretch for stretch in stretches if stretch.ms >= SHORTEST_MS)
    groups = ((kind, list(group)) for kind, group in groupby(real, key=lambda each: str(each.kind)))
    return [_Merged(kind, sum(each.ms for each in group), getattr(group[0], "url", "")) for kind, group in groups]


def _widths(amounts: Sequence[int]) -> list[float]:
    """Divide the bar in proportion to the amounts, but give none less than the narrowest width that all can have."""
    if not amounts:
        return []
    floor = min(NARROWEST, WIDTH / len(amounts))
    narrow: set[int] = set()
    while True:
        free = WIDTH - floor * len(narrow)
        shared = sum(amount for place, amount in enumerate(amounts) if place not in narrow)
        too_small = {
            place for place, amount in enumerate(amounts) if place not in narrow and amount * free < floor * shared
        }
        if not too_small:
            return [floor if place in narrow else amount * free / shared for place, amount in enumerate(amounts)]
        narrow |= too_small


def _sums(stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """Return one line for each kind in the bar, in the order of its first appearance, with the figures of the page."""
    totals: dict[str, int] = {}
    for each in stretches:
        totals[each.kind] = totals.get(each.kind, 0) + each.ms
    shown = whole_seconds(totals)
    return tuple(titled(kind, shown[kind]) for kind in totals if shown[kind])
