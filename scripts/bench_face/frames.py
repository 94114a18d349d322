"""The pictures of the measurement: a person who looks, is lit in eight colours and turns, as the tests make them."""

from pathlib import Path

from tests.factories.faces.live import Live
from tests.factories.faces.showing import Shown, film, flashes

_COLOURS = ("#ff8080", "#80ff80", "#8080ff", "#80ffff", "#ff80ff", "#ffff80", "#80ff80", "#8080ff")


def write_frames(folder: Path) -> int:
    """Write pictures into a folder; return their mean size in bytes."""
    showing = [Shown("place"), *flashes(*_COLOURS, from_ms=500), Shown("act", 4500, action="turn_left")]
    taken = [frame.jpeg for frame in film(Live(1), showing, until_ms=6500)]
    for number, jpeg in enumerate(taken):
        (folder / f"{number:03}.jpg").write_bytes(jpeg)
    return sum(map(len, taken)) // len(taken)
