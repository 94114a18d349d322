"""Whether somebody does what was asked: from their own look before it, beginning after it, and nothing else instead.

The text is docs/rules/face-checks.md, actions.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from jiangxue.facecheck.rules.quality import is_straight
from jiangxue.facecheck.rules.shapes import Face, Look, Timed
from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds

TOWARDS_RIGHT, TOWARDS_LEFT = 1, -1
"""Of a picture that is not mirrored: whoever turns to their own left moves to its right. A mirrored picture shows the wrong turn."""
NEUTRAL = 0.5
"""Up to this part of its measure, an action has not begun."""
WIDE = 2.0
"""A mouth that opens by so many measures was not just speaking."""


class Action(StrEnum):
    """What a check may ask; left and right as the person feels them."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    OPEN_MOUTH = "open_mouth"
    BLINK = "blink"


TURNS = frozenset({Action.TURN_LEFT, Action.TURN_RIGHT})


@dataclass(frozen=True, slots=True)
class Neutral:
    """How somebody looks who does nothing: medians of their turn (in distances of the eyes, in degrees), mouth, and eyes' distance to that of eyes and mouth."""

    yaw: float
    yaw_deg: float | None
    mouth: float | None
    shape: float


type Measure = Callable[[Look, Face, Neutral, Thresholds], float | None]
"""How far an action has come: 0 is neutral, 1 done, negative the other way; None where a frame does not tell."""


def is_done(action: Action, neutral: Sequence[Look], since: Sequence[Timed], thresholds: Thresholds) -> bool:
    """Say whether an action is done in `since`, the frames after it was asked, compared with `neutral`, those before.

    It begins from the neutral look, after the prompt. Refuses too few straight looks before, and another action done first.
    """
    base = neutral_of(neutral, thresholds)
    if base is None or _done_at(action, base, since, thresholds) is None:
        return False
    return another_action(action, neutral, since, thresholds) is None


def another_action(
    asked: Action, neutral: Sequence[Look], since: Sequence[Timed], thresholds: Thresholds
) -> Action | None:
    """Return what was done before the asked action, or instead of it: a film that does everything in turn is not obeying.

    Eyes blink by themselves and lips move, so a blink is never another action, and a mouth only when it is wide open.
    """
    base = neutral_of(neutral, thresholds)
    if base is None:
        return None
    asked_at_ms = _done_at(asked, base, since, thresholds)
    found = {
        action: _held_at(measure, (NEUTRAL, WIDE if action is Action.OPEN_MOUTH else 1.0), base, since, thresholds)
        for action, measure in _MEASURES.items()
        if action is not asked
    }
    first = min(((at_ms, action) for action, at_ms in found.items() if at_ms is not None), default=None)
    return first[1] if first and (asked_at_ms is None or first[0] < asked_at_ms) else None


def neutral_of(looks: Sequence[Look], thresholds: Thresholds) -> Neutral | None:
    """Return how somebody looks who looks straight into the camera, None for fewer than `neutral_frames` such looks."""
    straight = [(look, look.face) for look in looks if look.face and is_straight(look, look.face, thresholds)]
    if len(straight) < thresholds.neutral_frames:
        return None
    return Neutral(
        yaw=median(face.yaw for _, face in straight),
        yaw_deg=_median_of([look.yaw_deg for look, _ in straight]),
        mouth=_median_of([look.mouth for look, _ in straight]),
        shape=median(_shape(face) for _, face in straight),
    )


