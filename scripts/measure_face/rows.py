"""What is measured: each kind of attack, and each condition under which honest people sit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jiangxue.facecheck.rules.drawing import Form
from tests.attacks.face_players import Changing, Clips
from tests.factories.faces.attacks import Loop, Print, RecordedFlash, Still, Tablet, TintBot
from tests.factories.faces.camera import Lens
from tests.factories.faces.live import Live, Room
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
    Row("JPEG quality 40, noise doubled", lambda seed: Live(seed, lens=Lens(noise=5, quality=40))),
    Row("white balance that follows fast", lambda seed: Live(seed, lens=Lens(white_balance_s=0.4, follows=0.8))),
    Row("five frames a second", Live, each_ms=200),
    Row("300 ms later", lambda seed: Live(seed, room=Room(lag_ms=450))),
)
