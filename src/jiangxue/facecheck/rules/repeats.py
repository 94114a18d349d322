"""Whether frames come again that no sensor gives twice. The text is docs/rules/face-checks.md, repeated frames."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds


class Repeats(StrEnum):
    """What equal frames come to: nothing, a camera that stands still, a recording."""

    NONE = "none"
    STALLED = "stalled"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Sent:
    """A frame as it was sent: the digest of its bytes, and whether a face was found in it. A covered camera sends the same black for ever."""

    digest: str
    has_face: bool


def repeats_of(frames: Sequence[Sent], earlier: Collection[str], thresholds: Thresholds) -> Repeats:
    """Say what equal frames with a face come to; `earlier` are digests kept from earlier attempts (`digests_to_keep`).

    Equal neighbours come from a slow camera, and are a stalled one where nearly all are equal.
    """
    digests = [frame.digest for frame in frames if frame.has_face]
    runs = [digest for digest, _ in groupby(digests)]
    returned = len(runs) - len(set(runs))
    if returned >= thresholds.repeats_least or not set(digests).isdisjoint(earlier):
        return Repeats.REPEATED
    is_still = (len(digests) - len(runs)) * WHOLE > len(digests) * thresholds.stalled_permille
    return Repeats.STALLED if returned or is_still else Repeats.NONE


def digests_to_keep(frames: Sequence[Sent], repeats: Repeats) -> frozenset[str]:
    """Return the digests that later attempts are compared with: none of a stalled camera, which may stand still in the next one too."""
    if repeats is Repeats.STALLED:
        return frozenset()
    return frozenset(frame.digest for frame in frames if frame.has_face)


def bits_apart(likeness: int, enrolled: Iterable[int]) -> int | None:
    """Return by how many of 64 bits a picture differs from the nearest enrolled one, None where none is kept."""
    return min(((likeness ^ other).bit_count() for other in enrolled), default=None)


def is_near_duplicate(likeness: int, enrolled: Iterable[int], thresholds: Thresholds) -> bool:
    """Say whether a picture is hardly another than an enrolled one: who sits there never sits twice the same."""
    apart = bits_apart(likeness, enrolled)
    return apart is not None and apart <= thresholds.likeness_bits
