"""What the processes that play people measure of themselves."""

import resource
from collections.abc import Iterable

_SHARES = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1.0}


def percentiles(delays_s: Iterable[float]) -> dict[str, float]:
    """Return median, 99 %, 99.9 % and the longest of some delays, in milliseconds."""
    ordered = sorted(delays_s) or [0.0]
    last = len(ordered) - 1
    return {name: round(ordered[min(last, int(len(ordered) * share))] * 1000, 1) for name, share in _SHARES.items()}


def spent_s() -> float:
    """Return the processor time of this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
