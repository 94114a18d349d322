"""Later verdicts over credited time: what is provisional, what a miss voids, and how a time line looks after them. Clause T1.3."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jiangxue.learning.rules.reasons import Reason
from jiangxue.learning.rules.shapes import Stretch

type Span = tuple[int, int]
"""`[start, end)` in milliseconds since 1970."""


class VerdictKind(StrEnum):
    """What a later verdict makes of credited time."""

    CONFIRMED = "confirmed"
    MISSED_CHECK = "missed_check"
    FAILED_CHECK = "failed_check"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Judged:
    """Credited time of which a later verdict speaks."""

    kind: VerdictKind
    spans: Sequence[Span]


def credited_spans(stretches: Iterable[Stretch]) -> list[Span]:
    """Return where time was credited."""
    return [(stretch.start_ms, stretch.end_ms) for stretch in stretches if stretch.reason is None]


def length_ms(spans: Iterable[Span]) -> int:
    """Return how long spans are together."""
    return sum(end_ms - start_ms for start_ms, end_ms in spans)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of spans, in their order, where `taken` is cut out of them."""
    left = list(spans)
    for from_ms, to_ms in taken:
        left = [
            piece
            for start_ms, end_ms in left
            for piece in ((start_ms, min(end_ms, from_ms)), (max(start_ms, to_ms), end_ms))
            if piece[0] < piece[1]
        ]
    return left


def latest(spans: Sequence[Span], most_ms: int | None) -> list[Span]:
    """Return the end of spans that stand in order of time, at most `most_ms` of it; None: all of it."""
    if most_ms is None:
        return list(spans)
    found: list[Span] = []
    for start_ms, end_ms in reversed(spans):
        taken_ms = min(most_ms, end_ms - start_ms)
        if taken_ms > 0:
            found.insert(0, (end_ms - taken_ms, end_ms))
            most_ms -= taken_ms
    return found


def after_verdicts(stretches: Iterable[Stretch], verdicts: Sequence[Judged]) -> list[Stretch]:
    """Return a judged time line as the later verdicts leave it: same length, no gaps."""
    found = []
    for stretch in stretches:
        if stretch.reason is not None:
            found.append(stretch)
            continue
        whole = [(stretch.start_ms, stretch.end_ms)]
        pieces = [
            _piece(span, judged.kind) for judged in verdicts for span in without(whole, without(whole, judged.spans))
        ]
        spoken_of = [span for judged in verdicts for span in judged.spans]
        pieces += [Stretch(*span, None) for span in without(whole, spoken_of)]
        found += sorted(pieces, key=lambda piece: piece.start_ms)
    return found


def _piece(span: Span, kind: VerdictKind) -> Stretch:
    match kind:
        case VerdictKind.CONFIRMED:
            return Stretch(*span, None, confirmed=True)
        case VerdictKind.MISSED_CHECK:
            return Stretch(*span, Reason.MISSED_CHECK)
        case VerdictKind.FAILED_CHECK:
            return Stretch(*span, Reason.FAILED_CHECK)
        case VerdictKind.UNCONFIRMED:
            return Stretch(*span, Reason.UNCONFIRMED)
