"""Time of several kinds in whole seconds that add up, whatever was lost in rounding: the one way in which figures and bars round."""

from collections.abc import Mapping

from jiangxue.ui.kinds import KINDS, Look

SECOND_MS = 1000


def whole_seconds(sums: Mapping[str, int]) -> dict[str, int]:
    """Return the milliseconds of each kind as whole seconds of milliseconds.

    All together, credited, confirmed, corrected and voided time are rounded down, so that each is the same wherever it stands;
    provisional time is what credited leaves to confirmed, and the other kinds share what lies between, the largest remainders first.
    """
    looks = {kind: KINDS[kind].look for kind in sums}
    credited = [kind for kind in sums if looks[kind] in {Look.CONFIRMED, Look.PROVISIONAL}]
    fixed = {kind: _down(ms) for kind, ms in sums.items() if looks[kind] in {Look.CONFIRMED, Look.CORRECTED}}
    credited_ms = _down(sum(sums[kind] for kind in credited))
    fixed |= {
        kind: credited_ms - sum(fixed.get(other, 0) for other in credited)
        for kind in credited
        if looks[kind] is Look.PROVISIONAL
    }
    others = {kind: ms for kind, ms in sums.items() if kind not in fixed}
    return {**fixed, **_shared(others, _down(sum(sums.values())) - sum(fixed.values()))}


def _shared(sums: Mapping[str, int], whole_ms: int) -> dict[str, int]:
    """Divide whole seconds among kinds by what each has; what a check took is named elsewhere too, and gets none that is not its own."""
    if not sums:
        return {}
    shares = {kind: _down(ms) for kind, ms in sums.items()}
    by_remainder = sorted(sums, key=lambda kind: (kind == "missed_check", -(sums[kind] % SECOND_MS)))
    for at in range((whole_ms - sum(shares.values())) // SECOND_MS):
        shares[by_remainder[at % len(by_remainder)]] += SECOND_MS
    return shares


def _down(ms: int) -> int:
    return ms // SECOND_MS * SECOND_MS
