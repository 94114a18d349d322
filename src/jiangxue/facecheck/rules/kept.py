"""What rules over many checks need of one attempt, read from the record that is kept of it. Clauses T4, M6."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low
from typing import Any

from jiangxue.facecheck.rules.camera import Sign
from jiangxue.facecheck.rules.flash import Flash, Verdict
from jiangxue.facecheck.rules.thresholds import Thresholds

_KNOWN = frozenset(sign.value for sign in Sign)


@dataclass(frozen=True, slots=True)
class KeptAttempt:
    """One attempt at a check: when it began, what was said of its colours (None: none were shown), the lower median of its likenesses and what that was held against, and what the page said of its camera."""

    account: int
    begun_ms: int
    is_passed: bool
    colours: Verdict | None = None
    likeness_permille: int | None = None
    pass_permille: int = 0
    signs: frozenset[Sign] = frozenset()
    camera: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of an attempt's measures, as evidence holds it; None where it has no such thing."""

    thresholds: Mapping[str, int]
    flash: Mapping[str, Any] | None
    similarity_permille: Sequence[int] | None
    signs: Sequence[str] | None
    label: str | None


def kept_attempt(account: int, begun_ms: int, record: Record, *, is_passed: bool) -> KeptAttempt:
    """Return an attempt by its record, judged by the thresholds that are kept with it."""
    thresholds = _thresholds(tuple(record.thresholds.items()))
    return KeptAttempt(
        account,
        begun_ms,
        is_passed,
        Flash(**record.flash).verdict(thresholds) if record.flash else None,
        median_low(record.similarity_permille) if record.similarity_permille else None,
        thresholds.pass_permille,
        frozenset(Sign(sign) for sign in record.signs or () if sign in _KNOWN),
        record.label or "",
    )


@lru_cache(maxsize=64)
def _thresholds(values: tuple[tuple[str, int], ...]) -> Thresholds:
    """Return thresholds by their values: a class's thousands of attempts were judged by a few sets."""
    return Thresholds.from_values(dict(values))
