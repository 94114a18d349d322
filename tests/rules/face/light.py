"""Light on a face before a screen, in numbers: a room, a screen, a camera with white balance and noise, a network with delays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from jiangxue.facecheck.rules.colours import Colour, Shown
from jiangxue.facecheck.rules.shapes import Rgb, Timed
from tests.rules.face.heads import look

ROOM, SKIN = np.array([0.9, 1.0, 0.8]), np.array([0.55, 0.38, 0.30])
WALL = np.array([0.5, 0.5, 0.45])
COLOURS = list(Colour)


def sequence(rng: np.random.Generator, count: int = 8) -> list[Colour]:
    """Return colours of which no neighbours are equal, by a chance of its own."""
    found: list[Colour] = []
    while len(found) < count:
        colour = COLOURS[rng.integers(6)]
        if found[-1:] != [colour]:
            found.append(colour)
    return found


def sent(colours: Sequence[Colour], rng: np.random.Generator, *, from_ms: int = 1_000) -> list[Shown]:
    """Return colours as a server sends them: each at least 500 ms after the one before, when a frame of it has come."""
    at_ms, shown = from_ms, []
    for colour in colours:
        shown.append(Shown(at_ms, colour))
        at_ms += 500 + int(rng.integers(0, 200))
    return shown


@dataclass(frozen=True)
class Scene:
    """How the light comes about. `amplitude` is the screen's share on the face, `behind` how much of it the background gets."""

    amplitude: float = 0.08
    behind: float = 0.15
    every_ms: int = 100
    delay_ms: int = 150
    jitter_ms: int = 60
    noise: float = 0.003
    flicker: float = 0.01
    balance: float = 0.5

    def seen(
        self, shown: Sequence[Shown], rng: np.random.Generator, reacts_to: Sequence[Shown] | None = None
    ) -> list[Timed]:
        """Return what the camera sees; `reacts_to` another screen than the one before it, or to nothing where that is empty."""
        source = shown if reacts_to is None else reacts_to
        taken = np.arange(shown[0].at_ms, shown[-1].at_ms + 500, self.every_ms) + rng.normal(0, 6)
        drift, unsteady, frames = np.ones(3), 0.0, []
        for at_ms in taken:
            screen = np.array(light_at(source, at_ms))
            unsteady = 0.95 * unsteady + rng.normal(0, self.flicker / 2)
            room = ROOM * (1 + unsteady)
            skin = [
                self._camera(room * (1 + self.amplitude * part * screen) * SKIN * drift, rng)
                for part in (0.9, 0.9, 0.8)
            ]
            wall = self._camera(room * (1 + self.amplitude * self.behind * screen) * WALL * drift, rng)
            mean = np.mean(skin, axis=0) / (ROOM * SKIN)
            drift = drift + self.balance * (1 - np.exp(-self.every_ms / 1_200)) * (mean.mean() / mean - drift)
            came_ms = int(at_ms + self.delay_ms + rng.uniform(0, self.jitter_ms))
            frames.append(Timed(came_ms, look(skin=tuple(skin), background=wall)))
        return sorted(frames, key=lambda each: each.at_ms)

    def _camera(self, light: np.ndarray, rng: np.random.Generator) -> Rgb:
        red, green, blue = np.clip(light * 0.4 * (1 + rng.normal(0, self.noise, 3)), 0, 1)
        return float(red), float(green), float(blue)


def light_at(shown: Sequence[Shown], at_ms: float) -> Rgb:
    """Return the screen's light at a time: grey before the first colour, and nothing where no screen is."""
    if not shown:
        return 0.0, 0.0, 0.0
    now = [each.colour.light for each in shown if each.at_ms <= at_ms]
    return now[-1] if now else (0.5, 0.5, 0.5)


def changed(frames: Sequence[Timed], change: Callable[[Timed], dict[str, object]]) -> list[Timed]:
    """Return frames of which each look is changed."""
    return [Timed(each.at_ms, msgspec.structs.replace(each.look, **change(each))) for each in frames]
