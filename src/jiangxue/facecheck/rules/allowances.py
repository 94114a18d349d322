"""What is arranged for people whom changing colours may harm, or who need longer for a movement. The text is docs/rules/face-checks.md, arrangements."""

from dataclasses import dataclass, replace

from jiangxue.facecheck.rules.thresholds import RANGES, Thresholds

MORE = 2
"""How many times as long everything may take with more time."""
LONGEST_MS = 90_000
"""So long an attempt may take with more time, unless its usual time is longer."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What holds for somebody: no colours, more time for each action; neither where nothing is arranged."""

    without_flash: bool = False
    more_time: bool = False

    def eased(self, usual: Thresholds) -> Thresholds:
        """Return the numbers by which somebody is judged: with more time an action may take twice as long, up to the highest that may be set, in ms."""
        if not self.more_time:
            return usual
        return replace(usual, action_ms=min(MORE * usual.action_ms, RANGES["action_ms"][1]))

    def left_ms(self, usual_ms: int) -> int:
        """Return how long an attempt may take, in ms: with more time twice as long, up to 90 s, and never less than usual."""
        return max(usual_ms, min(MORE * usual_ms, LONGEST_MS)) if self.more_time else usual_ms
