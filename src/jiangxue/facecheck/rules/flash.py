"""Whether the light of the screen is seen on the face: the colours that nobody could foresee against those that the skin shows.

The text is docs/rules/face-checks.md, flash.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt

from jiangxue.facecheck.rules.colours import Colour, Shown
from jiangxue.facecheck.rules.shapes import Face, Rgb, Timed
from jiangxue.facecheck.rules.thresholds import WHOLE, Thresholds

LAG_STEP_MS = 40
RISE_MS = 50
"""How long a screen and a camera take to follow a change by two thirds."""
SUPPOSED = 0.06
"""The share of the screen in the light on a face that hues are computed for; what is measured is a multiple of it."""
DARKEST = 1e-5
UNKNOWN: Rgb = (0.5, 0.5, 0.5)
"""The light of the page before the first colour: grey, as far as its hue goes."""
MOST_BACKGROUND = 10 * WHOLE
MOST_STRENGTH = 10 * WHOLE
_PICTURE_PX = 640
BEND = 3
"""What changes as slowly as a polynomial of this degree is the camera's white balance or the day, and is taken away."""

type Numbers = npt.NDArray[np.float64]


class Verdict(StrEnum):
    """Whether the face followed the colours; inconclusive is too little light or too few frames, and speaks against nobody."""

    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Flash:
    """What a flash showed, in thousandths, so that a record can be judged again.

    `rank_permille` is the share of sequences that fit at least as well, the shown one among them; `amplitude_permille` the screen's share in the light on
    the face; `background_permille` how much of that the background shows, None if it is not seen. `strength_permille` is the share that a screen would need for
    such changes as the face shows, whatever it follows.
    """

    frames: int = 0
    colours: int = 0
    correlation_permille: int = 0
    rank_permille: int = WHOLE
    lag_ms: int = 0
    amplitude_permille: int = 0
    background_permille: int | None = None
    strength_permille: int = 0

    def verdict(self, thresholds: Thresholds) -> Verdict:
        """Say whether the face followed: well, better than other sequences would, and lit enough to be seen; if not, light that changes as strongly is another flash."""
        if self.frames < thresholds.flash_frames or self.colours < thresholds.flash_colours:
            return Verdict.INCONCLUSIVE
        is_lit = self.amplitude_permille >= thresholds.flash_amplitude_permille
        is_alike = self.correlation_permille > thresholds.flash_correlation_permille
        if is_lit and is_alike and self.rank_permille < thresholds.flash_rank_permille:
            return Verdict.FOLLOWED
        is_other_light = self.strength_permille >= thresholds.flash_strength_permille
        return Verdict.NOT_FOLLOWED if is_other_light else Verdict.INCONCLUSIVE


def weigh_flash(
    shown: Sequence[Shown], seen: Sequence[Timed], decoys: Sequence[Sequence[Colour]], thresholds: Thresholds
) -> Flash:
    """Return how the skin in `seen` follows the colours in `shown`, compared with `decoys` at the same times.

    `seen` are frames taken while a colour showed, by the server's clock. The light may come up to `flash_lag_ms` after it was sent, never before.
    Decoys are as long as `shown`. Fewer frames with skin than `flash_frames` weigh nothing.
    """
    frames = [each for each in seen if shown and each.at_ms >= shown[0].at_ms and _has_light(each.look.skin)]
    if len(frames) < thresholds.flash_frames:
        return Flash(frames=len(frames), colours=len(shown))
    at_ms = np.array([each.at_ms for each in frames], dtype=float)
    lags_ms = np.arange(0, thresholds.flash_lag_ms + 1, LAG_STEP_MS)
    sequences = [[each.colour for each in shown], *decoys]
    lights = _lights(sequences, np.array([each.at_ms for each in shown]), at_ms - lags_ms[:, None])
    hues = _hues(1 + SUPPOSED * lights)
    skin = _hues(np.array([np.mean(each.look.skin, axis=0) for each in frames]))
    fits = _correlations(_without_drift(hues, at_ms), _without_drift(skin, at_ms))
    lag = int(fits[0].argmax())
    strongest = fits.max(axis=1)
    return Flash(
        frames=len(frames),
        colours=len(shown),
        correlation_permille=round(strongest[0] * WHOLE),
        rank_permille=math.ceil(np.mean(strongest >= strongest[0]) * WHOLE),
        lag_ms=int(lags_ms[lag]),
        amplitude_permille=max(0, round(_gain(hues[0, lag], skin, at_ms) * SUPPOSED * WHOLE)),
        background_permille=_background(frames, hues[0, lag], skin, thresholds),
        strength_permille=min(
            MOST_STRENGTH, round(_strength(_without_motion(skin, frames), at_ms, thresholds) * WHOLE)
        ),
    )


