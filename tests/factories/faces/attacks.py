"""What pretends to be a person before the camera. None of these sees what the server will ask next; the last sees what it asks now."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.factories.faces.camera import LENS, Lens, Light, light_of
from tests.factories.faces.head import UPRIGHT
from tests.factories.faces.live import ROOM, Live, Room, Screen
from tests.factories.faces.people import PHOTOGRAPHED, Person
from tests.factories.faces.photo import HEIGHT, WIDTH, photograph
from tests.factories.faces.showing import Action, Shown

_NOTHING = Shown("place")
_COLOURS = ("#ff8080", "#80ff80", "#8080ff", "#80ffff", "#ff80ff", "#ffff80")
_ACTIONS: tuple[Action, ...] = ("turn_left", "turn_right", "open_mouth", "blink")
_NO_NOISE = Lens(noise=0, brightness_s=0, white_balance_s=0)


class Still(Live):
    """A photograph in place of the camera's picture: byte for byte the same, or with the noise of a camera that is not there (`noisy`)."""

    def __init__(self, seed: int = 0, *, noisy: bool = False) -> None:
        super().__init__(seed, lens=LENS if noisy else _NO_NOISE)

    def _light(self, shown: Shown, at_ms: int) -> Light:
        return light_of(photograph())


class Loop:
    """A film of the person, sitting there, from its end over again: the same bytes each time round."""

    def __init__(self, seed: int = 0, *, pictures: int = 20, each_ms: int = 100) -> None:
        person = Live(seed)
        self._film = [person.frame(_NOTHING, number * each_ms) for number in range(pictures)]
        self._each_ms = each_ms

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        """Return the picture that the film has come to."""
        return self._film[at_ms // self._each_ms % len(self._film)]


class RecordedFlash(Live):
    """A film of an earlier check of the same person, who then saw other colours and was asked other things; each picture has noise of its own."""

    _EACH_MS, _COLOURS_SHOWN, _ACTION_MS = 500, 8, 3000

    def __init__(self, seed: int = 0, *, room: Room = ROOM, lens: Lens = LENS) -> None:
        super().__init__(seed, room=room, lens=lens)
        colours = [str(self.chance.choice(_COLOURS)) for _ in range(self._COLOURS_SHOWN)]
        self._shown = [Shown("flash", place * self._EACH_MS, colour) for place, colour in enumerate(colours)]
        began_ms = self._COLOURS_SHOWN * self._EACH_MS
        for place, which in enumerate(self.chance.permutation(len(_ACTIONS))):
            since_ms = began_ms + place * self._ACTION_MS
            self._shown += [
                Shown("act", since_ms, action=_ACTIONS[which]),
                Shown("rest", since_ms + self._ACTION_MS - 1000),
            ]
        self._began_ms: int | None = None

    def _light(self, shown: Shown, at_ms: int) -> Light:
        """Show what was recorded, from its beginning when the first colour or action comes."""
        if self._began_ms is None and shown.do in {"flash", "act"}:
            self._began_ms = shown.since_ms
        if self._began_ms is None:
            return super()._light(_NOTHING, at_ms)
        played_ms = at_ms - self._began_ms
        return super()._light([then for then in self._shown if then.since_ms <= played_ms][-1], played_ms)


class Tablet(Live):
    """A tablet held to the camera, on which a film of the person runs: it shines by itself, and hardly throws back what falls on it."""

    _GLARE = 0.01

    def _light(self, shown: Shown, at_ms: int) -> Light:
        film = self.head.scene(self.body.pose(_NOTHING, at_ms)).lit(np.ones(3, np.float32), self.room.strength)
        seen = cv2.GaussianBlur(film, (0, 0), 0.8) * np.float32(0.9)
        return np.asarray(seen + self._GLARE * self.room.strength * self.screen.light(shown, at_ms), np.float32)


class Print(Live):
    """A printed photograph that fills the picture, lit like anything before the screen. Asked to turn, somebody tilts it, or has bent it (`bent`)."""

    _THROWN_BACK = 0.9

    def __init__(self, seed: int = 0, *, bent: bool = False, room: Room = ROOM) -> None:
        super().__init__(seed, room=room)
        self._sheet, self._tilts = (_bent_sheet(), 30 / 28) if bent else (photograph(), 45 / 28)

    def _light(self, shown: Shown, at_ms: int) -> Light:
        held = self.body.pose(shown, at_ms)
        seen = _tilted(self._sheet, held.turn * self._tilts, held.moved)
        return np.asarray(
            light_of(seen) * (1 + self.room.strength * self._THROWN_BACK * self.screen.light(shown, at_ms)), np.float32
        )


class TintBot(Live):
    """A program that colours a picture by what the page shows, `delay_ms` later than a real face would.

    `puppeted`: it moves the head as asked. `shaded`: it colours the face alone. With all of it nothing in a browser stops it.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        delay_ms: int = 0,
        puppeted: bool = False,
        shaded: bool = False,
        person: Person = PHOTOGRAPHED,
    ) -> None:
        super().__init__(seed, person)
        self.screen = Screen(self.room.lag_ms + delay_ms)
        self._puppeted, self._shaded = puppeted, shaded

    def _light(self, shown: Shown, at_ms: int) -> Light:
        pose = self.body.pose(shown, at_ms) if self._puppeted else UPRIGHT
        scene, screen = self.head.scene(pose), self.screen.light(shown, at_ms)
        if self._shaded:
            return scene.lit(screen, self.room.strength)
        return np.asarray(scene.light * (1 + self.room.strength * screen), np.float32)


@cache
def _bent_sheet() -> NDArray[np.uint8]:
    """Return the photograph on a sheet that is bent like the side of a cylinder."""
    bend = 0.9
    across = np.clip((np.arange(WIDTH) - WIDTH / 2) / (WIDTH / 2) * bend, -1.4, 1.4)
    from_x = np.interp(np.arange(WIDTH), WIDTH / 2 + WIDTH / 2 * np.sin(across) / np.sin(bend), np.arange(WIDTH))
    columns = np.tile(from_x.astype(np.float32), (HEIGHT, 1))
    rows = np.tile(np.arange(HEIGHT, dtype=np.float32)[:, None], (1, WIDTH))
    return np.asarray(cv2.remap(photograph(), columns, rows, cv2.INTER_LINEAR), np.uint8)


def _tilted(sheet: NDArray[np.uint8], degrees: float, moved: tuple[float, float]) -> NDArray[np.uint8]:
    """Return how a flat sheet looks that is turned about its height, before a grey wall."""
    turn = np.radians(-degrees)
    half = np.asarray([(-WIDTH, -HEIGHT), (WIDTH, -HEIGHT), (WIDTH, HEIGHT), (-WIDTH, HEIGHT)], np.float64) / 2
    away = 2.2 * WIDTH
    nearer = away / (away - half[:, 0] * np.sin(turn))
    seen = np.stack([half[:, 0] * np.cos(turn), half[:, 1]], axis=1) * nearer[:, None]
    middle = np.asarray((WIDTH / 2, HEIGHT / 2))
    how = cv2.getPerspectiveTransform((half + middle).astype(np.float32), (seen + middle + moved).astype(np.float32))
    return np.asarray(cv2.warpPerspective(sheet, how, (WIDTH, HEIGHT), borderValue=(110, 110, 110)), np.uint8)
