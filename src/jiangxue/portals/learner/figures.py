"""Time as pages show it: whole seconds that add up, whatever was lost in rounding."""

from collections.abc import Iterable
from dataclasses import dataclass

from jiangxue.learning.rules.shapes import Stretch

SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Amount:
    """Some refused time of one kind."""

    kind: str
    ms: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What stretches come to, in whole seconds: raw is credited and refused together, and refused is the sum of its kinds.

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


def figures_of(stretches: Iterable[Stretch]) -> Figures:
    """Sum stretches; credited and raw time are rounded down, and the kinds of refused time share what lies between."""
    sums: dict[str, int] = {}
    raw_ms = credited_ms = confirmed_ms = corrected_ms = 0
    for stretch in stretches:
        raw_ms += stretch.ms
        confirmed_ms += stretch.ms if stretch.confirmed else 0
        corrected_ms += stretch.ms if stretch.corrected else 0
        if stretch.reason is None:
            credited_ms += stretch.ms
        else:
            sums[stretch.reason.value] = sums.get(stretch.reason.value, 0) + stretch.ms
    raw_s, credited_s = raw_ms // SECOND_MS, credited_ms // SECOND_MS
    refused = tuple(Amount(kind, s * SECOND_MS) for kind, s in _shared(sums, raw_s - credited_s).items() if s)
    return Figures(raw_s * SECOND_MS, credited_s * SECOND_MS, _whole(confirmed_ms), _whole(corrected_ms), refused)


def _whole(milliseconds: int) -> int:
    return milliseconds // SECOND_MS * SECOND_MS


def _shared(sums: dict[str, int], seconds: int) -> dict[str, int]:
    """Divide whole seconds among kinds by what each has, the largest remainders first."""
    shares = {kind: ms // SECOND_MS for kind, ms in sums.items()}
    by_remainder = sorted(sums, key=lambda kind: sums[kind] % SECOND_MS, reverse=True)
    missing = seconds - sum(shares.values())
    for at in range(missing):
        shares[by_remainder[at % len(by_remainder)]] += 1
    return shares
