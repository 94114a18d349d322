"""Where a lesson goes on. Clause T5."""

from jiangxue.learning.rules.closing import is_complete
from jiangxue.policies.rules.time_policy import TimePolicy


def resume_position_ms(reached_ms: int, length_ms: int, policy: TimePolicy) -> int:
    """Return where playing starts: at the credited position, or at the beginning of a lesson that is complete."""
    return 0 if is_complete(reached_ms, length_ms, policy) else reached_ms
