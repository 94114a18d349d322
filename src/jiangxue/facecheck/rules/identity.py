"""Whether it is the enrolled person, all the time. The text is docs/rules/face-checks.md, who it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, pairwise
from statistics import median_low

from jiangxue.facecheck.rules.quality import hint_of
from jiangxue.facecheck.rules.shapes import Embedding, Face, Portrait, Timed
from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds


class Who(StrEnum):
    """Whom portraits show: the enrolled person, perhaps, somebody else; unseen are too few that can be judged."""

    SAME = "same"
    UNSEEN = "unseen"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike each judged portrait is to the template, in thousandths and in order, so that a record can be judged again; `acting` the same while actions were done."""

    permille: tuple[int, ...] = ()
    acting: tuple[int, ...] = ()

    def who(self, thresholds: Thresholds) -> Who:
        """Say whom the portraits show: the median decides, and the lowest counts against somebody who changes places in the middle.

        A face that acts is turned or wide open, and less alike: it makes unclear whether the same did the action, and no more.
        """
        if len(self.permille) < thresholds.portraits:
            return Who.UNSEEN
        middle, lowest = median_low(self.permille), min(self.permille)
        if middle < thresholds.unclear_permille or lowest < thresholds.stranger_permille:
            return Who.OTHER
        if middle < thresholds.pass_permille or min([lowest, *self.acting]) < thresholds.unclear_permille:
            return Who.UNCLEAR
        return Who.SAME


def likeness_of(
    portraits: Sequence[Portrait], template: Embedding, thresholds: Thresholds, acting: Sequence[Portrait] = ()
) -> Likeness:
    """Return how alike portraits from start, middle and end are to a template, those that cannot be judged left out, and those from `acting`, all of them."""

    def alike(shown: Sequence[Portrait]) -> tuple[int, ...]:
        return tuple(_permille(similarity(portrait.embedding, template)) for portrait in shown)

    return Likeness(alike(_judgeable(portraits, thresholds)), alike(acting))


def agreement_of(portraits: Sequence[Portrait], thresholds: Thresholds) -> Who:
    """Say whether the portraits of an enrolment show one person: each two of them agree, or it is unclear."""
    judged = _judgeable(portraits, thresholds)
    if len(judged) < thresholds.portraits:
        return Who.UNSEEN
    pairs = combinations([portrait.embedding for portrait in judged], 2)
    agree = all(_permille(similarity(one, other)) >= thresholds.agree_permille for one, other in pairs)
    return Who.SAME if agree else Who.UNCLEAR


def resembles(portraits: Sequence[Portrait], source: Portrait, thresholds: Thresholds) -> bool:
    """Say whether those who enrol may be whom a source of identities shows in a picture of its own, which is older and taken otherwise: unclear is enough."""
    permille = source_permille(portraits, source, thresholds)
    return permille is not None and permille >= thresholds.unclear_permille


def source_permille(portraits: Sequence[Portrait], source: Portrait, thresholds: Thresholds) -> int | None:
    """Return how alike portraits are to the picture of a source, by their lower median in thousandths; None where none can be judged."""
    alike = likeness_of(portraits, source.embedding, thresholds).permille
    return median_low(alike) if alike else None


def template_of(embeddings: Sequence[Embedding]) -> Embedding:
    """Return the one embedding, of length 1, that stands for several; none, or such as cancel each other, are refused with `ValueError`."""
    whole = [_normal(embedding) for embedding in embeddings]
    return _normal(tuple(math.fsum(values) for values in zip(*whole, strict=True)))


def similarity(one: Embedding, other: Embedding) -> float:
    """Return the cosine of two embeddings, -1 to 1; one that points nowhere is like nobody: -1."""
    lengths = math.hypot(*one) * math.hypot(*other)
    if not lengths or not math.isfinite(lengths):
        return -1.0
    return max(-1.0, min(1.0, math.sumprod(one, other) / lengths))


def is_continuous(seen: Sequence[Timed], thresholds: Thresholds) -> bool:
    """Say whether it may be one face from the first frame to the last: never away for `unseen_ms`, never elsewhere or of another size at once."""
    faces = [(each.at_ms, each.look.face) for each in seen if each.look.face is not None]
    return all(
        next_at - at <= thresholds.unseen_ms and not _jumps(face, next_face, thresholds)
        for (at, face), (next_at, next_face) in pairwise(faces)
    )


def _jumps(face: Face, next_face: Face, thresholds: Thresholds) -> bool:
    moved = math.dist(_centre(face), _centre(next_face)) + abs(face.width - next_face.width)
    return moved * WHOLE * 2 > (face.width + next_face.width) * thresholds.jump_permille


def _centre(face: Face) -> tuple[float, float]:
    return face.x + face.width / 2, face.y + face.height / 2


def _judgeable(portraits: Sequence[Portrait], thresholds: Thresholds) -> list[Portrait]:
    return [portrait for portrait in portraits if hint_of(portrait.look, thresholds) is None]


def _permille(value: float) -> int:
    return math.floor(value * WHOLE)


def _normal(embedding: Embedding) -> Embedding:
    length = math.hypot(*embedding)
    if not length or not math.isfinite(length):
        raise ValueError("an embedding that points nowhere stands for nobody")
    return tuple(value / length for value in embedding)
