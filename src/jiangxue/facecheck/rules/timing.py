"""What the times of frames are: kept for rules that may be learned later, and whether a page held frames back. The text is docs/rules/face-checks.md, timing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import fmean, median, pstdev

from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds

LARGEST = 1_000_000_000
"""A claimed difference beyond this says nothing but that it is claimed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a frame came, in milliseconds of the server's clock, the slot that it names, and what the page says: its own clock, and how many frames the camera had given by then (0: not told)."""

    came_ms: int
    claimed_captured_ms: int = 0
    claimed_presented: int = 0
    slot: int = 0


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


@dataclass(frozen=True, slots=True)
class Slot:
    """What showed from `said_ms` on, by the server's clock: its number, and whether it was a colour."""

    number: int
    said_ms: int
    is_colour: bool = False


@dataclass(frozen=True, slots=True)
class ColourFrames:
    """How many frames of colours came while these showed, and how many were due: as the page sends them while no colour shows, as late and as often."""

    came: int = 0
    due: int = 0

    def are_withheld(self, thresholds: Thresholds) -> bool:
        """Say whether too few came for a slow network to be the cause, which would be as slow before and after."""
        return self.came * WHOLE < self.due * thresholds.withheld_permille


NO_COLOURS = ColourFrames()


def colour_frames(slots: Sequence[Slot], stamps: Sequence[Stamp]) -> ColourFrames:
    """Return how many frames of colours came and how many were due; none are where nothing else than colours tells the pace.

    A colour shows for so long that the page had time to answer, and a little more: what is due is the first answer, and what the pace gives in the time that is left.
    The last slot, of which nobody knows how long it showed, is left out.
    """
    came = {slot.number: [stamp.came_ms for stamp in stamps if stamp.slot == slot.number] for slot in slots}
    others = [(slot, came[slot.number]) for slot in slots if not slot.is_colour and came[slot.number]]
    steps = sum(len(times) - 1 for _, times in others)
    if not steps:
        return NO_COLOURS
    each_ms = max(1.0, sum(times[-1] - times[0] for _, times in others) / steps)
    late_ms = median(times[0] - slot.said_ms for slot, times in others)
    found = due = 0
    for slot, following in pairwise(slots):
        if slot.is_colour:
            left_ms = following.said_ms - slot.said_ms - late_ms
            due += 1 + max(0, int(left_ms / each_ms))
            found += sum(at_ms <= following.said_ms for at_ms in came[slot.number])
    return ColourFrames(found, due)
