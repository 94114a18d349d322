"""A camera: what light falls on it, it shows with its own brightness and white balance, noise, and as a JPEG."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

type Light = NDArray[np.float32]
"""Linear light of each pixel: blue, green, red."""

type Adapted = NDArray[np.float32]
"""By what a camera multiplies light."""

_GAMMA = 2.2
_LINEAR = ((np.arange(256) / 255) ** _GAMMA).astype(np.float32)
_STEPS = 4096
_SHOWN = (255 * (np.arange(_STEPS) / (_STEPS - 1)) ** (1 / _GAMMA)).astype(np.float32)
_NOISE_SHAPE = (560, 720, 3)


def light_of(picture: NDArray[np.uint8]) -> Light:
    """Return the light that a picture shows."""
    return np.asarray(_LINEAR[picture], np.float32)


def light_of_colour(colour: str) -> NDArray[np.float32]:
    """Return the light of a colour such as `#c8ffc8`: blue, green, red."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return light_of(np.asarray([blue, green, red], np.uint8))


@dataclass(frozen=True)
class Lens:
    """How a camera sees: noise as a deviation of grey values, seconds until brightness and white balance have followed (0: never), quality of the JPEG."""

    noise: float = 2.5
    brightness_s: float = 0.6
    white_balance_s: float = 1.2
    follows: float = 0.5
    quality: int = 80


LENS = Lens()


class Camera:
    """Takes pictures one after the other; what it adapts to it remembers."""

    def __init__(self, seed: int = 0, lens: Lens = LENS) -> None:
        self._lens, self._chance = lens, np.random.default_rng(seed)
        self._noise = self._chance.normal(0, lens.noise, _NOISE_SHAPE).astype(np.float32)
        self._first: NDArray[np.float32] | None = None
        self._balance, self._exposure, self._at_ms = np.ones(3, np.float32), np.ones((), np.float32), 0

    def jpeg(self, light: Light, at_ms: int = 0) -> bytes:
        """Return the picture of some light."""
        self._adapt(light[::8, ::8].reshape(-1, 3).mean(axis=0), at_ms)
        seen = np.clip(light * (self._balance * self._exposure), 0, 1)
        shown = _SHOWN[(seen * (_STEPS - 1)).astype(np.uint16)] + self._noise_for(light.shape)
        picture = np.clip(shown, 0, 255).astype(np.uint8)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, self._lens.quality])[1].tobytes()

    def _adapt(self, mean: NDArray[np.float32], at_ms: int) -> None:
        """Follow what the light does, slowly: towards the brightness and the grey that the first picture had."""
        if self._first is None:
            self._first, self._at_ms = mean, at_ms
        passed_s = max(at_ms - self._at_ms, 0) / 1000
        self._at_ms = at_ms
        grey = (self._first / self._first.mean()) / (mean / mean.mean())
        self._balance = self._nearer(self._balance, grey, passed_s, self._lens.white_balance_s)
        bright = np.asarray(self._first.mean() / mean.mean(), np.float32)
        self._exposure = self._nearer(self._exposure, bright, passed_s, self._lens.brightness_s)

    def _nearer(self, now: Adapted, wanted: Adapted, passed_s: float, patience_s: float) -> Adapted:
        """Return what adapts after some time: it never goes all the way."""
        share = np.float32(1 - np.exp(-passed_s / patience_s) if patience_s else 0)
        return np.asarray(now + share * (1 + np.float32(self._lens.follows) * (wanted - 1) - now), np.float32)

    def _noise_for(self, shape: tuple[int, ...]) -> Light:
        """Return the sum of two pieces of the noise, so that no two pictures share theirs."""
        return np.asarray((self._piece(shape) + self._piece(shape)) * np.float32(0.5**0.5), np.float32)

    def _piece(self, shape: tuple[int, ...]) -> Light:
        down, across = (
            int(self._chance.integers(0, room - size + 1))
            for room, size in zip(_NOISE_SHAPE[:2], shape[:2], strict=True)
        )
        return self._noise[down : down + shape[0], across : across + shape[1]]
