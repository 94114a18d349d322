"""Cheats that the faces of tests.factories.faces are put together to: who changes places, and films that are started when the page asks."""

from collections.abc import Callable

from tests.factories.faces.live import Live, Room
from tests.factories.faces.showing import Player, Shown

UNLIT = Room(strength=0)
_REST = Shown("rest")


class Changing:
    """One is before the camera until something is shown, then the other; `once` until the end, else only while it is."""

    def __init__(self, one: Player, other: Player, when: Callable[[Shown], bool], *, once: bool = False) -> None:
        self._one, self._other, self._when, self._once = one, other, when, once
        self._has_changed = False

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        is_now = self._when(shown)
        self._has_changed |= is_now
        who = self._other if is_now or (self._once and self._has_changed) else self._one
        return who.frame(shown, at_ms)


class Clips(Live):
    """A player with one clip for each action, started by hand when the page asks; the clips were filmed before, so no colour is on them."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed, room=UNLIT)

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        return super().frame(shown if shown.do in {"act", "rest"} else _REST, at_ms)


class Recording:
    """Keeps the frames of somebody, in order, and for what they were."""

    def __init__(self, who: Player) -> None:
        self._who = who
        self.frames: list[bytes] = []

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        self.frames.append(self._who.frame(shown, at_ms))
        return self.frames[-1]


class Again:
    """Sends frames of an earlier attempt, one after the other."""

    def __init__(self, frames: list[bytes]) -> None:
        self._frames, self._next = frames, 0

    def frame(self, shown: Shown, at_ms: int) -> bytes:
        self._next += 1
        return self._frames[(self._next - 1) % len(self._frames)]
