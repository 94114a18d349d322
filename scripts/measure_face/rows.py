"""What is measured: each kind of attack, and each condition under which honest people sit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jiangxue.facecheck.rules.drawing import Form
from tests.attacks.face_players import Changing, Clips
from tests.factories.faces.attacks import Loop, Print, RecordedFlash, Still, Tablet, TintBot
from tests.factories.faces.camera import Lens
from tests.factories.faces.live import Live, Room, Watching
from tests.factories.faces.people import another
from tests.factories.faces.showing import Player, Shown

CHECKS = (Form.SHORT, Form.LONG)
ALL = (*CHECKS, Form.ENROL)


@dataclass(frozen=True)
class Row:
    """One kind: who is made from a seed, at which forms, and how often a frame is taken."""

    name: str
    player: Callable[[int], Player]
    forms: Sequence[Form] = CHECKS
    each_ms: int = 100


def _is_act(shown: Shown) -> bool:
    return shown.do == "act"


def _swapped(seed: int, *, once: bool) -> Player:
    return Changing(Live(seed), Live(seed, person=another(seed % 3)), _is_act, once=once)


_NOISY = Lens(noise=5, quality=40)
_FOLLOWING = Lens(white_balance_s=0.4, follows=0.8)
_WORST = Lens(noise=5, quality=40, white_balance_s=0.4, follows=0.8)

ATTACKS = (
    Row("another person", lambda seed: Live(seed, person=another(seed % 3))),
    Row("another person from the action on", lambda seed: _swapped(seed, once=True)),
    Row("another person for the action alone", lambda seed: _swapped(seed, once=False)),
    Row("photograph injected, equal bytes", Still, ALL),
    Row("photograph injected, with noise", lambda seed: Still(seed, noisy=True), ALL),
    Row("film injected, looped", Loop),
    Row("film of an earlier check", RecordedFlash, ALL),
    Row("tablet held to the camera", Tablet, ALL),
    Row("print, tilted", Print, ALL),
    Row("print, bent", lambda seed: Print(seed, bent=True), ALL),
    Row("photograph tinted in time", TintBot, ALL),
    Row("the same, tinted on the face alone", lambda seed: TintBot(seed, shaded=True)),
    Row("puppet tinted on the whole picture", lambda seed: TintBot(seed, puppeted=True)),
    Row("puppet tinted on the face alone", lambda seed: TintBot(seed, puppeted=True, shaded=True)),
    Row("clips started by hand when the page asks", Clips),
)
HONEST = (
    Row("at home: screen 8 % of the light", Live, ALL),
    Row("bright screen: 16 %", lambda seed: Live(seed, room=Room(strength=0.16))),
    Row("bright room: 2 %", lambda seed: Live(seed, room=Room(strength=0.02))),
    Row("in the sun: 0.3 %", lambda seed: Live(seed, room=Room(strength=0.003))),
    Row("JPEG quality 40, noise doubled", lambda seed: Live(seed, lens=_NOISY)),
    Row("white balance that follows fast", lambda seed: Live(seed, lens=_FOLLOWING)),
    Row("five frames a second", Live, each_ms=200),
    Row("300 ms later", lambda seed: Live(seed, room=Room(lag_ms=450))),
)
RESTLESS = (
    Row("head that moves four times as far", lambda seed: Live(seed, sway=4)),
    Row("the same between a lamp and a window", lambda seed: Live(seed, room=Room(0.02, slope=0.3), sway=4)),
    Row("the same in the sun", lambda seed: Live(seed, room=Room(0.003, slope=0.3), sway=4)),
    Row("all of it in the sun", lambda seed: Live(seed, room=Room(strength=0.003), lens=_WORST, sway=4), each_ms=200),
    Row(
        "all of it in a bright room",
        lambda seed: Live(seed, room=Room(strength=0.02), lens=_WORST, sway=4),
        each_ms=200,
    ),
    Row("television of 4 % beside the screen's 8 %", lambda seed: Watching(seed, television=0.04)),
    Row("television of 4 % beside the screen's 2 %", lambda seed: Watching(seed, television=0.04, room=Room(0.02))),
)
"""What is hard for the flash alone; all of it is a head that moves, noise, JPEG 40, white balance that follows fast, and five frames a second."""
FILMS = (
    Row("film of another flash: 8 %", RecordedFlash),
    Row("film of another flash: 16 %", lambda seed: RecordedFlash(seed, room=Room(strength=0.16))),
    Row("film of another flash: 4 %", lambda seed: RecordedFlash(seed, room=Room(strength=0.04))),
    Row("film of another flash: 2 %", lambda seed: RecordedFlash(seed, room=Room(strength=0.02))),
    Row("film of another flash, JPEG quality 40, noise doubled", lambda seed: RecordedFlash(seed, lens=_NOISY)),
    Row("film of another flash, white balance that follows fast", lambda seed: RecordedFlash(seed, lens=_FOLLOWING)),
    Row("film of another flash, five frames a second", RecordedFlash, each_ms=200),
    Row("clips without colours", Clips),
)
