"""What so few trials say at most."""

from math import comb

_WHOLE = 1_000
_DOUBT = 0.05


def upper_permille(found: int, trials: int) -> int:
    """Return the share, in thousandths, that lies above the true one in 19 of 20 measurements (Clopper and Pearson, one-sided); 3 / n for none of many."""
    return next(
        (share for share in range(_WHOLE) if _at_most(found, trials, share / _WHOLE) <= _DOUBT),
        _WHOLE,
    )


def _at_most(found: int, trials: int, share: float) -> float:
    """Return how likely it is to find no more than so many."""
    return sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(found + 1))
