"""What the page of a face check shows at some time, as far as it concerns a face before it; and films taken of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

type Action = Literal["turn_left", "turn_right", "open_mouth", "blink"]

WHITE = "#ffffff"


@dataclass(frozen=True)
class Shown:
    """One thing that the server has the page show, and since when: nothing but an oval, a colour, or something to do."""

    do: Literal["place", "flash", "act", "rest"]
    since_ms: int = 0
    colour: str = WHITE
    action: Action | None = None


class Player(Protocol):
    """Whoever or whatever is before the camera. Times never run backwards."""

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        """Return the picture that the camera takes at some time, while the page shows this."""
        ...


@dataclass(frozen=True)
class Taken:
    """A picture, when it was taken, and what was shown."""

    at_ms: int
    shown: Shown
    jpeg: bytes


def flashes(*colours: str, each_ms: int = 500, from_ms: int = 0) -> list[Shown]:
    """Return some colours, one after the other."""
    return [Shown("flash", from_ms + place * each_ms, colour) for place, colour in enumerate(colours)]


def film(player: Player, showing: Iterable[Shown], *, until_ms: int, each_ms: int = 100) -> Iterator[Taken]:
    """Take pictures of a player while the page shows one thing after the other."""
    plan = list(showing)
    for at_ms in range(plan[0].since_ms, until_ms, each_ms):
        shown = [item for item in plan if item.since_ms <= at_ms][-1]
        yield Taken(at_ms, shown, player.frame(shown, at_ms))
