"""Which renditions a source becomes, and whether its pictures can be taken over unchanged. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from jiangxue.courseware.packaging.shapes import SEGMENT_S, PictureFacts, RenditionPlan, SourceFacts

_TALLEST = 720
_LOW = 480
_MOST_BITS_PER_S = {_TALLEST: 1_800_000, _LOW: 700_000}
_COPIED_PROFILES = {"Constrained Baseline", "Baseline", "Main", "High"}
_MOST_COPIED_BITS_PER_S = 3_000_000
_SOUND = RenditionPlan(name="audio", width=0, height=0, most_bits_per_s=0, copies_video=False)


def plan_renditions(facts: SourceFacts) -> tuple[RenditionPlan, ...]:
    """Return the renditions to make, best first: the source's size up to 720p, and 480p where the source has more than that.

    "p" counts the shorter side, so that a portrait video of a phone keeps its sharpness. Sound alone becomes one rendition.
    """
    pictures = facts.pictures
    if pictures is None:
        return (_SOUND,)
    shorter = min(pictures.width, pictures.height)
    top = min(_TALLEST, shorter)
    plans = [_plan(pictures, top, copies_video=top == shorter and _can_copy(pictures))]
    if top > _LOW:
        plans.append(_plan(pictures, _LOW, copies_video=False))
    return tuple(plans)


def plans_for_now(plans: tuple[RenditionPlan, ...], most: int | None) -> tuple[RenditionPlan, ...]:
    """Return the best `most` plans where the best one is taken over, which takes a moment; else all: there is no quick one."""
    if most is None or not plans[0].copies_video:
        return plans
    return plans[: max(1, most)]


def has_aligned_keyframes(frames: Sequence[tuple[Fraction, bool]]) -> bool:
    """Return whether a keyframe begins each four-second slot, and no slot is empty.

    `frames` are pairs of time since the first one and whether it is a keyframe, in order of time.
    """
    slot = -1
    for time, is_keyframe in frames:
        if time // SEGMENT_S == slot:
            continue
        if not is_keyframe or time // SEGMENT_S != slot + 1:
            return False
        slot = int(time // SEGMENT_S)
    return True


def _can_copy(facts: PictureFacts) -> bool:
    return (
        facts.codec == "h264"
        and facts.profile in _COPIED_PROFILES
        and facts.pixel_format in {"yuv420p", "yuvj420p"}
        and facts.rotation == 0
        and facts.square_pixels
        and facts.has_aligned_keyframes
        and facts.bits_per_s <= _MOST_COPIED_BITS_PER_S
    )


def _plan(facts: PictureFacts, shorter: int, *, copies_video: bool) -> RenditionPlan:
    scale = Fraction(shorter, min(facts.width, facts.height))
    width, height = facts.width, facts.height
    if not copies_video:
        width, height = _even(facts.width * scale), _even(facts.height * scale)
    tier = _LOW if shorter <= _LOW else _TALLEST
    return RenditionPlan(
        name=f"{shorter}p",
        width=width,
        height=height,
        most_bits_per_s=_MOST_BITS_PER_S[tier],
        copies_video=copies_video,
    )


def _even(side: Fraction) -> int:
    """H.264 in 4:2:0 needs even sides."""
    return max(2, round(side / 2) * 2)