def _background(frames: Sequence[Timed], hues: Numbers, skin: Numbers, thresholds: Thresholds) -> int | None:
    """Return how much of the face's answer the background gives, in the frames that show one."""
    behind = {at: each.look.background for at, each in enumerate(frames) if each.look.background is not None}
    kept = [at for at, light in behind.items() if _has_light((light,))]
    if len(kept) < thresholds.flash_frames:
        return None
    at_ms = np.array([frames[at].at_ms for at in kept], dtype=float)
    of_face = _gain(hues[kept], skin[kept], at_ms)
    if of_face <= 0:
        return None
    of_background = _gain(hues[kept], _hues(np.array([behind[at] for at in kept])), at_ms)
    return max(0, min(MOST_BACKGROUND, round(of_background / of_face * WHOLE)))


def _has_light(regions: Sequence[Rgb]) -> bool:
    return bool(regions) and all(math.isfinite(value) for region in regions for value in region)


def _lights(sequences: Sequence[Sequence[Colour]], sent_ms: Numbers, emitted_ms: Numbers) -> Numbers:
    """Return the light of each sequence at each time, a rise after each change: sequences, then the shape of `emitted_ms`, then three channels."""
    colours = np.array([[UNKNOWN, *(colour.light for colour in sequence)] for sequence in sequences])
    current = np.searchsorted(sent_ms, emitted_ms, side="right")
    since_ms = emitted_ms - sent_ms[np.maximum(current - 1, 0)]
    risen = np.where(current > 0, 1 - np.exp(-np.maximum(since_ms, 0) / RISE_MS), 1.0)[..., None]
    before: Numbers = colours[:, np.maximum(current - 1, 0)]
    return before + risen * (colours[:, current] - before)


def _hues(light: Numbers) -> Numbers:
    """Return two hues of light, red and blue against green, which exposure does not change."""
    logs = np.log(np.maximum(light, DARKEST))
    return logs[..., [0, 2]] - logs[..., [1]]


def _without_drift(hues: Numbers, at_ms: Numbers) -> Numbers:
    spread = (at_ms - at_ms.mean()) / max(1.0, float(np.ptp(at_ms)))
    basis = np.linalg.qr(np.vander(spread, BEND + 1))[0]
    return hues - basis @ (basis.T @ hues)


def _correlations(expected: Numbers, found: Numbers) -> Numbers:
    products = np.sum(expected * found, axis=(-2, -1))
    return products / np.sqrt(np.sum(expected**2, axis=(-2, -1)) * np.sum(found**2) + DARKEST**4)


def _gain(hues: Numbers, found: Numbers, at_ms: Numbers) -> float:
    """Return how many times the expected change of hues is found."""
    expected = _without_drift(hues, at_ms)
    return float(np.sum(expected * _without_drift(found, at_ms)) / (np.sum(expected**2) + DARKEST**4))


def _strength(skin: Numbers, at_ms: Numbers, thresholds: Thresholds) -> float:
    """Return the share of a screen in the light on a face that changes as much as this one does, whatever it follows.

    Colours that come one after the other differ at nearly all times from what was one before, so the middle of all such differences tells a flash of whatever colours from
    a single leap, or from a head that moves. What differs from one frame to the next is noise, and is taken away.
    """
    later = np.searchsorted(at_ms, at_ms + thresholds.flash_ms)
    has_later = later < len(at_ms)
    if not has_later.any():
        return 0.0
    change = _typical_length(skin[later[has_later]] - skin[has_later])
    noise = _typical_length(np.diff(skin, axis=0))
    return SUPPOSED * math.sqrt(max(0.0, change**2 - noise**2)) / _TYPICAL_CHANGE


def _without_motion(skin: Numbers, frames: Sequence[Timed]) -> Numbers:
    """Take away what changes as the head moves, comes nearer or turns: between a lamp and a window it is lit otherwise here than there."""
    held = np.array([_held(each.look.face) for each in frames])
    held -= held.mean(axis=0)
    by_motion: Numbers = held @ np.linalg.lstsq(held, skin - skin.mean(axis=0))[0]
    return skin - by_motion


def _held(face: Face | None) -> tuple[float, float, float, float]:
    """Return where a face is, how near, and how it is turned, all in widths of a picture or thereabouts."""
    if face is None:
        return 0.0, 0.0, 0.0, 0.0
    return face.x / _PICTURE_PX, face.y / _PICTURE_PX, face.width / _PICTURE_PX, face.yaw


def _typical_length(steps: Numbers) -> float:
    """Return how long the middle one is, once what is common to all, a slow drift, is taken away."""
    return float(np.median(np.linalg.norm(steps - np.median(steps, axis=0), axis=1)))


def _typical_change() -> float:
    """Return by how much hues differ from one colour to another, by the middle of all pairs."""
    hues = _hues(1 + SUPPOSED * np.array([colour.light for colour in Colour]))
    return float(np.median([np.linalg.norm(one - other) for one, other in combinations(hues, 2)]))


_TYPICAL_CHANGE = _typical_change()
