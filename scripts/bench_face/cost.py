"""What looking costs, and what that means for checks."""

from dataclasses import dataclass

import msgspec

LEARNERS, EVERY_S = 50_000, 15 * 60
CHECKS_A_SECOND = LEARNERS / EVERY_S


class Cost(msgspec.Struct, frozen=True):
    """What one tier costs on one core: processor seconds to start, ms for each kind of look, megabytes at the most."""

    tier: int
    start_s: float
    look_ms: float
    turn_ms: float
    portrait_ms: float
    peak_mb: float


@dataclass(frozen=True)
class Kind:
    """A kind of check: how many pictures are looked at, how many of these for the turn of the head, and how many portraits are made."""

    name: str
    looks: int
    turns: int
    portraits: int

    def ms(self, cost: Cost) -> float:
        """Return what one such check costs."""
        return (self.looks - self.turns) * cost.look_ms + self.turns * cost.turn_ms + self.portraits * cost.portrait_ms


LEAST = Kind("least", looks=3, turns=0, portraits=1)
"""Three pictures looked at, and the best of them made a portrait: what a check could do with at the least."""


def cores(ms: float) -> float:
    """Return how many cores the learners keep busy with checks that cost so much."""
    return CHECKS_A_SECOND * ms / 1000