def _median_of(values: Sequence[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return median(told) if told else None


def _done_at(action: Action, base: Neutral, since: Sequence[Timed], thresholds: Thresholds) -> int | None:
    if action is Action.BLINK:
        return _blinked_at(base, since, thresholds)
    return _held_at(_MEASURES[action], (NEUTRAL, 1.0), base, since, thresholds)


def _held_at(
    measure: Measure, bounds: tuple[float, float], base: Neutral, since: Sequence[Timed], thresholds: Thresholds
) -> int | None:
    """Return when an action, begun from neutral, was held for some frames."""
    begin, done = bounds
    has_begun, held = False, 0
    for each in since:
        face = each.look.face
        value = measure(each.look, face, base, thresholds) if face else None
        if value is None:
            continue
        has_begun = has_begun or abs(value) <= begin
        held = held + 1 if has_begun and value >= done else 0
        if held >= thresholds.held_frames:
            return each.at_ms
    return None


def _turn(side: int) -> Measure:
    def measure(look: Look, face: Face, base: Neutral, thresholds: Thresholds) -> float | None:
        by_points = side * (face.yaw - base.yaw) * WHOLE / thresholds.turn_permille
        if base.yaw_deg is None:
            return by_points
        if look.yaw_deg is None:
            return None
        by_degrees = side * (look.yaw_deg - base.yaw_deg) / thresholds.turn_degrees
        # Where a model tells degrees they decide, and the points need only go half as far with them.
        return min(by_degrees, by_points / NEUTRAL)

    return measure


def _mouth(look: Look, face: Face, base: Neutral, thresholds: Thresholds) -> float | None:
    if base.mouth is None or look.mouth is None or not _is_frontal(face, base, thresholds):
        return None
    if base.mouth * WHOLE > thresholds.mouth_closed_permille:
        return None
    return (look.mouth - base.mouth) * WHOLE / thresholds.mouth_permille


def _blinked_at(base: Neutral, since: Sequence[Timed], thresholds: Thresholds) -> int | None:
    """Return when eyes that were open and then closed are open again, soon enough; a face that tilts meanwhile begins anew."""
    open_at_ms: int | None = None
    was_closed = False
    for each in since:
        face = each.look.face
        if face is None or not _is_frontal(face, base, thresholds):
            open_at_ms, was_closed = None, False
        elif _are_closed(each.look, thresholds):
            was_closed = open_at_ms is not None
        elif _are_open(each.look, thresholds):
            if was_closed and open_at_ms is not None and each.at_ms - open_at_ms <= thresholds.blink_ms:
                return each.at_ms
            open_at_ms, was_closed = each.at_ms, False
    return None


def _are_open(look: Look, thresholds: Thresholds) -> bool:
    if look.eyes_open is not None:
        return look.eyes_open * WHOLE >= thresholds.eyes_open_permille
    return look.eye_ratio is not None and look.eye_ratio * WHOLE >= thresholds.eye_ratio_open_permille


def _are_closed(look: Look, thresholds: Thresholds) -> bool:
    if look.eyes_open is not None:
        return look.eyes_open * WHOLE < thresholds.eyes_closed_permille
    return look.eye_ratio is not None and look.eye_ratio * WHOLE < thresholds.eye_ratio_closed_permille


def _is_frontal(face: Face, base: Neutral, thresholds: Thresholds) -> bool:
    """Say whether a face neither turns nor tilts: a tilted photograph has narrower eyes and a higher mouth than it had."""
    if abs(face.yaw - base.yaw) * WHOLE > thresholds.turn_permille * NEUTRAL:
        return False
    return abs(_shape(face) - base.shape) * WHOLE <= thresholds.shape_permille * base.shape


def _shape(face: Face) -> float:
    """Return the distance of the eyes in that of eyes and mouth, 0 where the points lie in one place."""
    left, right, _, *corners = face.points
    eyes = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    mouth = (sum(x for x, _ in corners) / 2, sum(y for _, y in corners) / 2)
    down = math.dist(eyes, mouth)
    return math.dist(left, right) / down if down else 0.0


_MEASURES: dict[Action, Measure] = {
    Action.TURN_LEFT: _turn(TOWARDS_RIGHT),
    Action.TURN_RIGHT: _turn(TOWARDS_LEFT),
    Action.OPEN_MOUTH: _mouth,
}
