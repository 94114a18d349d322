"""The minute bar (计时条): how stretches of time become a picture and a text that says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from django.utils.translation import gettext as _

from jiangxue.ui.durations import duration
from jiangxue.ui.kinds import KINDS, Look

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


@dataclass(frozen=True, slots=True)
class Piece:
    """One rectangle of the bar, in units of the drawing, as text for an attribute."""

    look: Look
    title: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class MinuteBar:
    """A bar ready to be drawn: its pieces in time order, and its sums in words."""

    pieces: tuple[Piece, ...]
    sums: tuple[str, ...]


def drawn(stretches: Iterable[Stretch], cap_ms: int = 0) -> MinuteBar:
    """Draw stretches in time order; with `cap_ms`, what is left of the day's cap stays empty at the right.

    Refused time lengthens the bar instead of filling the cap, so the empty part is what may still be credited.
    """
    merged = _merged(stretches)
    credited_ms = sum(ms for kind, ms in merged if KINDS[kind].look in {Look.CONFIRMED, Look.PROVISIONAL})
    rest_ms = max(0, cap_ms - credited_ms)
    widths = _widths([ms for _kind, ms in merged] + ([rest_ms] if rest_ms else []))
    pieces = []
    x = 0.0
    for (kind, ms), width in zip(merged, widths, strict=False):
        pieces.append(Piece(KINDS[kind].look, titled(kind, ms), f"{x:.1f}", f"{width:.1f}"))
        x += width
    return MinuteBar(tuple(pieces), _sums(merged))


def titled(kind: str, milliseconds: int) -> str:
    """Name a stretch in one line (未计入 · 跳播 · 3 分 05 秒)."""
    known = KINDS[kind]
    words = [str(known.label), duration(milliseconds)]
    return " · ".join([_("not counted"), *words] if known.is_refused else words)


def _merged(stretches: Iterable[Stretch]) -> list[tuple[str, int]]:
    """Join neighbours of one kind, and drop what is shorter than a second: no page can name it, and no eye can see it."""
    real = (stretch for stretch in stretches if stretch.ms >= SHORTEST_MS)
    return [(kind, sum(each.ms for each in group)) for kind, group in groupby(real, key=lambda each: str(each.kind))]


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


def _sums(merged: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return one line for each kind in the bar, in the order of its first appearance."""
    totals: dict[str, int] = {}
    for kind, ms in merged:
        totals[kind] = totals.get(kind, 0) + ms
    return tuple(titled(kind, ms) for kind, ms in totals.items())
