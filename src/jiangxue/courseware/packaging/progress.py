"""How far a packaging is, in thousandths, told through a file that whoever waits may read at any time."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

_STEP = 5
_MOST_IN_CAGE = 980


def tell(progress: Path, thousandths: int) -> None:
    """Write how far it is; a reader finds the old number or the new one."""
    fresh = progress.with_name(f"{progress.name}.new")
    fresh.unlink(missing_ok=True)  # a caged process could have left a link to something else
    with fresh.open("x") as told:
        told.write(str(thousandths))
    fresh.replace(progress)


def read_progress(progress: Path) -> int:
    """Return how far it is in thousandths; 0 when nothing was told yet."""
    try:
        return int(progress.read_text())
    except (OSError, ValueError):
        return 0


class Progress:
    """Several works one after another, each with a weight; tells at most every five thousandths, and never less than before."""

    def __init__(self, path: Path | None, weights: Mapping[str, float]) -> None:
        self._path = path
        self._weights = weights
        self._finished = 0.0
        self._told = 0

    def reach(self, work: str, part: Fraction | float) -> None:
        """Say that so much of a work is done, from 0 to 1."""
        if self._path is None:
            return
        whole = sum(self._weights.values())
        done = self._finished + self._weights[work] * min(1.0, max(0.0, float(part)))
        thousandths = int(_MOST_IN_CAGE * done / whole) if whole else 0
        if thousandths >= self._told + _STEP:
            self._told = thousandths
            tell(self._path, thousandths)

    def finish(self, work: str) -> None:
        """Say that a work is done."""
        self.reach(work, 1)
        self._finished += self._weights[work]
