"""The faces of the tests are what they claim to be: people follow light and words, what pretends to be one does not, and says so by what is measured here."""

import math
from statistics import median

import pytest

from jiangxue.facecheck.rules.shapes import Look
from jiangxue.facecheck.vision.sight import Sight
from tests.factories.faces.attacks import Loop, Print, RecordedFlash, Still, Tablet, TintBot
from tests.factories.faces.live import Live
from tests.factories.faces.people import another
from tests.factories.faces.showing import Action, Player, Shown, film, flashes

_RED, _BLUE = "#ff8080", "#8080ff"
_FLASHES = [Shown("place"), *flashes(_RED, _BLUE, _RED, _BLUE, _BLUE, _RED, from_ms=500)]
_TURN, _OPEN = Shown("act", 1000, action="turn_left"), Shown("act", 1000, action="open_mouth")


def _looks(
    sight: Sight, player: Player, showing: list[Shown], until_ms: int, *, turn: bool = False
) -> list[tuple[Shown, Look]]:
    taken = film(player, showing, until_ms=until_ms, each_ms=125)
    # What is seen a quarter of a second after a change still belongs to what was shown before.
    return [
        (frame.shown, sight.look(frame.jpeg, turn=turn)) for frame in taken if frame.at_ms - frame.shown.since_ms >= 250
    ]


def _answers(sight: Sight, player: Player) -> tuple[float, float]:
    """Return by how much the face is redder while the page is red than while it is blue; and the wall."""
    looks = _looks(sight, player, _FLASHES, 3500)

    def redness(colour: str, *, of_face: bool) -> float:
        lights = [look.skin[0] if of_face else look.background for shown, look in looks if shown.colour == colour]
        return median(math.log(light[0] / light[2]) for light in lights if light is not None)

    return tuple(redness(_RED, of_face=of_face) - redness(_BLUE, of_face=of_face) for of_face in (True, False))  # type: ignore[return-value]


def _turn(sight: Sight, player: Player, action: Action = "turn_left") -> float:
    """Return how far a head turns towards the right of the picture when it is asked to do something."""
    looks = _looks(sight, player, [Shown("place"), Shown("act", 1000, action=action)], 2750, turn=True)
    turns = {
        do: [look.yaw_deg for shown, look in looks if shown.do == do and look.yaw_deg is not None]
        for do in ("place", "act")
    }
    return max(turns["act"], key=abs) - median(turns["place"])


@pytest.mark.parametrize("player", [Live(1), Live(1, another())], ids=["the one in the photograph", "another"])
def test_a_person_is_lit_by_the_screen_and_the_wall_behind_hardly(sight: Sight, player: Player) -> None:
    face, wall = _answers(sight, player)
    assert face > 0.05
    assert wall < 0.5 * face


@pytest.mark.parametrize(
    "player",
    [Still(1, noisy=True), Loop(1), Tablet(1), TintBot(1, delay_ms=700)],
    ids=["a still", "a loop", "a tablet", "a slow bot"],
)
def test_what_is_no_face_before_the_screen_does_not_follow_it(sight: Sight, player: Player) -> None:
    assert abs(_answers(sight, player)[0]) < 0.03


@pytest.mark.parametrize(
    "player", [Print(1), Print(1, bent=True), TintBot(1)], ids=["a print", "a bent print", "a bot"]
)
def test_what_follows_the_screen_as_a_whole_does_so_beside_the_face_as_well(sight: Sight, player: Player) -> None:
    face, wall = _answers(sight, player)
    assert face > 0.05
    assert wall > 0.7 * face


def test_a_shading_bot_answers_as_a_person_does(sight: Sight) -> None:
    """Nothing in a browser stops it; docs/trust.md says so."""
    face, wall = _answers(sight, TintBot(1, shaded=True))
    assert face > 0.05
    assert wall < 0.5 * face


def test_a_recording_follows_what_was_shown_when_it_was_made(sight: Sight) -> None:
    """It answers to colours, only not to these."""
    recorded = [_answers(sight, RecordedFlash(seed))[0] for seed in range(3)]
    live = _answers(sight, Live(1))[0]
    assert min(recorded) < 0.5 * live


@pytest.mark.parametrize(("action", "side"), [("turn_left", 1), ("turn_right", -1)])
def test_a_person_turns_to_their_own_side_when_asked(sight: Sight, action: Action, side: int) -> None:
    assert _turn(sight, Live(2), action) * side >= 15


@pytest.mark.parametrize(
    "player",
    [Print(2), Print(2, bent=True), Still(2, noisy=True), Loop(2), Tablet(2), TintBot(2)],
    ids=["a tilted print", "a bent print", "a still", "a loop", "a tablet", "a bot"],
)
def test_what_has_no_depth_or_does_not_listen_does_not_turn(sight: Sight, player: Player) -> None:
    assert abs(_turn(sight, player)) < 12


def test_a_person_opens_the_mouth_and_blinks_when_asked(sight: Sight) -> None:
    opened = _looks(sight, Live(3), [Shown("place"), _OPEN], 2750)
    closed = _looks(sight, Live(3), [Shown("place"), Shown("act", 1000, action="blink")], 2750)
    mouths = {
        do: [look.mouth for shown, look in opened if shown.do == do and look.mouth is not None]
        for do in ("place", "act")
    }
    assert max(mouths["act"]) - median(mouths["place"]) >= 0.10
    eyes = [look.eyes_open for shown, look in closed if shown.do == "act" and look.eyes_open is not None]
    assert min(eyes) < 0.5
    assert eyes[0] > 0.8


def test_a_puppet_does_as_a_person_does(sight: Sight) -> None:
    assert _turn(sight, TintBot(2, puppeted=True)) >= 15


def test_no_two_pictures_of_a_camera_are_alike_and_those_of_a_film_are() -> None:
    showing = [Shown("place")]
    pictures = {
        name: [frame.jpeg for frame in film(player, showing, until_ms=6000)]
        for name, player in (("live", Live(4)), ("noisy", Still(4, noisy=True)), ("still", Still(4)), ("loop", Loop(4)))
    }
    assert {name: len(set(taken)) for name, taken in pictures.items()} == {
        "live": 60,
        "noisy": 60,
        "still": 1,
        "loop": 20,
    }


def test_the_same_seed_makes_the_same_pictures() -> None:
    one, again, other = (
        [frame.jpeg for frame in film(Live(seed), [Shown("place"), _TURN], until_ms=1500)] for seed in (5, 5, 6)
    )
    assert one == again
    assert one != other


def test_pictures_are_as_large_as_a_page_may_send() -> None:
    assert max(len(frame.jpeg) for frame in film(Live(6), [Shown("place"), _TURN], until_ms=2500)) <= 60_000
