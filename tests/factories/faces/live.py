"""A person before a camera, who does what the page asks and is lit by what it shows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tests.factories.faces.camera import LENS, Camera, Lens, Light, light_of_colour
from tests.factories.faces.head import Head, Pose
from tests.factories.faces.people import PHOTOGRAPHED, Person
from tests.factories.faces.photo import WIDTH
from tests.factories.faces.showing import WHITE, Action, Shown

_RISE_MS = 30
_RAMP_MS = 500
_HOW_FAR: Mapping[Action, Pose] = MappingProxyType(
    {
        # The camera faces the person: their left is the right of the picture.
        "turn_left": Pose(turn=28),
        "turn_right": Pose(turn=-28),
        "open_mouth": Pose(mouth=0.7),
        "blink": Pose(blink=0.85),
    }
)


@cache
def head_of(person: Person) -> Head:
    """Return a person's head; making one costs more than a picture of it."""
    return Head(person)


@dataclass(frozen=True)
class Room:
    """How much the screen adds to the light on the face, and how many ms pass between what the server says and what the camera sees of it.

    `slope` is how much redder the room's own light is at the right of the picture than in its middle, and bluer at the left: a lamp and a window.
    """

    strength: float = 0.08
    lag_ms: int = 150
    slope: float = 0.0


ROOM = Room()


class Screen:
    """The light of the screen over time: colours do not change at once."""

    def __init__(self, lag_ms: int) -> None:
        self._lag_ms, self._last = lag_ms, Shown("place")
        self._shown: list[tuple[int, NDArray[np.float32]]] = [(-(10**9), light_of_colour(WHITE))]

    def light(self, shown: Shown, at_ms: int) -> NDArray[np.float32]:
        """Return the light of the screen as a camera sees it now."""
        if shown != self._last:
            self._shown.append((shown.since_ms + self._lag_ms, light_of_colour(shown.colour)))
            self._last = shown
        light = self._shown[0][1]
        for since, colour in self._shown:
            if since <= at_ms:
                light = light + np.float32(1 - math.exp(-(at_ms - since) / _RISE_MS)) * (colour - light)
        return light


class Body:
    """How a person holds the head: never quite still, `sway` times as far as most, and after a moment as the page asks."""

    def __init__(self, chance: np.random.Generator, sway: float = 1.0) -> None:
        self._chance, self._sway = chance, sway
        self._phases = chance.uniform(0, 2 * math.pi, 4)
        self._asked: Shown | None = None
        self._reaction_ms, self._let_go_at_ms = 0, 0

    def pose(self, shown: Shown, at_ms: int) -> Pose:
        """Return how the head is held now."""
        self._listen(shown)
        idle = self._idle(at_ms)
        if self._asked is None or self._asked.action is None:
            return idle
        wanted, share = _HOW_FAR[self._asked.action], self._share(at_ms)
        return Pose(
            turn=idle.turn * (1 - share) + wanted.turn * share,
            nod=idle.nod,
            tilt=idle.tilt,
            mouth=wanted.mouth * share,
            blink=wanted.blink * share,
            moved=idle.moved,
        )

    def _listen(self, shown: Shown) -> None:
        if shown.do == "act" and shown != self._asked:
            self._asked, self._let_go_at_ms = shown, 10**9
            self._reaction_ms = int(self._chance.uniform(300, 600))
        elif shown.do != "act":
            self._let_go_at_ms = min(self._let_go_at_ms, shown.since_ms + 250)

    def _share(self, at_ms: int) -> float:
        """Return how much of what is asked is done: 0 to 1."""
        assert self._asked is not None
        begun_ms = at_ms - self._asked.since_ms - self._reaction_ms
        if self._asked.action == "blink":  # twice a second and a half, closed for some 300 ms
            return 1.0 if begun_ms >= 0 and begun_ms % 1500 < 350 and at_ms < self._let_go_at_ms else 0.0
        done = min(max(begun_ms / _RAMP_MS, 0), 1) - min(max((at_ms - self._let_go_at_ms) / _RAMP_MS, 0), 1)
        return max(done, 0.0) ** 2 * (3 - 2 * max(done, 0.0))

    def _idle(self, at_ms: int) -> Pose:
        sway = [
            self._sway * math.sin(2 * math.pi * rate * at_ms / 1000 + phase)
            for rate, phase in zip((0.23, 0.31, 0.19, 0.13), self._phases, strict=True)
        ]
        return Pose(turn=3 * sway[0], nod=2 * sway[3], moved=(5 * sway[1], 3 * sway[2]))


class Live:
    """A person who is really there."""

    def __init__(
        self,
        seed: int = 0,
        person: Person = PHOTOGRAPHED,
        room: Room = ROOM,
        lens: Lens = LENS,
        sway: float = 1.0,
    ) -> None:
        self.chance = np.random.default_rng(seed)
        self.head, self.room = head_of(person), room
        self.body, self.screen = Body(self.chance, sway), Screen(room.lag_ms)
        self._camera = Camera(seed, lens)

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        """Return the picture that the camera takes."""
        return self._camera.jpeg(self._light(shown, at_ms), at_ms)

    def _light(self, shown: Shown, at_ms: int) -> Light:
        scene = self.head.scene(self.body.pose(shown, at_ms))
        return scene.lit(self.screen.light(shown, at_ms), self.room.strength) * _between(self.room.slope)


class Watching(Live):
    """The same beside a television that lights the face as `television` says, in colours that change after half a second to three."""

    _COLOURS, _MOST_S = ("#ff5030", "#3060ff", "#30ff60", "#ffffff", "#101010"), 60

    def __init__(self, seed: int = 0, *, television: float, room: Room = ROOM) -> None:
        super().__init__(seed, room=room)
        self._changes = np.cumsum(self.chance.uniform(500, 3_000, 2 * self._MOST_S))
        self._lights = [light_of_colour(str(self.chance.choice(self._COLOURS))) for _ in self._changes]
        self._television = television

    def _light(self, shown: Shown, at_ms: int) -> Light:
        now = self._lights[int(np.searchsorted(self._changes, at_ms)) % len(self._lights)]
        return super()._light(shown, at_ms) * np.asarray(1 + self._television * now, np.float32)


@cache
def _between(slope: float) -> Light:
    """Return how much of each colour there is across the picture, between a lamp and a window."""
    across = np.linspace(-slope, slope, WIDTH, dtype=np.float32)
    return np.stack([1 - across, np.ones_like(across), 1 + across], axis=1)[None]
