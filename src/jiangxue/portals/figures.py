"""Time as pages show it: whole seconds that add up, whatever was lost in rounding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jiangxue.kernel.clock import from_ms
from jiangxue.learning.rules.shapes import CONFIRMED, CORRECTED, PROVISIONAL, Stretch
from jiangxue.ui.whole_seconds import SECOND_MS, whole_seconds

CREDITED = frozenset({PROVISIONAL, CONFIRMED})


class Spent(Protocol):
    """Some time of one kind: a stretch, or what a day holds of the kind."""

    @property
    def kind(self) -> str:
        """Return the name of its verdict."""

    @property
    def judged_kind(self) -> str:
        """Return the same as the machine judged it, whatever people gave back."""

    @property
    def ms(self) -> int:
        """Return its length in milliseconds."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Some time of one kind; what people gave back was `refused_as` another."""

    kind: str
    ms: int
    refused_as: str = ""

    @property
    def judged_kind(self) -> str:
        """Return the kind as the machine judged it."""
        return self.refused_as or self.kind


@dataclass(frozen=True, slots=True)
class Figures:
    """What time comes to, in whole seconds: raw is credited and refused together, and refused is the sum of its kinds.

    Refused time stays what it was judged, also where people gave some of it back: that is `corrected_ms`, apart.
    """

    raw_ms: int
    credited_ms: int
    confirmed_ms: int
    corrected_ms: int
    refused: tuple[Amount, ...]

    @property
    def provisional_ms(self) -> int:
        """Return credited time that no check has confirmed."""
        return self.credited_ms - self.confirmed_ms

    @property
    def refused_ms(self) -> int:
        """Return all refused time."""
        return self.raw_ms - self.credited_ms


def figures_of(spent: Iterable[Spent]) -> Figures:
    """Sum time by kind, and round it as `whole_seconds` does."""
    sums: dict[str, int] = {}
    corrected_ms = 0
    for each in spent:
        corrected_ms += each.ms if each.kind == CORRECTED else 0
        sums[each.judged_kind] = sums.get(each.judged_kind, 0) + each.ms
    shown = whole_seconds(sums)
    refused = tuple(Amount(kind, ms) for kind, ms in shown.items() if ms and kind not in CREDITED)
    return Figures(
        raw_ms=sum(shown.values()),
        credited_ms=sum(shown.get(kind, 0) for kind in CREDITED),
        confirmed_ms=shown.get(CONFIRMED, 0),
        corrected_ms=corrected_ms // SECOND_MS * SECOND_MS,
        refused=refused,
    )


def shown_refused_ms(credited_ms: int, refused_ms: int) -> int:
    """Return refused time as it stands beside credited time: what both come to, in whole seconds, less the credited ones."""
    return (credited_ms + refused_ms) // SECOND_MS * SECOND_MS - credited_ms // SECOND_MS * SECOND_MS


@dataclass(frozen=True, slots=True)
class ShownStretch:
    """A stretch with its ends as times of day, and where it is explained."""

    stretch: Stretch
    url: str = ""

    @property
    def kind(self) -> str:
        """Return the name of its verdict."""
        return self.stretch.kind

    @property
    def ms(self) -> int:
        """Return its length in milliseconds."""
        return self.stretch.ms

    @property
    def start_ms(self) -> int:
        """Return its beginning in milliseconds."""
        return self.stretch.start_ms

    @property
    def end_ms(self) -> int:
        """Return its end in milliseconds."""
        return self.stretch.end_ms

    @property
    def from_at(self) -> datetime:
        """Return its beginning."""
        return from_ms(self.stretch.start_ms)

    @property
    def to_at(self) -> datetime:
        """Return its end."""
        return from_ms(self.stretch.end_ms)
