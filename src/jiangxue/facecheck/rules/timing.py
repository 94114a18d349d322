"""What the times of frames are, kept for rules that may be learned later. The text is docs/rules/face-checks.md, timing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import fmean, pstdev

LARGEST = 1_000_000_000
"""A claimed difference beyond this says nothing but that it is claimed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a frame came, in milliseconds of the server's clock, and what the page says: its own clock, and how many frames the camera had given by then (0: not told)."""

    came_ms: int
    claimed_captured_ms: int = 0
    claimed_presented: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """How regularly frames came and are said to have been taken, in milliseconds; frames that the camera gave and the page did not send; steps backwards.

    Measured: neither interval tells a film from a camera. It is kept, and decides nothing.
    """

    frames: int = 0
    came_mean_ms: int = 0
    came_deviation_ms: int = 0
    claimed_mean_ms: int = 0
    claimed_deviation_ms: int = 0
    left_out: int = 0
    backwards: int = 0

    def facts(self) -> dict[str, int]:
        """Return it by name, fit for JSON."""
        return asdict(self)


def pace_of(stamps: Sequence[Stamp]) -> Pace:
    """Return how regularly frames came; fewer than two have no pace."""
    came = _steps([stamp.came_ms for stamp in stamps])
    claimed = _steps([stamp.claimed_captured_ms for stamp in stamps])
    presented = _steps([stamp.claimed_presented for stamp in stamps if stamp.claimed_presented])
    return Pace(
        frames=len(stamps),
        came_mean_ms=_mean(came),
        came_deviation_ms=_deviation(came),
        claimed_mean_ms=_mean(claimed),
        claimed_deviation_ms=_deviation(claimed),
        left_out=sum(max(0, step - 1) for step in presented),
        backwards=sum(step < 0 for step in (*claimed, *presented)),
    )


def _steps(values: Sequence[int]) -> list[int]:
    return [max(-LARGEST, min(LARGEST, later - earlier)) for earlier, later in pairwise(values)]


def _mean(steps: Sequence[int]) -> int:
    return round(fmean(steps)) if steps else 0


def _deviation(steps: Sequence[int]) -> int:
    return round(pstdev(steps)) if steps else 0
